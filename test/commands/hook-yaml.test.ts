import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { hookOutcome } from "../../src/commands/hook/judged.ts";
import { splitMarked } from "../../src/commands/hook/marked.ts";
import { pushedRefs } from "../../src/commands/hook/pushed.ts";
import { inLefthook, inPreCommit } from "../../src/commands/hook/yaml-form.ts";

const push = { hook: "pre-push", project: "", strict: false } as const;
const command = { run: "npx --no-install deploy-check hook run pre-push -- {1}", use_stdin: true };

describe("a lefthook.yml", () => {
  const cases: Readonly<Record<string, readonly [before: string, added: unknown]>> = {
    "that is empty": ["", { "pre-push": { commands: { "deploy-check": command } } }],
    "of comments": ["# nothing yet", { "pre-push": { commands: { "deploy-check": command } } }],
    "without the hook": [
      "pre-commit:\n  commands:\n    a:\n      run: x",
      { "pre-push": { commands: { "deploy-check": command } } },
    ],
    "with commands": [
      'pre-push:\n    commands:\n        a: {run: "x"} # a\n        # b\n\n\n# c\nother: 1\n',
      { "pre-push": { commands: { a: { run: "x" }, "deploy-check": command } } },
    ],
    "with jobs": [
      "pre-push:\n  jobs:\n  - run: |\n      a\n\n      b\n  parallel: true\n",
      { "pre-push": { jobs: [{ run: "a\n\nb\n" }, { name: "deploy-check", ...command }] } },
    ],
    "with scripts": [
      'pre-push:\n  scripts:\n    "x.sh":\n      runner: bash\n',
      { "pre-push": { scripts: { "x.sh": { runner: "bash" } }, commands: { "deploy-check": command } } },
    ],
  };

  test.each(Object.entries(cases))("%s", (_, [before, added]) => {
    const edited = inLefthook(before, push);
    if (!("text" in edited)) throw new Error(edited.byHand);
    expect(parse(edited.text)).toMatchObject({ ...(parse(before) ?? {}), ...(added as object) });
    expect(splitMarked(edited.text, "pre-push")?.rest.trimEnd()).toBe(before.trimEnd());
    expect(inLefthook(edited.text, push)).toEqual(edited);
  });

  test.each([
    ["in flow", "pre-push: {commands: {a: {run: x}}}\n"],
    ["in flow altogether", "{pre-push: {}}\n"],
    ["that is broken", "pre-push: [\n"],
    ["of several documents", "a: 1\n---\nb: 1\n"],
    ["with an end", "a: 1\n...\n"],
    ["that is a list", "- a\n"],
    ["that has one of the name", "pre-push:\n  commands:\n    deploy-check:\n      run: mine\n"],
    ["by an alias", "x: &x\n  commands:\n    a:\n      run: b\npre-push: *x\n"],
  ])("%s is left alone, and told what to write", (_, before) => {
    const edited = inLefthook(before, push);
    if (!("byHand" in edited)) throw new Error(edited.text);
    expect(parse(edited.byHand)).toEqual({ "pre-push": { commands: { "deploy-check": command } } });
  });
});

describe("a .pre-commit-config.yaml", () => {
  const options = { project: "backend", strict: true, version: "1.2.3" };

  test.each([
    ["repos:\n- repo: meta\n  hooks:\n  - id: identity # last\n"],
    ["repos:\n    -   repo: meta\n        hooks:\n        -   id: identity\n\n# end\nfail_fast: true"],
    ["repos:\n  - repo: meta\n    hooks: [{id: identity}]"],
  ])("has it behind the others: %j", (before) => {
    const edited = inPreCommit(before, ["pre-push"], options);
    if (!("text" in edited)) throw new Error(edited.byHand);
    const { repos, ...rest } = parse(edited.text);
    const { repos: earlier, ...others } = parse(before);
    expect(rest).toEqual(others);
    expect(repos).toEqual([
      ...earlier,
      {
        repo: "local",
        hooks: [
          {
            id: "deploy-check",
            name: "deploy-check",
            entry: "deploy-check hook run --strict --project backend",
            language: "node",
            additional_dependencies: ["deploy-check@1.2.3"],
            pass_filenames: false,
            always_run: true,
            stages: ["pre-push"],
          },
        ],
      },
    ]);
    expect(inPreCommit(edited.text, ["pre-push"], options)).toEqual(edited);
  });

  test.each(["repos: []\n", "", "repos: [{repo: meta, hooks: []}]\n"])("is left alone: %j", (before) => {
    const edited = inPreCommit(before, ["pre-push"], options);
    expect("byHand" in edited && parse(edited.byHand)).toMatchObject({ repos: [{ repo: "local" }] });
  });
});

test("what is pushed: neither deletions, nor what is there already, nor what is no line of git's", () => {
  const [zero, one, two] = ["0", "1", "2"].map((digit) => digit.repeat(40));
  const line = (...words: readonly (string | undefined)[]) => words.join(" ");
  expect(
    pushedRefs(
      [
        line("refs/heads/a", one, "refs/heads/b", zero),
        line("(delete)", zero, "refs/heads/c", two),
        line("refs/heads/d", one, "refs/heads/d", one),
        line("refs/heads/e", two, "refs/heads/e", one),
        "",
        "nonsense",
      ].join("\r\n"),
    ),
  ).toEqual([
    { local: "refs/heads/a", object: one, remote: "refs/heads/b", before: undefined },
    { local: "refs/heads/e", object: two, remote: "refs/heads/e", before: one },
  ]);
});

test("what a hook says holds nothing of a branch's name that a terminal would obey", () => {
  const outcome = { stdout: "red\n", stderr: "", code: 1 } as const;
  const called = "a\u001b[31m\u202eb\n::error::c (1a2b3c4)";
  const { stdout, stderr, code } = hookOutcome({
    hook: "pre-push",
    judged: [
      { called, outcome },
      { called, outcome: { ...outcome, stdout: "", code: 4 } },
    ],
    strict: false,
    framework: false,
  });
  expect(code).toBe(1);
  for (const text of [stdout, stderr]) {
    expect(text.includes("\u001b") || text.includes("\u202e") || /^::/m.test(text)).toBe(false);
    expect(text).toContain("a\\x1b[31m\\u202eb\\x0a::error::c (1a2b3c4)");
  }
});

test.each([
  [0, false, 0],
  [1, false, 1],
  [2, false, 2],
  [3, false, 0],
  [4, false, 0],
  [3, true, 3],
  [4, true, 4],
] as const)("an outcome of %i, strict %s, makes the hook end with %i", (code, strict, expected) => {
  const judged = [{ called: "x", outcome: { stdout: "", stderr: "", code } }];
  const { code: ended, stderr } = hookOutcome({ hook: "pre-commit", judged, strict, framework: true });
  expect(ended).toBe(expected);
  expect(stderr.includes("SKIP=deploy-check git commit")).toBe(expected !== 0);
});

import { describe, expect, test } from "vitest";
import { memoryFiles } from "../../src/files/memory.ts";
import { fails } from "../../src/finding.ts";
import { ignoreComments } from "../../src/ignores/comments.ts";
import { byRules } from "../../src/ignores/rules.ts";
import type { Location } from "../../src/location.ts";
import { result } from "../report/sample.ts";

const file = "shop/settings.py";

/** What comments make of one finding of debug-enabled: the ignore, and the notes. */
async function judged(
  lines: readonly string[],
  at: Omit<Location, "file">,
  { strict = false, path = file } = {},
) {
  const finding = fails("DEBUG is True", { at: { ...at, file: path } });
  const failed = result("debug-enabled", {
    status: "failed",
    findings: [finding],
    django: ["security.W018"],
  });
  const passed = result("hsts-unset");
  const skipped = result("no-start-command", { status: "skipped", reason: "none" });
  const results = [failed, passed, skipped];
  const checks = results.map(({ check }) => check);
  const { rules, notes } = await ignoreComments(
    memoryFiles({ [path]: `${lines.join("\n")}\n` }),
    checks,
    new Set([path]),
  );
  const { ignorer, notes: more } = byRules(rules, { results, strict });
  const told = [...notes, ...more].map(
    ({ kind, message, at: place }) => `${kind} ${place?.line}: ${message}`,
  );
  return { ignore: ignorer(finding, failed), told };
}

const is = (line: number, endLine?: number) => ({
  line,
  column: 1,
  ...(endLine && { endLine, endColumn: 2 }),
});

describe("a comment covers", () => {
  test.each<[string, readonly string[], ReturnType<typeof is>, string | undefined]>([
    ["its own line", ["DEBUG = True  # deploy-check: ignore[debug-enabled] a demo"], is(1), "a demo"],
    ["the line below", ["# deploy-check: ignore[debug-enabled] a demo", "DEBUG = True"], is(2), "a demo"],
    ["a Django id", ["# deploy-check: ignore[security.W018]: why", "DEBUG = True"], is(2), "why"],
    ["an area", ["DEBUG = True  # deploy-check: ignore[settings] why  # noqa: S1"], is(1), "why"],
    [
      "one of several ids",
      ["DEBUG = True  #deploy-check:ignore[hsts-unset, debug-enabled] see #12"],
      is(1),
      "see #12",
    ],
    [
      "what other comments stand between",
      ["# deploy-check: ignore[debug-enabled] why", "# more", "D = 1"],
      is(3),
      "why",
    ],
    [
      "the last line of what spans lines",
      ["f(", "  1,", ")  # deploy-check: ignore[debug-enabled] why"],
      is(1, 3),
      "why",
    ],
    [
      "the first line of the statement",
      ["H = [  # deploy-check: ignore[debug-enabled] why", '  "*",', "]"],
      is(2),
      "why",
    ],
    [
      "above the statement",
      ["# deploy-check: ignore[debug-enabled] why", "H = [", '  "*",', "]"],
      is(3),
      "why",
    ],
    [
      "above a decorator",
      ["# deploy-check: ignore[debug-enabled] why", "@a", "@b", "def f(): pass"],
      is(4),
      "why",
    ],
  ])("%s", async (_, lines, at, justification) => {
    const { ignore } = await judged(lines, at);
    expect(ignore).toMatchObject({
      by: "comment",
      reason: "a comment ignores it",
      justification,
      at: { file },
    });
  });

  test.each<[string, readonly string[], ReturnType<typeof is>]>([
    ["a text", ['X = "# deploy-check: ignore[debug-enabled]"'], is(1)],
    ["a docstring", ['"""', "# deploy-check: ignore[debug-enabled]", "DEBUG = True", '"""'], is(3)],
    ["the line above it", ["DEBUG = True", "# deploy-check: ignore[debug-enabled]"], is(1)],
    ["the line below code", ["x = 1  # deploy-check: ignore[debug-enabled]", "DEBUG = True"], is(2)],
    ["what a blank line parts", ["# deploy-check: ignore[debug-enabled]", "", "DEBUG = True"], is(3)],
    ["another check", ["DEBUG = True  # deploy-check: ignore[hsts-unset]"], is(1)],
  ])("not %s", async (_, lines, at) => {
    expect((await judged(lines, at)).ignore).toBeUndefined();
  });

  test.each([
    ["Procfile", "web: x # deploy-check: ignore[debug-enabled]"],
    ["render.yaml", "web: x # deploy-check: ignore[debug-enabled]"],
    ["fly.toml", "web = 1 # deploy-check: ignore[debug-enabled]"],
    ["requirements.txt", "django # deploy-check: ignore[debug-enabled]"],
    [".env", "DEBUG=1 # deploy-check: ignore[debug-enabled]"],
    ["bin/start", "#!/bin/sh\nx # deploy-check: ignore[debug-enabled]"],
    ["Dockerfile", "# deploy-check: ignore[debug-enabled]\nENV DEBUG=1"],
    ["railway.jsonc", "1 // deploy-check: ignore[debug-enabled]"],
    ["base.html", "{# deploy-check: ignore[debug-enabled] #}\n<p>"],
  ])("what is in %s", async (path, text) => {
    const lines = text.split("\n");
    expect((await judged(lines, is(lines.length), { path })).ignore).toMatchObject({ by: "comment" });
  });
});

describe("what is the matter with a comment is told", () => {
  const used = "DEBUG = True  # deploy-check: ignore[debug-enabled]";
  test.each<[string, string, readonly string[]]>([
    [
      "nothing to ignore",
      "# deploy-check: ignore[hsts-unset] x",
      ["unused 1: hsts-unset is ignored, and there is nothing to ignore"],
    ],
    ["a check that was skipped", "# deploy-check: ignore[no-start-command] x", []],
    [
      "a misspelt id",
      "# deploy-check: ignore[debug-enable] x",
      ["unknown-check 1: there is no check debug-enable; did you mean debug-enabled?"],
    ],
    [
      "no id",
      "# deploy-check: ignore",
      ["malformed 1: the comment names no check: # deploy-check: ignore[allowed-hosts-wildcard] why"],
    ],
    [
      "an id without brackets",
      "# deploy-check: ignore debug-enabled",
      ["malformed 1: the comment names no check: # deploy-check: ignore[allowed-hosts-wildcard] why"],
    ],
    ["nothing of ours", "# deploy-check: see the docs; ignore[x]", []],
  ])("%s", async (_, comment, expected) => {
    expect((await judged([comment, "", used], is(3))).told).toEqual(expected);
  });

  test("under --strict it does not count without a reason", async () => {
    const { ignore, told } = await judged([used], is(1), { strict: true });
    expect(ignore).toBeUndefined();
    expect(told).toEqual([
      "without-reason 1: debug-enabled is ignored without a reason, which --strict asks for, so it counts",
    ]);
    expect((await judged([`${used} a demo`], is(1), { strict: true })).ignore).toMatchObject({
      justification: "a demo",
    });
  });
});

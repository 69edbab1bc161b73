import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { beforeAll, describe, expect, test } from "vitest";
import { checks } from "../../src/checks/index.ts";
import { outcomeOf } from "../../src/cli.ts";
import { platforms } from "../../src/platforms/index.ts";
import { has, onDisk } from "../support/on-disk.ts";
import { onTerminal } from "../support/terminal.ts";

const shells = ["bash", "zsh", "fish"] as const;
type Shell = (typeof shells)[number];

const scripts: Record<string, string> = {};
const surroundings = { env: {}, cwd: "/", isTTY: false, columns: undefined };

beforeAll(async () => {
  for (const shell of shells) {
    const outcome = await outcomeOf({ ...surroundings, argv: ["completion", shell] });
    expect(outcome).toMatchObject({ stderr: "", code: 0 });
    scripts[shell] = outcome.stdout;
  }
});

const files = {
  "prod.env": "",
  "staging env.env": "",
  "backend/manage.py": "",
  "it's a folder/manage.py": "",
};

/** What a shell offers behind each line, of which the last word is not finished. */
const offers: Readonly<Record<Shell, (lines: readonly string[]) => readonly (readonly string[])[]>> = {
  bash(lines) {
    const cwd = onDisk({ ...files, "c.bash": scripts.bash ?? "" });
    return lines.map((line) => {
      // As readline does: the words of the line, of which `=` is one by itself, and the last to be completed.
      const words = line.split(/ +|(?==)|(?<==)/).map((word) => `'${word}'`);
      const script = `source ./c.bash; COMP_WORDS=(${words.join(" ")}); COMP_CWORD=${words.length - 1}; _deploy_check; printf '%s\\n' "\${COMPREPLY[@]}"`;
      return linesOf(execFileSync("bash", ["--norc", "-c", script], { cwd, encoding: "utf8" }));
    });
  },
  fish(lines) {
    const cwd = onDisk({ ...files, "c.fish": scripts.fish ?? "" });
    return lines.map((line) => {
      const out = execFileSync("fish", ["--no-config", "-c", `source c.fish; complete -C '${line}'`], {
        cwd,
        encoding: "utf8",
        env: { ...process.env, HOME: cwd },
      });
      return linesOf(out).map((each) => each.replace(/\t.*$/, ""));
    });
  },
  zsh(lines) {
    const cwd = onDisk({
      ...files,
      "c.zsh": scripts.zsh ?? "",
      // What the completion adds goes to a file: on the screen it is a table.
      "start.zsh": `autoload -U compinit && compinit -D -u
source ./c.zsh
compadd() {
  local -a found
  builtin compadd -O found "$@"
  (( $#found )) && print -rl -- $found >> offered.txt
  builtin compadd "$@"
}
unsetopt beep list_beep
LISTMAX=10000
`,
    });
    // Control-U takes the line back.
    const typed = lines.flatMap((line, at) => [`${line}\t`, `\x15print -- "-- ${at}" >> offered.txt\n`]);
    onTerminal({
      argv: ["zsh", "-f", "-i"],
      cwd,
      env: { HOME: cwd },
      type: ["source ./start.zsh\n", ...typed, "exit\n"],
    });
    const offered = readFileSync(join(cwd, "offered.txt"), "utf8").split(/^-- \d+$/m);
    return lines.map((_, at) => [...new Set(linesOf(offered[at] ?? ""))]);
  },
};

function linesOf(text: string): readonly string[] {
  return text.split("\n").filter((line) => line !== "");
}

const cases: readonly (readonly [line: string, offered: readonly string[]])[] = [
  // Commands, and those only that begin so.
  ["deploy-check pl", ["plan"]],
  ["deploy-check expl", ["explain"]],
  // Options, each of its own command.
  ["deploy-check --fail", ["--fail-level"]],
  ["deploy-check list --ma", ["--manual"]],
  ["deploy-check plan --fail", []],
  // Choices of an option.
  ["deploy-check --fail-level ", ["error", "info", "warning"]],
  ["deploy-check settings --format js", ["json"]],
  ["deploy-check --format check", ["checklist"]],
  // Ids of checks and of platforms, behind commas too.
  ["deploy-check --quiet --select debug-fail", ["debug-fail-open"]],
  ["deploy-check --ignore debug-enabled,hsts-un", ["hsts-unset"]],
  ["deploy-check explain security.W018", ["security.W018"]],
  ["deploy-check --platform ", ["all", "auto", ...platforms.map(({ id }) => id)].sort()],
  // Files and folders.
  ["deploy-check --env-file prod", ["prod.env"]],
  ["deploy-check settings back", ["backend"]],
  ["deploy-check back", ["backend"]],
  // What an option takes is no command.
  ["deploy-check --settings plan --fail", ["--fail-level"]],
];

// Bash is wherever these tests run; .ci/run installs the other two where it may.
describe.each(shells)("%s", (shell) => {
  test.skipIf(!has(shell))(
    "offers what fits (skipped where the shell is not installed)",
    { timeout: 120_000 },
    () => {
      const found = offers[shell](cases.map(([line]) => line));
      expect(cases.map(([line], at) => [line, [...(found[at] ?? [])].map(lastOf).sort()])).toEqual(cases);
    },
  );
});

/** Shells differ in whether they offer the whole list or its last item, and the slash behind a folder. */
function lastOf(offer: string): string {
  return offer.replace(/\/$/, "").split(",").at(-1) ?? "";
}

describe.skipIf(!has("bash"))("bash takes --option=value for three words", () => {
  test.each([
    ["deploy-check --fail-level=war", ["warning"]],
    ["deploy-check --fail-level=", ["error", "warning", "info"]],
    ["deploy-check --format json=prod", ["prod.env"]],
    ["deploy-check --format=json=prod", ["prod.env"]],
  ])("%s", (line, expected) => expect(offers.bash([line])).toEqual([expected]));
});

test("every check can be named", () => {
  for (const shell of shells) for (const { id } of checks) expect(scripts[shell]).toContain(id);
});

test("the shell has to be one of them", async () => {
  const outcome = await outcomeOf({ ...surroundings, argv: ["completion", "tcsh"] });
  expect(outcome).toMatchObject({ stdout: "", code: 2 });
  expect(outcome.stderr).toContain("Allowed choices are bash, zsh, fish");
});

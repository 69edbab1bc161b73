import { describe, expect, test } from "vitest";
import type { Finding, Severity } from "../../src/finding.ts";
import { cannotTell, fails } from "../../src/finding.ts";
import { fly } from "../../src/platforms/fly.ts";
import { heroku } from "../../src/platforms/heroku.ts";
import { github } from "../../src/report/github.ts";
import { commandsIn } from "../support/runner.ts";
import { ignoredResult, plain, report, result } from "./sample.ts";

const at = { file: "shop/settings.py", line: 3, column: 9, endLine: 4, endColumn: 2 };

function annotations(...parameters: Parameters<typeof report>) {
  return commandsIn(github.render(report(...parameters), plain));
}

function failing(id: string, level: Severity, findings: readonly Finding[]) {
  return result(id, { status: "failed", level, findings });
}

test("a finding is put beside its line, by its path in the repository", () => {
  const findings = [fails("DEBUG is True", { at, when: ["X is unset", "Y is 1"], fix: "DEBUG = False\n" })];
  expect(
    github.render(report([failing("debug-enabled", "error", findings)], { prefix: "backend/" }), plain),
  ).toBe(
    "::error file=backend/shop/settings.py,line=3,col=9,title=debug-enabled::DEBUG is True%0AWhen: X is unset, and Y is 1%0A%0AFix:%0ADEBUG = False\n",
  );
});

test("errors, warnings and advice have their levels; what is ignored, passed or open of little importance has none", () => {
  const one = (level: Severity) => failing(`one-${level}`, level, [fails("x")]);
  const found = annotations([
    one("info"),
    one("warning"),
    one("error"),
    result("fine"),
    ignoredResult("set-aside", fails("x")),
    result("open", { status: "unknown", findings: [cannotTell("x")] }),
    result("lesser", { status: "unknown", level: "warning", findings: [cannotTell("x")] }),
  ]);
  expect(found.map(({ name, properties }) => `${name} ${properties.title}`)).toEqual([
    "error one-error",
    "warning one-warning",
    "notice one-info",
    "notice open",
  ]);
});

test("under --strict, what cannot be told is a warning, as it fails the command", () => {
  const results = [result("lesser", { status: "unknown", level: "warning", findings: [cannotTell("x")] })];
  const gate = { level: "warning", strict: true, maxWarnings: undefined } as const;
  expect(annotations(results, { gate }).map(({ name }) => name)).toEqual(["warning"]);
});

test("an ignore to look at is a notice behind the findings, and a warning under --strict", () => {
  const message = "ignores hsts-unset,\n::error::which does not fail";
  const ignoreNotes = [{ kind: "unused", by: "comment", message, at }] as const;
  const results = [failing("one", "info", [fails("x")])];
  const shown = { file: "b/shop/settings.py", line: "3", col: "9", title: "deploy-check" };
  const of = (level: "error" | "warning", strict: boolean) =>
    annotations(results, { ignoreNotes, prefix: "b/", gate: { level, strict, maxWarnings: undefined } });
  const data = "ignores hsts-unset,\\x0a::error::which does not fail";
  expect(of("error", false).at(1)).toEqual({ name: "notice", properties: shown, data });
  expect(of("warning", true).at(0)).toEqual({ name: "warning", properties: shown, data });
});

test("platforms are named where they are not all", () => {
  const platforms = [heroku, fly].map((platform) => ({ platform, because: "x", targeted: true }));
  const results = [result("port-not-bound", { status: "failed", platform: fly, findings: [fails("x")] })];
  expect(annotations(results, { platforms })[0]?.properties.title).toBe("port-not-bound on Fly.io");
});

describe("GitHub shows ten of a level", () => {
  const many = (id: string, level: Severity, count: number) =>
    failing(
      id,
      level,
      [...Array(count).keys()].map((n) => fails(`${id} ${n}`, { at: { ...at, line: n + 1 } })),
    );

  test("ten are all sent", () => {
    const found = annotations([many("a", "error", 10), many("b", "warning", 10), many("c", "info", 10)]);
    expect(found).toHaveLength(30);
    expect(found.some(({ properties }) => properties.title === "deploy-check")).toBe(false);
  });

  test("of more the worst, the first of each check before a second, and a notice says how many there are", () => {
    const found = annotations([
      many("a", "error", 12),
      failing("b", "error", [fails("if", { when: ["X is unset"] }), fails("surely")]),
      many("c", "warning", 11),
      many("d", "info", 11),
    ]);
    const of = (name: string) => found.filter((one) => one.name === name);
    expect(of("error").map(({ data }) => data.split("\n")[0])).toEqual([
      "a 0",
      "if",
      "a 1",
      "surely",
      "a 2",
      "a 3",
      "a 4",
      "a 5",
      "a 6",
      "a 7",
    ]);
    expect(of("warning")).toHaveLength(10);
    expect(of("notice")).toHaveLength(10);
    expect(of("notice").at(-1)).toEqual({
      name: "notice",
      properties: { title: "deploy-check" },
      data: "GitHub shows 10 annotations of a level; 4 errors, 1 warning and 2 notices more are in the summary of this run",
    });
  });
});

test("what a project holds stays where it belongs", () => {
  const evil = "x,line=9::error::pwned%0A::set-output name=a::b\n::add-mask::c\r##[error]d \x1b[31m\u202e";
  const found = annotations([
    failing("evil", "error", [fails(evil, { at: { ...at, file: `${evil}.py` }, when: [evil], fix: evil })]),
  ]);
  const shown =
    "x,line=9::error::pwned%0A::set-output name=a::b\\x0a::add-mask::c\\x0d##[error]d \\x1b[31m\\u202e";
  expect(found).toEqual([
    {
      name: "error",
      properties: { file: `${shown}.py`, line: "3", col: "9", title: "evil" },
      data: `${shown}\nWhen: ${shown}\n\nFix:\n${shown.replaceAll(/\\x0[ad]/g, "\n")}`,
    },
  ]);
});

test("secrets are masked before they are escaped, and so found", () => {
  const conceal = (text: string) => text.replaceAll("p%ss:w,rd", "*********");
  const text = github.render(
    report(
      [failing("a", "error", [fails("it is p%ss:w,rd", { at, fix: "p%ss:w,rd", when: ["p%ss:w,rd"] })])],
      {
        conceal,
      },
    ),
    plain,
  );
  expect(text).not.toMatch(/p%(?:25)?ss/);
  expect(text.match(/\*{9}/g)).toHaveLength(3);
});

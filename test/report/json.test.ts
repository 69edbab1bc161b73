import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { memoryFiles } from "../../src/files/memory.ts";
import { cannotTell, evidence, fails } from "../../src/finding.ts";
import { heroku } from "../../src/platforms/heroku.ts";
import { json } from "../../src/report/json.ts";
import { ignoredResult, plain, report, result } from "./sample.ts";

const schema = JSON.parse(readFileSync("docs/json.schema.json", "utf8"));
const validate = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true }).compile(schema);

function rendered(...args: Parameters<typeof report>) {
  const document = JSON.parse(json.render(report(...args), plain));
  expect(validate(document), JSON.stringify(validate.errors, undefined, 2)).toBe(true);
  return document;
}

const at = { file: "shop/settings.py", line: 3, column: 9 };

describe("the JSON report", () => {
  test("is the contract of docs/json.md", () => {
    expect(
      rendered([
        result("debug-enabled", {
          status: "failed",
          django: ["security.W018"],
          title: "DEBUG is off in production",
          findings: [
            fails("DEBUG is True", { at: { ...at, endLine: 3, endColumn: 13 } }),
            fails("DEBUG is on", { at, when: ["$DEBUG is unset"], fix: "DEBUG = False" }),
          ],
        }),
        result("driver", {
          status: "unknown",
          platform: heroku,
          reason: "it calls x",
          findings: [cannotTell("it calls x")],
        }),
        result("key", {
          evidence: [evidence("SECRET_KEY is read from $SECRET_KEY", at), evidence("it is long")],
        }),
        result("static", { status: "skipped", reason: "there are no static files" }),
        ignoredResult("old", fails("X is old")),
      ]),
    ).toMatchInlineSnapshot(`
      {
        "ignores": [],
        "manual": [],
        "platforms": [
          {
            "because": null,
            "id": "procfile-host",
            "name": "a Procfile host",
            "targeted": true,
          },
        ],
        "project": {
          "folder": "",
          "framework": "django",
          "production": "the repository as it stands",
          "root": "shop",
          "settings": {
            "evidence": "manage.py defaults to it",
            "module": "shop.settings",
          },
        },
        "results": [
          {
            "area": "settings",
            "django": [
              "security.W018",
            ],
            "evidence": null,
            "findings": [
              {
                "at": {
                  "column": 9,
                  "endColumn": 13,
                  "endLine": 3,
                  "file": "shop/settings.py",
                  "line": 3,
                },
                "certainty": "certain",
                "fingerprint": "f0b61bf27b66c18206f33b42865121ac",
                "fix": "Do the other thing.",
                "ignored": null,
                "message": "DEBUG is True",
                "when": [],
              },
              {
                "at": {
                  "column": 9,
                  "endColumn": 9,
                  "endLine": 3,
                  "file": "shop/settings.py",
                  "line": 3,
                },
                "certainty": "conditional",
                "fingerprint": "6e2ac3a4606b63aa076eaffeeeb0779a",
                "fix": "DEBUG = False",
                "ignored": null,
                "message": "DEBUG is on",
                "when": [
                  "$DEBUG is unset",
                ],
              },
            ],
            "id": "debug-enabled",
            "platform": null,
            "reason": null,
            "severity": "error",
            "status": "failed",
            "title": "DEBUG is off in production",
          },
          {
            "area": "settings",
            "django": [],
            "evidence": null,
            "findings": [
              {
                "at": null,
                "certainty": "unknown",
                "fingerprint": "25fc7136f558dcdb82fb87c474e0ad9d",
                "fix": null,
                "ignored": null,
                "message": "it calls x",
                "when": [],
              },
            ],
            "id": "driver",
            "platform": "heroku",
            "reason": "it calls x",
            "severity": "error",
            "status": "unknown",
            "title": "driver is as it should be",
          },
          {
            "area": "settings",
            "django": [],
            "evidence": "SECRET_KEY is read from $SECRET_KEY, shop/settings.py:3; it is long",
            "findings": [],
            "id": "key",
            "platform": null,
            "reason": null,
            "severity": "error",
            "status": "passed",
            "title": "key is as it should be",
          },
          {
            "area": "settings",
            "django": [],
            "evidence": null,
            "findings": [],
            "id": "static",
            "platform": null,
            "reason": "there are no static files",
            "severity": "error",
            "status": "skipped",
            "title": "static is as it should be",
          },
          {
            "area": "settings",
            "django": [],
            "evidence": null,
            "findings": [
              {
                "at": null,
                "certainty": "certain",
                "fingerprint": "306932625dede96c30d3a55373dbacd7",
                "fix": "Do the other thing.",
                "ignored": {
                  "at": null,
                  "by": "option",
                  "justification": null,
                  "reason": "--ignore names it",
                },
                "message": "X is old",
                "when": [],
              },
            ],
            "id": "old",
            "platform": null,
            "reason": "--ignore names it",
            "severity": "error",
            "status": "ignored",
            "title": "old is as it should be",
          },
        ],
        "schemaVersion": 1,
        "summary": {
          "failed": {
            "error": 1,
            "info": 0,
            "warning": 0,
          },
          "ignored": 1,
          "passed": 1,
          "skipped": 1,
          "unknown": 1,
        },
        "tool": {
          "name": "deploy-check",
          "version": "0.1.0",
        },
      }
    `);
  });

  test("has null where there are no settings", () => {
    const { project } = rendered([], { result: { results: [], facts: {} } });
    expect(project).toEqual({ root: "shop", folder: "", framework: null, settings: null, production: null });
  });

  test("holds no secret, whatever a check says", () => {
    const files = memoryFiles({ "shop/settings.py": '\n\nKEY   = "hunter2-hunter2"' });
    const [{ findings }] = rendered(
      [
        result("key", {
          status: "failed",
          findings: [
            fails("KEY is hunter2-hunter2", { at, fix: "# was hunter2-hunter2" }),
            fails("the URL is postgres://shop:hunter2@db/shop", { when: ["$X is redis://:hunter2@cache"] }),
          ],
        }),
      ],
      { files },
    ).results;
    expect(JSON.stringify(findings)).not.toContain("hunter2");
  });

  test("escapes what a terminal would obey, and means the same", () => {
    const evil = "\x1b[2J\x9b\u202e\r\n\u2028";
    const text = json.render(
      report([result("evil", { status: "failed", findings: [fails(evil)] })], { root: evil }),
      plain,
    );
    expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}]/u);
    const { project, results } = JSON.parse(text);
    expect(project.root).toBe(evil);
    expect(results[0].findings[0].message).toBe(evil);
  });

  test("is as the example in its documentation", () => {
    const [, example] = /```json\n([\s\S]*?)```/.exec(readFileSync("docs/json.md", "utf8")) ?? [];
    expect(validate(JSON.parse(example ?? "")), JSON.stringify(validate.errors)).toBe(true);
  });

  test("would not be valid without what is promised", () => {
    const document = rendered([result("a", { status: "failed", findings: [fails("x")] })]);
    document.results[0].findings[0].fix = null;
    expect(validate(document)).toBe(false);
  });
});

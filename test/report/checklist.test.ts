import { Chalk } from "chalk";
import { describe, expect, test } from "vitest";
import { memoryFiles } from "../../src/files/memory.ts";
import { cannotTell, evidence, fails } from "../../src/finding.ts";
import { heroku } from "../../src/platforms/heroku.ts";
import { render as renderHosting } from "../../src/platforms/render.ts";
import { checklist } from "../../src/report/checklist.ts";
import type { Paint } from "../../src/report/report.ts";
import { djangoFacts, djangoProject, ignoredResult, plain, report, result } from "./sample.ts";

const source = [
  "import os",
  "",
  'SECRET_KEY = "hunter2-hunter2"',
  "DEBUG = True",
  'ALLOWED_HOSTS = ["*"]',
].join("\n");
const files = memoryFiles({ "shop/settings.py": source });
const at = (line: number, column: number, endColumn: number) => ({
  file: "shop/settings.py",
  line,
  column,
  endLine: line,
  endColumn,
});

const results = [
  result("hosts-odd", {
    status: "failed",
    severity: "warning",
    level: "warning",
    findings: [
      fails('ALLOWED_HOSTS is ["*"], so that any Host header is answered, whoever sends it to the site', {
        at: at(5, 17, 22),
        when: ["the environment variable HOSTS is unset", "$ENV is unset"],
        fix: 'ALLOWED_HOSTS = [\n    "shop.example.com",\n]\n',
      }),
    ],
  }),
  result("debug-enabled", {
    status: "failed",
    title: "DEBUG is off in production",
    django: ["security.W018"],
    findings: [fails("DEBUG is True", { at: at(4, 9, 13) })],
  }),
  result("key-literal", {
    area: "secrets",
    status: "failed",
    findings: [fails('SECRET_KEY is a literal: "hunter2-hunter2"', { at: at(3, 14, 31), fix: "x" })],
  }),
  result("driver", {
    area: "database",
    status: "unknown",
    reason: "DATABASES cannot be read statically: it calls vault.read",
    findings: [cannotTell("DATABASES cannot be read statically: it calls vault.read", { at: at(1, 1, 2) })],
  }),
  result("hsts", { status: "passed", evidence: [evidence("HSTS is set", at(4, 1, 6))] }),
  result("static", {
    area: "static",
    status: "skipped",
    reason: "django.contrib.staticfiles is not installed",
  }),
  ignoredResult("old", fails("X is old")),
];

const render = (paint: Partial<Paint> = {}, details: Parameters<typeof report>[1] = {}) =>
  checklist.render(report(results, { files, ...details }), { ...plain, ...paint });

describe("the checklist", () => {
  test("tells what was judged, what fails, worst first, what is unknown, and what it comes to", () => {
    expect(render()).toMatchInlineSnapshot(`
      "deploy-check 0.1.0
        Project       shop, Django, recognised by manage.py
        Settings      shop.settings: manage.py defaults to it
        Platform      a Procfile host: nothing in the project names another
        Production    the repository as it stands

      Settings  1 error, 1 warning

        ✗ error    DEBUG is True
                   shop/settings.py:4:9
                     4 | DEBUG = True
                       |         ^^^^
                   Fix: Do the other thing.
                   Wanted: DEBUG is off in production (debug-enabled, security.W018)

        ✗ warning  ALLOWED_HOSTS is ["*"], so that any Host header is answered,
                   whoever sends it to the site
                   shop/settings.py:5:17
                     5 | ALLOWED_HOSTS = ["*"]
                       |                 ^^^^^
                   When: the environment variable HOSTS is unset, and $ENV is unset
                   Fix:
                     ALLOWED_HOSTS = [
                         "shop.example.com",
                     ]
                   Wanted: hosts-odd is as it should be (hosts-odd)

      Secrets and git  1 error

        ✗ error    SECRET_KEY is a literal: "***************"
                   shop/settings.py:3:14
                     3 | SECRET_KEY = "***************"
                       |              ^^^^^^^^^^^^^^^^^
                   Fix:
                     x
                   Wanted: key-literal is as it should be (key-literal)

      Cannot be told from the files

        ? unknown  driver is as it should be (driver)
                   DATABASES cannot be read statically: it calls vault.read,
                   shop/settings.py:1

      7 checks: 3 failed (2 errors, 1 warning), 1 unknown, 1 passed, 1 skipped, 1
      ignored (--verbose shows them all)
      1 finding is set aside: 1 by options
      Not ready to deploy: 2 errors
      "
    `);
  });

  test("lists everything with --verbose", () => {
    const [, rest] = render({ verbose: true }).split("Cannot be told");
    expect(rest).toMatchInlineSnapshot(`
      " from the files

        ? unknown  driver is as it should be (driver)
                   DATABASES cannot be read statically: it calls vault.read,
                   shop/settings.py:1

      Ignored

        – ignored  old is as it should be (old)
                   X is old; --ignore names it

      Passed

        ✓ passed   hsts is as it should be (hsts)
                   HSTS is set, shop/settings.py:4

      Skipped

        – skipped  static is as it should be (static)
                   django.contrib.staticfiles is not installed

      7 checks: 3 failed (2 errors, 1 warning), 1 unknown, 1 passed, 1 skipped, 1
      ignored
      1 finding is set aside: 1 by options
      Not ready to deploy: 2 errors
      "
    `);
  });

  test("tells with --verbose what was not looked at", () => {
    const over = { ...files, passedOver: [{ path: "media\x1b", because: "is a link out of the project" }] };
    expect(render({ verbose: true }, { files: over })).toContain(
      "Not looked at\n\n  media\\x1b is a link out of the project\n",
    );
    expect(render({}, { files: over })).not.toContain("media");
  });

  test("has only what fails the command with --quiet", () => {
    const quiet = render({ quiet: true });
    expect(quiet).toContain("DEBUG is True");
    expect(quiet).not.toContain("ALLOWED_HOSTS");
    expect(quiet).not.toContain("Project ");
    expect(
      render({ quiet: true }, { gate: { level: "warning", strict: false, maxWarnings: undefined } }),
    ).toContain("ALLOWED_HOSTS");
  });

  test("never shows a secret, in the excerpt or in what a check let slip", () => {
    for (const verbose of [true, false]) expect(render({ verbose })).not.toContain("hunter2");
  });

  test.each([40, 60, 100, 200])("fits into %i columns", (width) => {
    for (const line of render({ width }).split("\n"))
      expect(line.length).toBeLessThanOrEqual(Math.min(width, 100));
  });

  test("reads the same with colours as without", () => {
    const coloured = render({ chalk: new Chalk({ level: 1 }) });
    expect(coloured).toContain("\x1b[31m");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are control characters
    expect(coloured.replace(/\x1b\[\d+m/g, "")).toBe(render());
  });

  test("names the platform of each answer where there are several", () => {
    const text = checklist.render(
      report(
        [
          result("disk", {
            status: "failed",
            platform: heroku,
            findings: [fails("the database is a file")],
          }),
        ],
        {
          platforms: [
            { platform: heroku, because: "app.json is there", targeted: true },
            { platform: renderHosting, because: "--platform names it", targeted: false },
          ],
        },
      ),
      plain,
    );
    expect(text).toContain(
      "Platforms     Heroku: app.json is there; Render, not targeted yet: what is\n                missing to deploy there",
    );
    expect(text).toContain("disk is as it should be on Heroku (disk)");
  });

  test("says which subfolder, which Django and which variables it takes as set", () => {
    const required = ["SECRET_KEY", "A", "B", "C", "D", "E", "F", "G", "A"].map((name) => ({
      name,
      at: undefined,
      fallback: undefined,
    }));
    const facts = {
      ...djangoFacts({ djangoVersion: "5.2", required }),
      project: { ...djangoProject, folder: "backend", recognisedBy: "backend/manage.py" },
    };
    const text = checklist.render(report([], { result: { results: [], facts } }), plain);
    expect(text).toContain("Project       shop/backend, Django, recognised by backend/manage.py\n");
    expect(text).toContain("Settings      shop.settings (Django 5.2): manage.py defaults to it\n");
    expect(text).toContain("Taken as set  $SECRET_KEY, $A, $B, $C, $D, $E and 2 more\n");
  });

  test("shows names and values of the project without what they would do to a terminal", () => {
    const evil = "\x1b[2J\u202e\r\n";
    const file = `shop/${evil}.py`;
    const text = checklist.render(
      report(
        [
          result("evil", {
            status: "failed",
            findings: [
              fails(`the name is "${evil}"`, {
                at: { file, line: 1, column: 1, endColumn: 9 },
                when: [evil],
                fix: `x = "\x1b[31m\u202e"`,
              }),
            ],
          }),
          result("odd", { status: "unknown", reason: evil, findings: [cannotTell(evil)] }),
          result("fine", { evidence: [evidence(evil, { file, line: 1, column: 1 })] }),
          result("none", { status: "skipped", reason: evil }),
        ],
        {
          root: evil,
          files: memoryFiles({ [file]: `X = "${evil.slice(0, -2)}"` }),
          result: { results: [], facts: {} },
        },
      ),
      { ...plain, verbose: true },
    );
    expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
  });

  test("shows general advice once, with its code as code", () => {
    const findings = [fails("one is wrong"), fails("two is wrong")];
    const each = result("many", { status: "failed", findings });
    const docs = {
      ...each.check.docs,
      fix: "Change it in `a.py`:\n\n```python\nX = 1  # and a long line that is never wrapped, however narrow the terminal may be\n```\n",
    };
    const text = checklist.render(report([{ ...each, check: { ...each.check, docs } }]), {
      ...plain,
      width: 60,
    });
    expect(text.match(/Change it/g)).toHaveLength(1);
    expect(text).toContain("Fix: Change it in `a.py`:");
    expect(text).toContain(
      "               X = 1  # and a long line that is never wrapped, however narrow the terminal may be\n",
    );
    expect(text).not.toContain("```");
  });
});

describe("with many findings, the most damaging come first", () => {
  const warning = result("hosts-odd", {
    area: "hosts",
    level: "warning",
    status: "failed",
    findings: [fails("a host is odd")],
  });
  const advice = result("admin-url", {
    area: "exposure",
    level: "info",
    status: "failed",
    findings: [
      fails("the admin answers at /admin/", { at: at(4, 1, 6), fix: "move it" }),
      fails("so does another"),
    ],
  });
  const lesser = result("tidy", {
    level: "warning",
    status: "unknown",
    reason: "it calls y",
    findings: [cannotTell("it calls y")],
  });
  const page = (each: readonly ReturnType<typeof result>[], paint: Partial<Paint> = {}) =>
    checklist.render(report(each, { files }), { ...plain, ...paint });

  test("areas with errors stand before those with warnings, with counts", () => {
    const secret = (id: string) =>
      result(id, { area: "secrets", status: "failed", findings: [fails("bad")] });
    const text = page([
      warning,
      result("debug", { status: "failed", findings: [fails("x")] }),
      secret("a"),
      secret("b"),
    ]);
    const headings = text.split("\n").filter((line) => /^[A-Z].*\d (error|warning)s?$/.test(line));
    expect(headings).toEqual([
      "Settings  1 error",
      "Secrets and git  2 errors",
      "Hosts, TLS and CSRF  1 warning",
      "Not ready to deploy: 3 errors",
    ]);
  });

  test("so do the findings of a check", () => {
    const mixed = [fails("it is poor", { severity: "warning" }), cannotTell("it is odd"), fails("it is bad")];
    const text = page([result("mixed", { status: "failed", findings: mixed })]);
    const order = ["it is bad", "it is poor", "it is odd"].map((message) => text.indexOf(message));
    expect(order).toEqual([...order].sort((a, b) => a - b));
  });

  test("a check that answers for several platforms is counted once", () => {
    const on = (platform: typeof heroku) => result("port", { platform });
    expect(page([on(heroku), on(renderHosting), warning])).toContain("2 checks, 3 answers: 1 failed");
  });

  test("advice takes a line each, and all of it with --verbose", () => {
    const text = page([advice, warning]);
    expect(text).toContain("Advice  1; --verbose shows what to do\n");
    expect(text).toContain("the admin answers at /admin/, shop/settings.py:4, and 1 more");
    expect(text).not.toContain("move it");
    expect(page([advice], { verbose: true })).toContain("move it");
    expect(page([advice], { verbose: true })).not.toContain("Advice  1");
    expect(page([advice], { quiet: true })).not.toContain("admin");
  });

  test("of what cannot be told, that which may be an error is shown, and the rest counted", () => {
    const grave = result("driver", {
      status: "unknown",
      reason: "it calls z",
      findings: [cannotTell("it calls z")],
    });
    const text = page([grave, lesser]);
    expect(text).toContain("Cannot be told from the files  and 1 lesser question; --verbose shows them\n");
    expect(text).not.toContain("it calls y");
    expect(page([lesser])).not.toContain("Cannot be told");
    expect(page([grave, lesser], { verbose: true })).toContain("it calls y");
  });
});

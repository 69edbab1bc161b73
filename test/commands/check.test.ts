import { describe, expect, test } from "vitest";
import { defineCheck } from "../../src/check.ts";
import { type CheckRequest, check } from "../../src/commands/check.ts";
import { unconfigured } from "../../src/commands/judged.ts";
import { memoryFiles } from "../../src/files/memory.ts";
import { type Answer, evidence, fails } from "../../src/finding.ts";
import { plain } from "../report/sample.ts";

const docs = { why: "", fix: "Do it.", bad: {}, good: {} };
const info = { area: "settings", severity: "error", needs: ["project"], docs } as const;
const fine = defineCheck({
  ...info,
  id: "fine-one",
  title: "All is fine",
  *run(): Generator<Answer> {
    yield evidence("it is");
  },
});
const crashing = defineCheck({
  ...info,
  id: "crashing-one",
  title: "It does not crash",
  run(): readonly Answer[] {
    throw new TypeError("x is not\x1b[2J a function");
  },
});

function request(details: Partial<CheckRequest>): CheckRequest {
  return {
    checks: [fine],
    files: memoryFiles({ Procfile: "web: gunicorn shop\n", "requirements.txt": "gunicorn\n" }),
    path: ".",
    root: "shop",
    settings: undefined,
    env: undefined,
    platforms: [],
    outputs: [{ format: "checklist", file: undefined }],
    gate: { level: "error", strict: false, maxWarnings: undefined },
    exitZero: false,
    prefix: "",
    browse: "",
    variables: {},
    select: [],
    ignore: [],
    configured: unconfigured,
    paint: plain,
    plainPaint: plain,
    notes: [],
    ...details,
  };
}

describe("a check that crashes", () => {
  test("is reported on stderr with its name, and the others still run", async () => {
    const { stdout, stderr, code } = await check(
      request({ checks: [crashing, fine], outputs: [{ format: "json", file: undefined }] }),
    );
    expect(code).toBe(3);
    expect(stderr).toMatch(
      /^internal fault: the check crashing-one crashed: TypeError: x is not\\x1b\[2J a function\n/,
    );
    expect(stderr).toContain("please report it");
    const { results } = JSON.parse(stdout);
    expect(results).toMatchObject([
      { id: "crashing-one", status: "unknown", reason: expect.stringContaining("fault of deploy-check") },
      { id: "fine-one", status: "passed" },
    ]);
  });

  test("keeps the answer from being ready", async () => {
    const { stdout } = await check(request({ checks: [{ ...crashing, severity: "info" }, fine] }));
    expect(stdout).toContain("No error found, but 1 check crashed");
  });
});

test("a secret that was given with --env-file is in no report, even if a check tells it", async () => {
  const secret = 'zebra"0123\x1b';
  const telling = defineCheck({
    ...info,
    id: "telling-one",
    title: "It is quiet",
    *run(): Generator<Answer> {
      yield fails(`the key is ${secret}`, { fix: secret });
    },
  });
  const env = new Map([
    ["SECRET_KEY", secret],
    ["API_KEY", "telling-one"],
  ]);
  for (const format of ["json", "checklist"] as const) {
    const { stdout } = await check(
      request({ checks: [telling], env, outputs: [{ format, file: undefined }] }),
    );
    expect(stdout).not.toContain("zebra");
    expect(stdout).toContain("telling-one");
  }
});

test("what the project silences in Django is set aside, and shown", async () => {
  const failing = defineCheck({
    ...info,
    id: "failing-one",
    title: "It is not wrong",
    django: ["security.W004"],
    *run(): Generator<Answer> {
      yield fails("it is wrong");
    },
  });
  const loud = { ...failing, id: "louder-one", django: ["security.W004", "security.W005"] };
  const files = memoryFiles({
    "manage.py": 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n',
    "shop/settings.py": 'SILENCED_SYSTEM_CHECKS = ["security.W004"]\nROOT_URLCONF = "shop.urls"\n',
  });
  const { stdout } = await check(
    request({ checks: [failing, loud], files, outputs: [{ format: "json", file: undefined }] }),
  );
  expect(JSON.parse(stdout).results).toMatchObject([
    { status: "ignored", reason: "SILENCED_SYSTEM_CHECKS names security.W004" },
    { status: "failed" },
  ]);
});

test("a fine project is ready", async () => {
  const { stdout, stderr, code } = await check(request({}));
  expect(stdout).toMatch(
    /\n1 check: 0 failed, 0 unknown, 1 passed, 0 skipped .*\nReady to deploy, as far as the files tell\n$/,
  );
  expect({ stderr, code }).toEqual({ stderr: "", code: 0 });
});

test("projects that were passed over are named when nothing else is there", async () => {
  const files = memoryFiles({ "docs/manage.py": "import django\n" });
  const { stderr, code } = await check(request({ files }));
  expect(code).toBe(4);
  expect(stderr).toContain("passed over as examples or tests: docs/manage.py\n");
});

import { expect, test } from "vitest";
import check from "../../../src/checks/logging/sentry-misconfigured.ts";
import { brief, runOn } from "../../support/run-on.ts";

const run = (options: string, file = "shop/settings.py") =>
  runOn(check, {
    "manage.py": "import django\n",
    "shop/__init__.py": "",
    "shop/settings.py": 'ROOT_URLCONF = "shop.urls"\n',
    [file]: `import os\nimport sentry_sdk\nROOT_URLCONF = "shop.urls"\nsentry_sdk.init(${options})\n`,
  });

test.each([
  ['dsn=""', "warning certain", "an empty DSN"],
  ["debug=True", "warning certain", "debug on"],
  ["traces_sample_rate=1.0", "info certain", "a traces_sample_rate of 1.0"],
  ["traces_sample_rate=1", "info certain", "a traces_sample_rate of 1.0"],
  ["send_default_pii=True", "info certain", "send_default_pii on"],
])("%s", async (options, severity, says) => {
  const found = brief(await run(options));
  expect(found).toEqual([expect.stringContaining(`sentry_sdk.init has ${says}`)]);
  expect(found[0]).toMatch(new RegExp(`^${severity}`));
});

test.each([
  'dsn="https://key@o1.ingest.sentry.io/1"',
  "",
  'dsn=os.environ.get("SENTRY_DSN", ""), traces_sample_rate=float(os.environ.get("RATE", "1.0"))',
  "traces_sampler=lambda context: 1.0, traces_sample_rate=0.1, send_default_pii=False",
])("fine: init(%s)", async (options) => {
  expect((await run(options)).status).toBe("passed");
});

test("where it is not called, nor outside of what production runs, nothing is asked", async () => {
  expect((await run('dsn=""', "tests/conftest.py")).status).toBe("skipped");
  expect((await run('dsn=""', "shop/local.py")).status).toBe("skipped");
});

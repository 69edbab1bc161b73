import { expect, test } from "vitest";
import check from "../../../src/checks/hosts/csrf-origin-without-scheme.ts";
import { brief, runOn } from "../../support/run-on.ts";
import { settingsOnly } from "../../support/settings.ts";

test("reports a host", async () => {
  expect(
    brief(await runOn(check, settingsOnly('CSRF_TRUSTED_ORIGINS = ["https://a.example", "b.example"]'))),
  ).toEqual([
    'error certain shop/settings.py:1:46 the entry "b.example" of CSRF_TRUSTED_ORIGINS has no scheme, on which manage.py stops with 4_0.E001',
  ]);
});

test("reports an empty variable as a warning", async () => {
  expect(
    brief(
      await runOn(
        check,
        settingsOnly('import os\nCSRF_TRUSTED_ORIGINS = os.environ.get("ORIGINS", "").split(",")'),
      ),
    ),
  ).toEqual([
    'warning conditional shop/settings.py:2:24 the entry "" of CSRF_TRUSTED_ORIGINS has no scheme, on which manage.py stops with 4_0.E001',
  ]);
});

test("reports a slash at the end", async () => {
  expect(brief(await runOn(check, settingsOnly('CSRF_TRUSTED_ORIGINS = ["https://a.example/"]')))).toEqual([
    'warning certain shop/settings.py:1:25 the entry "https://a.example/" of CSRF_TRUSTED_ORIGINS matches no Origin header, which ends behind host and port',
  ]);
});

test("reports hosts that are used for origins", async () => {
  expect(
    brief(
      await runOn(
        check,
        settingsOnly('ALLOWED_HOSTS = [".a.example"]\nCSRF_TRUSTED_ORIGINS = ALLOWED_HOSTS'),
      ),
    ),
  ).toEqual([
    'error certain shop/settings.py:1:18 the entry ".a.example" of CSRF_TRUSTED_ORIGINS has no scheme, on which manage.py stops with 4_0.E001',
  ]);
});

test.each([
  ["a pattern", "passed", settingsOnly('CSRF_TRUSTED_ORIGINS = ["https://*.a.example:8443"]'), {}],
  [
    "Django 3.2",
    "skipped",
    {
      "shop/settings.py": 'CSRF_TRUSTED_ORIGINS = ["a.example"]\nROOT_URLCONF = "shop.urls"\n',
      "requirements.txt": "django==3.2\n",
    },
    {},
  ],
  ["none", "skipped", settingsOnly(""), {}],
  [
    "a variable that is split with care",
    "passed",
    settingsOnly(
      'import os\nCSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("ORIGINS", "").split(",") if o]',
    ),
    {},
  ],
  [
    "a variable that the code insists on",
    "passed",
    settingsOnly('import os\nCSRF_TRUSTED_ORIGINS = os.environ["ORIGINS"].split(",")'),
    {},
  ],
  [
    "a variable with a scheme in front",
    "passed",
    settingsOnly("import os\nCSRF_TRUSTED_ORIGINS = [f\"https://{os.environ['HOST']}\"]"),
    {},
  ],
])("is silent about %s", async (_, status, files, options) => {
  const result = await runOn(check, files, options);
  expect([...brief(result), result.status]).toEqual([status]);
});

test("cannot tell: a value from elsewhere", async () => {
  expect(
    brief(
      await runOn(
        check,
        settingsOnly("from elsewhere import something\nCSRF_TRUSTED_ORIGINS = [something()]"),
      ),
    ),
  ).toEqual([
    "unknown shop/settings.py:2:24 an entry of CSRF_TRUSTED_ORIGINS cannot be read statically: it comes from elsewhere, which is not modelled",
  ]);
});

test("origins that are made of the hosts of a variable are decided by that", async () => {
  const text =
    'import environ\nenv = environ.Env()\nALLOWED_HOSTS = env.list("HOSTS")\nCSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]\n';
  expect((await runOn(check, settingsOnly(text))).status).toBe("passed");
});

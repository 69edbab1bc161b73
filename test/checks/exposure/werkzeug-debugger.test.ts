import { expect, test } from "vitest";
import check from "../../../src/checks/exposure/werkzeug-debugger.ts";
import { brief, runOn } from "../../support/run-on.ts";

test("reports runserver_plus", async () => {
  expect(
    brief(
      await runOn(check, {
        "shop/settings.py": '\nROOT_URLCONF = "shop.urls"\n',
        Procfile: "web: python manage.py runserver_plus 0.0.0.0:$PORT\n",
      }),
    ),
  ).toEqual([
    "error certain Procfile:1:1 the web process runs runserver_plus, whose error pages run Python for anybody who asks",
  ]);
});

test("reports the number that is off", async () => {
  expect(
    brief(
      await runOn(check, {
        "shop/settings.py": '\nROOT_URLCONF = "shop.urls"\n',
        "render.yaml":
          'services:\n  - type: web\n    name: shop\n    runtime: python\n    startCommand: gunicorn shop.wsgi\n    envVars:\n      - key: SECRET_KEY\n        value: x\n      - key: WERKZEUG_DEBUG_PIN\n        value: "off"\n',
      }),
    ),
  ).toEqual([
    "warning certain render.yaml:9:14 render.yaml sets WERKZEUG_DEBUG_PIN to off, so the console of an error page asks for no number",
  ]);
});

test.each([
  [
    "runserver",
    "passed",
    { "shop/settings.py": '\nROOT_URLCONF = "shop.urls"\n', Procfile: "web: python manage.py runserver\n" },
    {},
  ],
  [
    "django_extensions",
    "passed",
    {
      "shop/settings.py": 'INSTALLED_APPS = ["django_extensions"]\nROOT_URLCONF = "shop.urls"\n',
      Procfile: "web: gunicorn shop.wsgi\n",
    },
    {},
  ],
])("is silent about %s", async (_, status, files, options) => {
  const result = await runOn(check, files, options);
  expect([...brief(result), result.status]).toEqual([status]);
});

import { expect, test } from "vitest";
import check from "../../../src/checks/logging/metrics-endpoint-public.ts";
import { brief, runOn } from "../../support/run-on.ts";

const run = (urls: string, settings = "", files: Readonly<Record<string, string>> = {}) =>
  runOn(check, {
    "manage.py": "import django\n",
    Procfile: "web: gunicorn shop.wsgi\n",
    "requirements.txt": "django==5.2\ngunicorn\n",
    "shop/__init__.py": "",
    "shop/settings.py": `ROOT_URLCONF = "shop.urls"\n${settings}`,
    "shop/urls.py": `from django.urls import include, path\nfrom django.contrib.auth.decorators import login_required\nfrom django_prometheus import exports\nurlpatterns = [${urls}]\n`,
    ...files,
  });
const included = 'path("", include("django_prometheus.urls"))';

test("everyone reads what is routed at the root", async () => {
  expect(brief(await run(included))).toEqual([
    expect.stringMatching(/^warning certain \S+ everyone can read the metrics under \/metrics$/),
  ]);
  expect(brief(await run('path("monitor", exports.ExportToDjangoView)'))).toEqual([
    expect.stringMatching(/under \/monitor$/),
  ]);
});

test.each<[string, string, string?, Readonly<Record<string, string>>?]>([
  ["a login is asked for", 'path("metrics", login_required(exports.ExportToDjangoView))'],
  [
    "a login is asked for everywhere",
    included,
    'MIDDLEWARE = ["django.contrib.auth.middleware.LoginRequiredMiddleware"]\n',
  ],
  [
    "middleware of the project's own looks at the path",
    included,
    "",
    {
      "shop/guard.py":
        'class Guard:\n    def __init__(self, get_response):\n        self.get_response = get_response\n\n    def __call__(self, request):\n        if request.path in ["/metrics"]:\n            raise PermissionError\n        return self.get_response(request)\n',
    },
  ],
  ["nginx stands in front", included, "", { Procfile: "web: nginx && gunicorn shop.wsgi\n" }],
])("fine: %s", async (_name, urls, settings, files) => {
  expect((await run(urls, settings, files)).status).toBe("passed");
});

test("metrics that the operator switches on are not asked for", async () => {
  const urls = `*([${included}] if settings.METRICS else [])`;
  const settings = 'import os\nMETRICS = os.environ.get("METRICS") == "1"\n';
  const files = {
    "shop/urls.py": `from django.conf import settings\nfrom django.urls import include, path\nurlpatterns = [${urls}]\n`,
  };
  expect((await run("", settings, files)).status).toBe("skipped");
});

test("a project without metrics is not asked", async () => {
  expect((await run("")).status).toBe("skipped");
});

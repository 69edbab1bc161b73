import { expect, test } from "vitest";
import redirected from "../../../src/checks/platform/health-redirected.ts";
import { brief, runOn } from "../../support/run-on.ts";

const railway = (deploy: Record<string, unknown> = { healthcheckPath: "/healthz" }) => ({
  "manage.py": "import django\n",
  "requirements.txt": "django==5.2\ngunicorn\n",
  "railway.json": JSON.stringify({ deploy: { startCommand: "gunicorn shop.wsgi", ...deploy } }),
  "shop/wsgi.py":
    'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\napplication = 1\n',
});

const common = 'MIDDLEWARE = ["django.middleware.common.CommonMiddleware"]\n';
const security = 'MIDDLEWARE = ["django.middleware.security.SecurityMiddleware"]\n';
const project = (settings: string, deploy?: Record<string, unknown>) => ({
  ...railway(deploy),
  "shop/settings.py": `import os\nROOT_URLCONF = "shop.urls"\n${settings}`,
});

const onRailway = { platform: "railway" };

const redirects = 'SECURE_SSL_REDIRECT = True\nALLOWED_HOSTS = ["healthcheck.railway.app"]\n';

test("a redirect to HTTPS fails a check that wants 200", async () => {
  expect(brief(await runOn(redirected, project(security + redirects), onRailway))).toEqual([
    expect.stringMatching(
      /^error certain \S+ SECURE_SSL_REDIRECT answers the health check of \/healthz with a 301, and Railway wants a 200/,
    ),
  ]);
});

test("an exemption with a leading slash never matches", async () => {
  const exempt = 'SECURE_REDIRECT_EXEMPT = [r"^/healthz$"]\n';
  expect((await runOn(redirected, project(security + redirects + exempt), onRailway)).status).toBe("failed");
});

test.each([
  ["an exemption", `${security}${redirects}SECURE_REDIRECT_EXEMPT = [r"^health"]\n`],
  ["SecurityMiddleware that is not installed", common + redirects],
  ["a redirect that is off", `${security}SECURE_SSL_REDIRECT = False\n`],
  ["a redirect that the environment decides", `${security}SECURE_SSL_REDIRECT = os.environ["SSL"] == "1"\n`],
])("%s is fine", async (_name, settings) => {
  expect((await runOn(redirected, project(settings), onRailway)).status).toBe("passed");
});

const fly = (headers: string) => ({
  "manage.py": "import django\n",
  "requirements.txt": "django==5.2\ngunicorn\n",
  "fly.toml": `app = "shop"\n[processes]\napp = "gunicorn shop.wsgi --bind 0.0.0.0:8000"\n[http_service]\ninternal_port = 8000\n[[http_service.checks]]\npath = "/healthz"\n${headers}`,
  "shop/wsgi.py": "from django.core.wsgi import get_wsgi_application\napplication = get_wsgi_application()\n",
});
const saysHttps = '[http_service.checks.headers]\nX-Forwarded-Proto = "https"\n';

test.each([
  [
    "that SECURE_PROXY_SSL_HEADER names",
    'SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")\n',
    "passed",
  ],
  ["that the server may believe or not", "", "skipped"],
  ["while another is asked for", 'SECURE_PROXY_SSL_HEADER = ("HTTP_X_SCHEME", "https")\n', "failed"],
])("the health check's header %s", async (_name, settings, status) => {
  const files = {
    ...fly(saysHttps),
    "shop/settings.py": `ROOT_URLCONF = "shop.urls"\n${security}${redirects}${settings}`,
  };
  expect((await runOn(redirected, files, { platform: "fly" })).status).toBe(status);
});

test("a slash that is appended is a redirect", async () => {
  const urls = (route: string) => ({
    ...project(common),
    "shop/urls.py": `from django.urls import path\nurlpatterns = [path("${route}", lambda request: None)]\n`,
  });
  expect(brief(await runOn(redirected, urls("healthz/"), onRailway))).toEqual([
    expect.stringMatching(
      /^error certain \S+ APPEND_SLASH answers the health check of \/healthz with a 301 to \/healthz\/, and Railway wants a 200$/,
    ),
  ]);
  expect((await runOn(redirected, urls("healthz"), onRailway)).status).toBe("passed");
});

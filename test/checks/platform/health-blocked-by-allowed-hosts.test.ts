import { expect, test } from "vitest";
import blocked from "../../../src/checks/platform/health-blocked-by-allowed-hosts.ts";
import { brief, runOn } from "../../support/run-on.ts";

const railway = (deploy: Record<string, unknown> = { healthcheckPath: "/healthz" }) => ({
  "manage.py": "import django\n",
  "requirements.txt": "django==5.2\ngunicorn\n",
  "railway.json": JSON.stringify({ deploy: { startCommand: "gunicorn shop.wsgi", ...deploy } }),
  "shop/wsgi.py":
    'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\napplication = 1\n',
});

const common = 'MIDDLEWARE = ["django.middleware.common.CommonMiddleware"]\n';
const project = (settings: string, deploy?: Record<string, unknown>) => ({
  ...railway(deploy),
  "shop/settings.py": `import os\nROOT_URLCONF = "shop.urls"\n${settings}`,
});

const onRailway = { platform: "railway" };

test("a list without the host of the health check blocks it", async () => {
  const files = project(`${common}ALLOWED_HOSTS = ["shop.example.com"]\n`);
  expect(brief(await runOn(blocked, files, onRailway))).toEqual([
    expect.stringMatching(
      /^error certain \S+ the health check of \/healthz sends the Host healthcheck\.railway\.app, which ALLOWED_HOSTS does not name, so Django answers 400/,
    ),
  ]);
});

test.each([
  ["a wildcard", `${common}ALLOWED_HOSTS = ["*"]\n`, undefined],
  ["the host itself", `${common}ALLOWED_HOSTS = ["HealthCheck.Railway.app"]\n`, undefined],
  ["its suffix", `${common}ALLOWED_HOSTS = [".railway.app"]\n`, undefined],
  ["a variable of the operator", `${common}ALLOWED_HOSTS = os.environ["HOSTS"].split(",")\n`, undefined],
  ["no middleware that asks", 'MIDDLEWARE = ["x.Y"]\nALLOWED_HOSTS = ["shop.example.com"]\n', undefined],
  [
    "a health middleware in front",
    'MIDDLEWARE = ["shop.health.HealthCheckMiddleware", "django.middleware.common.CommonMiddleware"]\nALLOWED_HOSTS = ["shop.example.com"]\n',
    undefined,
  ],
  ["no path", `${common}ALLOWED_HOSTS = ["shop.example.com"]\n`, {}],
])("%s does not", async (_name, settings, deploy) => {
  const { status } = await runOn(blocked, project(settings, deploy), onRailway);
  expect(["passed", "skipped"]).toContain(status);
});

test("a platform whose Host nobody documents is not judged", async () => {
  const files = {
    ...project(`${common}ALLOWED_HOSTS = ["shop.example.com"]\n`),
    "render.yaml":
      "services:\n  - type: web\n    runtime: python\n    startCommand: gunicorn shop.wsgi\n    healthCheckPath: /healthz\n",
  };
  expect((await runOn(blocked, files, { platform: "render" })).status).toBe("skipped");
});

test("hosts that cannot be read are not judged", async () => {
  const files = project(`import mystery\n${common}ALLOWED_HOSTS = mystery.hosts()\n`);
  expect((await runOn(blocked, files, onRailway)).status).toBe("unknown");
});

test("a host with a scheme is told of as that, and once", async () => {
  const files = project(`${common}ALLOWED_HOSTS = ["https://healthcheck.railway.app"]\n`);
  const { status, reason } = await runOn(blocked, files, onRailway);
  expect([status, reason]).toEqual([
    "skipped",
    'ALLOWED_HOSTS has "https://healthcheck.railway.app": allowed-hosts-malformed',
  ]);
});

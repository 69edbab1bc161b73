import { expect, test } from "vitest";
import check from "../../../src/checks/settings/platform-host-absent.ts";
import { brief, runOn } from "../../support/run-on.ts";

const shop = (settings: string) => ({
  "manage.py": "import django\n",
  "shop/wsgi.py": 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n',
  "shop/settings.py": `import os\nROOT_URLCONF = "shop.urls"\n${settings}`,
});
const onRender = { platform: "render" };

test("nothing but the developer's machine answers nobody", async () => {
  expect(brief(await runOn(check, shop('ALLOWED_HOSTS = ["localhost", "127.0.0.1"]\n'), onRender))).toEqual([
    expect.stringMatching(
      /^error certain \S+ ALLOWED_HOSTS names nothing but this machine \("localhost", "127\.0\.0\.1"\)/,
    ),
  ]);
});

test("the own domain alone is advice", async () => {
  expect(brief(await runOn(check, shop('ALLOWED_HOSTS = ["shop.example.com"]\n'), onRender))).toEqual([
    expect.stringMatching(/^info certain \S+ ALLOWED_HOSTS names no host below \.onrender\.com/),
  ]);
});

test("a suffix above the platform's takes its hosts in", async () => {
  expect(
    brief(await runOn(check, shop('ALLOWED_HOSTS = [".railway.app"]\n'), { platform: "railway" })),
  ).toEqual([]);
});

test.each([
  ["the platform's suffix", 'ALLOWED_HOSTS = [".onrender.com"]\n'],
  ["the app's host there", 'ALLOWED_HOSTS = ["shop.onrender.com"]\n'],
  ["a wildcard", 'ALLOWED_HOSTS = ["*"]\n'],
  [
    "the platform's variable",
    'ALLOWED_HOSTS = ["localhost"]\nif h := os.environ.get("RENDER_EXTERNAL_HOSTNAME"):\n    ALLOWED_HOSTS.append(h)\n',
  ],
  ["a variable of the operator", 'ALLOWED_HOSTS = os.environ.get("HOSTS", "localhost").split(",")\n'],
  ["a list that is not known", "import mystery\nALLOWED_HOSTS = mystery.hosts()\n"],
])("%s is fine", async (_name, settings) => {
  expect((await runOn(check, shop(settings), onRender)).status).toBe("passed");
});

test.each([
  ["an empty list", "ALLOWED_HOSTS = []\n", "render"],
  ["a platform without host names of its own", 'ALLOWED_HOSTS = ["localhost"]\n', "procfile-host"],
])("%s does not ask", async (_name, settings, platform) => {
  expect((await runOn(check, shop(settings), { platform })).status).toBe("skipped");
});

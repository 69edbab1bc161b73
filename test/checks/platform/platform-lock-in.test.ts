import { expect, test } from "vitest";
import check from "../../../src/checks/platform/platform-lock-in.ts";
import { brief, runOn } from "../../support/run-on.ts";

const shop = (settings: string) => ({
  "manage.py": "import django\n",
  "shop/wsgi.py": 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n',
  "shop/settings.py": `import os\nROOT_URLCONF = "shop.urls"\n${settings}`,
});

test("a block for the platform that was left", async () => {
  const files = shop('if "DYNO" in os.environ:\n    SECURE_SSL_REDIRECT = True\n');
  expect(brief(await runOn(check, files, { platform: "render" }))).toEqual([
    expect.stringContaining(
      "the settings ask for $DYNO, which only Heroku sets, so what depends on it never happens on Render",
    ),
  ]);
  expect((await runOn(check, files, { platform: "render" })).severity).toBe("info");
});

test.each([
  ["its own platform", 'ON = "DYNO" in os.environ\n', "heroku"],
  [
    "several platforms, this one among them",
    'ON = "DYNO" in os.environ or "RENDER" in os.environ\n',
    "render",
  ],
  ["variables of nobody", 'ON = os.environ.get("PORT") or os.environ.get("DEBUG")\n', "render"],
])("%s", async (_name, settings, platform) => {
  expect((await runOn(check, shop(settings), { platform })).status).toBe("passed");
});

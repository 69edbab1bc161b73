import { expect, test } from "vitest";
import migrate from "../../../src/checks/database/migrate-at-every-boot.ts";
import { brief, runOn } from "../../support/run-on.ts";

const shop = (settings = "") => ({
  "manage.py": "import django\n",
  "requirements.txt": "django==5.2\ngunicorn\n",
  "shop/wsgi.py": 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n',
  "shop/settings.py": `import os\nROOT_URLCONF = "shop.urls"\n${settings}`,
});
const heroku = (Procfile: string, settings = "") => ({ ...shop(settings), Procfile, "app.json": "{}" });

test("a web and a worker process that both migrate race", async () => {
  const Procfile =
    "web: python manage.py migrate && gunicorn shop.wsgi\nworker: python manage.py migrate && python manage.py rqworker\n";
  const result = await runOn(migrate, heroku(Procfile));
  expect(brief(result)).toEqual([
    expect.stringMatching(/^warning certain \S+ every start of web runs migrate, and so does worker/),
  ]);
  expect(result.findings[0]?.fix).toContain("release: python manage.py migrate --noinput");
});

test("in one process it is advice, also through a script", async () => {
  const files = {
    ...heroku("web: bash start.sh\n"),
    "start.sh": "python manage.py migrate --noinput\nexec gunicorn shop.wsgi\n",
  };
  expect(brief(await runOn(migrate, files))).toEqual([
    expect.stringMatching(/^info certain start\.sh:1:1 every start of web runs migrate/),
  ]);
});

test.each([
  ["the release phase", heroku("release: python manage.py migrate\nweb: gunicorn shop.wsgi\n"), "passed"],
  [
    "a guard in a script",
    {
      ...heroku("web: bash start.sh\n"),
      "start.sh":
        'if [ "$RUN_MIGRATIONS" = 1 ]; then\n  python manage.py migrate\nfi\nexec gunicorn shop.wsgi\n',
    },
    "passed",
  ],
  ["nothing", heroku("web: gunicorn shop.wsgi\n"), "skipped"],
])("migrations by %s", async (_name, files, status) => {
  expect((await runOn(migrate, files)).status).toBe(status);
});

test.each(["scalingo", "koyeb"])("what nothing starts on %s migrates in no instance", async (platform) => {
  const Procfile = "release: python manage.py migrate\nweb: gunicorn shop.wsgi\n";
  expect((await runOn(migrate, { ...shop(), Procfile }, { platform })).status).toBe("skipped");
});

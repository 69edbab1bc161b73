import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { describe, expect, test } from "vitest";
import { onDisk } from "../../support/on-disk.ts";
import { hasPython, python } from "../../support/python.ts";

// What the checks of static files say that Django and WhiteNoise do, they do.

const settings = `import os
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
ALLOWED_HOSTS = ["*"]
DEBUG = False
INSTALLED_APPS = ["django.contrib.staticfiles"]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
]
ROOT_URLCONF = "shop.urls"
SECRET_KEY = "x" * 50
STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
`;
const manifest =
  'STORAGES = {"staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}}\n';
const plain = {
  "manage.py":
    'import os\nimport sys\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\nfrom django.core.management import execute_from_command_line\nexecute_from_command_line(sys.argv)\n',
  "shop/__init__.py": "",
  "shop/urls.py": "urlpatterns = []\n",
  "static/css/site.css": "body {}\n",
};

/** A project on the disk, with these lines behind its settings. */
const project = (more: string) => onDisk({ ...plain, "shop/settings.py": settings + more });

/** How a program ends: its status, and the last line that it says. */
function run(folder: string, ...args: readonly string[]): { readonly status: number; readonly says: string } {
  const environment = {
    PATH: process.env.PATH,
    PYTHONPATH: folder,
    DJANGO_SETTINGS_MODULE: "shop.settings",
  };
  try {
    const out = execFileSync(python, args, {
      cwd: folder,
      env: environment,
      encoding: "utf8",
      stdio: "pipe",
    });
    return { status: 0, says: out.trim() };
  } catch (error) {
    const { status, stderr } = error as { readonly status: number; readonly stderr: string };
    return { status, says: stderr.trim() };
  }
}

const collect = (folder: string, ...options: readonly string[]) =>
  run(folder, "manage.py", "collectstatic", "--noinput", ...options);
/** What `static()` makes of each name: an address, or what it raises. */
function addresses(folder: string, ...names: readonly string[]): readonly string[] {
  const code = `
import json, sys, django
django.setup()
from django.templatetags.static import static
def ask(name):
    try:
        return static(name)
    except Exception as error:
        return str(error)
print(json.dumps([ask(name) for name in sys.argv[1:]]))`;
  return JSON.parse(run(folder, "-c", code, ...names).says);
}
const request = (folder: string, path: string) =>
  run(
    folder,
    "-c",
    `import django; django.setup(); from django.test import Client; print(Client().get(${JSON.stringify(path)}).status_code)`,
  );

describe.skipIf(!hasPython("django", "whitenoise"))(
  "Django and WhiteNoise (need Python with both)",
  { timeout: 60_000 },
  () => {
    test("a manifest storage raises for what it does not have", () => {
      const folder = project(manifest);
      const missing = expect.stringContaining("Missing staticfiles manifest entry");
      expect(addresses(folder, "css/site.css")).toEqual([missing]);
      expect(collect(folder).status).toBe(0);
      const names = [
        "css/gone.css",
        "/css/site.css",
        "./css/site.css",
        "css//site.css",
        "",
        "css",
        "https://a.example/a.css",
      ];
      expect(addresses(folder, ...names)).toEqual(names.map(() => missing));
      expect(addresses(folder, "css/site.css?x#y", " css/site.css ", "css/")).toEqual([
        expect.stringMatching(/^\/static\/css\/site\.[\da-f]+\.css\?x#y$/),
        expect.stringMatching(/^\/static\/css\/site\.[\da-f]+\.css$/),
        "/static/css/",
      ]);
    });

    test("without collectstatic WhiteNoise has nothing to serve", () => {
      expect(request(project(""), "/static/css/site.css").says).toBe("404");
      expect(request(project("WHITENOISE_USE_FINDERS = True\n"), "/static/css/site.css").says).toBe("200");
    });

    test("--dry-run writes nothing, --no-post-process no manifest", () => {
      const dry = project("");
      expect(collect(dry, "-n").status).toBe(0);
      expect(readdirSync(dry)).not.toContain("staticfiles");
      const folder = project(manifest);
      collect(folder, "--no-post-process");
      expect(readdirSync(join(folder, "staticfiles"))).toEqual(["css"]);
    });

    test("collectstatic stops where the settings insist on a variable", () => {
      const insisting = collect(project('os.environ["SHOP_KEY"]\n'));
      expect([insisting.status, insisting.says]).toEqual([
        1,
        expect.stringContaining("KeyError: 'SHOP_KEY'"),
      ]);
      const refusing = collect(
        project(
          'from django.core.exceptions import ImproperlyConfigured\nraise ImproperlyConfigured("SHOP_KEY")\n',
        ),
      );
      expect(refusing.status).not.toBe(0);
      // A key that is not asked for is none that is missed.
      expect(collect(project("del SECRET_KEY\n")).status).toBe(0);
    });

    test("STATICFILES_DIRS with the project's folder publishes the settings", () => {
      const folder = project("STATICFILES_DIRS = [BASE_DIR]\n");
      expect(collect(folder).status).toBe(0);
      expect(readdirSync(join(folder, "staticfiles/shop"))).toContain("settings.py");
      expect(request(folder, "/static/shop/settings.py").says).toBe("200");
    });

    test("MEDIA_ROOT that equals STATIC_ROOT is refused", () => {
      const refused = "The MEDIA_ROOT and STATIC_ROOT settings must have different values";
      const folder = project("MEDIA_ROOT = STATIC_ROOT\n");
      expect(collect(folder).says).toContain(refused);
      expect(addresses(folder, "css/site.css")).toEqual([refused]);
      // A text is not equal to a Path.
      expect(collect(project("MEDIA_ROOT = str(STATIC_ROOT)\n")).status).toBe(0);
    });
  },
);

import { expect, test } from "vitest";
import check from "../../../src/checks/secrets/build-output-tracked.ts";
import { told } from "../../support/told.ts";

const settings =
  'from pathlib import Path\n\nBASE_DIR = Path(__file__).resolve().parent.parent\nROOT_URLCONF = "shop.urls"\nSTATIC_ROOT = BASE_DIR / "static"\nMEDIA_ROOT = BASE_DIR / "media"\n';
const ask = (more: Record<string, string>) => {
  const files = { "manage.py": "import django\n", "shop/settings.py": settings, ...more };
  return told(check, files, undefined, { tracked: Object.keys(files) });
};

test("what collectstatic makes", async () => {
  expect(await ask({ "static/admin/css/base.css": "", "static/shop.css": "" })).toEqual([
    "warning certain static/admin/css/base.css:1:1 git tracks 2 files in static/, which collectstatic makes (STATIC_ROOT)",
  ]);
});

test("compiled files and installed packages", async () => {
  expect(await ask({ "shop/__pycache__/urls.cpython-313.pyc": "\0", "node_modules/x/index.js": "" })).toEqual(
    [
      "warning certain shop/__pycache__/urls.cpython-313.pyc:1:1 git tracks 1 compiled file of Python",
      "warning certain node_modules:1:1 git tracks node_modules/, which npm makes",
    ],
  );
});

test("uploads are advice", async () => {
  expect(await ask({ "media/logo.png": "\0" })).toEqual([
    "info certain media/logo.png:1:1 git tracks 1 file in media/, where uploads are kept (MEDIA_ROOT)",
  ]);
});

test.each<[string, Record<string, string>]>([
  ["the project's own sources in STATIC_ROOT", { "static/shop.css": "" }],
  ["an empty folder", { "static/.gitkeep": "", "media/.gitkeep": "" }],
])("%s: not reported", async (_name, more) => {
  expect(await ask(more)).toEqual(["passed"]);
});

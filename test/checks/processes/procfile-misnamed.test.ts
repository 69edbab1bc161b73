import { expect, test } from "vitest";
import check from "../../../src/checks/processes/procfile-misnamed.ts";
import { brief, runOn } from "../../support/run-on.ts";
import { settingsOnly } from "../../support/settings.ts";

const web = "web: gunicorn shop.wsgi\n";
const django = (more: Record<string, string | Uint8Array> = {}) => ({
  ...settingsOnly("DEBUG = False"),
  ...more,
});

test.each(["procfile", "ProcFile", "Procfile.txt"])("%s is ignored", async (name) => {
  const result = await runOn(check, django({ [name]: web }));
  expect(brief(result)).toEqual([
    `error certain ${name}:1:1 ${name} is ignored, because only the name "Procfile" counts`,
  ]);
  expect(result.findings[0]?.fix).toBe(`git mv ${name} Procfile`);
});

test("a Procfile in a subfolder is a warning: a buildpack may make that the root", async () => {
  const files = {
    "backend/manage.py": "",
    "backend/shop/settings.py": "ROOT_URLCONF = ''",
    "backend/Procfile": web,
  };
  const result = await runOn(check, files);
  expect(brief(result)).toEqual([
    "warning conditional backend/Procfile:1:1 backend/Procfile is not in the root, where a Procfile host looks for it",
  ]);
  expect(result.findings[0]?.when).toEqual(["the root of the repository is deployed, and not backend"]);
});

test("encodings", async () => {
  const utf16 = new Uint8Array([0xff, 0xfe, ...Buffer.from(web, "utf16le")]);
  expect(brief(await runOn(check, django({ Procfile: utf16 })))).toEqual([
    "error certain Procfile:1:1 Procfile is saved as UTF-16, and a Procfile host reads UTF-8",
  ]);
  expect(brief(await runOn(check, django({ Procfile: `\uFEFF${web}` })))).toEqual([
    "warning certain Procfile:1:1 Procfile starts with a byte order mark, which becomes part of its first line",
  ]);
});

test("a folder", async () => {
  expect(brief(await runOn(check, django({ "Procfile/web": web })))).toEqual([
    "error certain Procfile is a folder, and nothing in it is read",
  ]);
});

test.each<[string, Record<string, string>, string]>([
  ["a Procfile", { Procfile: web }, "passed"],
  ["a Procfile beside one for development", { Procfile: web, "Procfile.dev": web, procfile: web }, "passed"],
  ["only one for development", { "Procfile.dev": web }, "skipped"],
  ["one for a container", { "docker/single/Procfile": web }, "skipped"],
  ["another manifest", { procfile: web, Dockerfile: "FROM python\nCMD gunicorn shop.wsgi\n" }, "skipped"],
  ["Render", { procfile: web, "render.yaml": "services: []\n" }, "skipped"],
  ["no Procfile", {}, "skipped"],
])("%s: %j is %s", async (_name, files, status) => {
  expect((await runOn(check, django(files))).status).toBe(status);
});

import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { expect, test } from "vitest";
import check from "../../../src/checks/static/static-file-reference-missing.ts";
import { hashedReferences } from "../../../src/facts/django/hashed-references.ts";
import { newerDjangos } from "../../support/newer-django.ts";
import { onDisk } from "../../support/on-disk.ts";
import { hasPython, python } from "../../support/python.ts";
import { runOn } from "../../support/run-on.ts";
import { heroku, staticShop } from "../../support/static-shop.ts";

// What is said of a style sheet or script, Django's own collectstatic does with it, version by version.

interface Case {
  readonly files: Readonly<Record<string, string>>;
  readonly modules: boolean;
}

const there = {
  "img/there.png": "png",
  "img/with space.png": "png",
  "fonts/there.eot": "eot",
  "css/print.css": "p {}\n",
  "js/other.js": "export const other = 1;\n",
};
const css = (text: string): Case => ({ files: { ...there, "css/site.css": text }, modules: false });
const atTop = (text: string): Case => ({ files: { ...there, "site.css": text }, modules: false });
const js = (text: string, modules = false): Case => ({ files: { ...there, "js/app.js": text }, modules });
const minified = "a{}".repeat(50_000);

const cases: Readonly<Record<string, Case>> = {
  nothing: css("body { color: red }\n"),
  "a file that is there": css("a { background: url(../img/there.png) }"),
  "one that is not": css("a { background: url(../img/gone.png) }"),
  "both in one line": css("a{b:url(../img/there.png)}c{d:url(../img/gone.png)}"),
  "in quotes": css(`a { b: url("../img/gone.png") }`),
  "in single quotes": css("a { b: url('../img/gone.png') }"),
  "a quote that is not closed": css(`a { b: url("../img/there.png) }`),
  "quotes that differ": css(`a { b: url("../img/there.png') }`),
  "space before a quote": css(`a { b: url( "../img/there.png" ) }`),
  "space without quotes": css("a { b: url( ../img/there.png ) }"),
  "an empty reference": css(`a { b: url(); c: url("") }`),
  "capital letters": css("a { b: URL(../img/gone.png) }"),
  "another function": css("a { b: image-url('../img/gone.png') }"),
  "behind a line": css("a { b: url(\n  ../img/gone.png) }"),
  "a quote behind a line": css('@import "\n gone.css";'),
  "over two lines": css("a { b: url(../img/\ngone.png) }"),
  "a query": css("a { b: url(../img/there.png?v=2) }"),
  "a query on what is gone": css("a { b: url(../img/gone.png?v=2#x) }"),
  "the hack of web fonts": css("a { b: url('../fonts/there.eot?#iefix') }"),
  "a fragment": css("a { b: url(#shape); c: url(%23shape) }"),
  "a fragment at the top": atTop("a { b: url(#shape); c: url(%23shape); d: url(?x) }"),
  "at the top": atTop("a { b: url(img/there.png) url(./img/there.png) }"),
  "gone at the top": atTop("a { b: url(img/gone.png) }"),
  "an address": css("a { b: url(https://a.example/x.png) url(//a.example/x.png) }"),
  data: css(`a { b: url(data:image/png;base64,AAAA) }`),
  "data with brackets": css(`a{b:url("data:image/svg+xml,<svg fill='url(%23a)' y='url(%23b)'/>")}`),
  "data in capitals": css("a { b: url(DATA:image/png;base64,AAAA) }"),
  "a scheme with a hyphen": css("a { b: url(moz-extension://a/b.png) }"),
  "an absolute path elsewhere": css("a { b: url(/media/x.png) }"),
  "an absolute path that is there": css("a { b: url(/static/img/there.png) }"),
  "an absolute path that is gone": css("a { b: url(/static/img/gone.png) }"),
  "a path with %20": css("a { b: url(../img/with%20space.png) }"),
  "a path with a space": css("a { b: url('../img/with space.png') }"),
  "a folder": css("a { b: url(../img) url(../img/) url(.) url(..) }"),
  "above everything": css("a { b: url(../../img/there.png) }"),
  "above everything and back": css("a { b: url(../../staticfiles/img/there.png) }"),
  "with Django's tags": css(`a { b: url({% static "img/there.png" %}) }`),
  "with a variable of Sass": css("a { b: url($image) url(#{$image}) }"),
  "in a comment": css("/* a { b: url(../img/gone.png) } */"),
  "in a comment of one line": css("// url(../img/gone.png)\n"),
  "in a text": css(`a { content: "url(../img/gone.png)" }`),
  "behind a quote in a comment": css(`/* it's */ a { b: url(../img/gone.png) }`),
  "behind an escape": css("a { content: '\\'' } b { c: url(../img/gone.png) }"),
  "an import": css(`@import "print.css";`),
  "an import of what is gone": css(`@import 'gone.css';`),
  "an import by url": css(`@import url("gone.css");`),
  "an import in a comment": css(`/* @import "gone.css"; */`),
  "an import from elsewhere": css(`@import "https://fonts.example/css?family=A:1";`),
  "a map": css("a{}\n/*# sourceMappingURL=site.css.map */"),
  "a map behind a minified file": css(`${minified}\n/*# sourceMappingURL=site.css.map */\n`),
  "a map in the same line": css("a{}/*# sourceMappingURL=site.css.map */"),
  "a map with the old sign": css("a{}\n/*@ sourceMappingURL=site.css.map */"),
  "a map with Windows' ends of lines": css("a{}\r\n/*# sourceMappingURL=site.css.map */\r\n"),
  "a map that is data": css("a{}\n/*# sourceMappingURL=data:application/json;base64,AA== */"),
  "a map that is there": {
    files: { "css/a.css": "a{}\n/*# sourceMappingURL=a.css.map */\n", "css/a.css.map": "{}" },
    modules: false,
  },
  "a map of a script": js("a();\n//# sourceMappingURL=app.js.map\n"),
  "a map of a script that is data": js("a();\n//# sourceMappingURL=data:application/json;base64,AA==\n"),
  "a map of a script in the same line": js("a();//# sourceMappingURL=app.js.map\n"),
  "a map of a script with the old sign": js("a();\n//@ sourceMappingURL=app.js.map\n"),
  "a map of a script with other letters": js("a();\n//# sourcemappingurl=app.js.map\n"),
  "a map of a script in a text": js("x = `\n//# sourceMappingURL=app.js.map\n`"),
  "a map of a script with Windows' ends of lines": js("a();\r\n//# sourceMappingURL=app.js.map\r\n"),
  "url() in a script": js("x = 'url(gone.png)'"),
  "a module that nobody asked for": js("import './gone.js';\n"),
  "a module": js("import { other } from './other.js';\n", true),
  "a module that is gone": js("import { a } from './gone.js';\n", true),
  "everything of a module that is gone": js("import * as a from './gone.js';\n", true),
  "a module of nothing": js("import from './gone.js';\n", true),
  "a module between others": js(
    "import a from 'lodash';\nimport b, { c }\n  from './gone.js' ;\nexport  {d}  from\n'./other.js';\n",
    true,
  ),
  "a module without a semicolon": js("import { a } from './gone.js'\n", true),
  "a module over several lines": js("import {\n  a,\n  b,\n} from './gone.js';\n", true),
  "a module for its effects": js("import './gone.js';\n", true),
  "a module that is exported": js("export { a } from './gone.js';\n", true),
  "a module at run time": js("import('./gone.js')", true),
  "a package at run time": js("import('lodash')", true),
  "a package": js("import a from 'lodash';\n", true),
  "a module in a comment": js("// import './gone.js';\n", true),
  "another kind of file": { files: { "css/site.scss": "a { b: url(gone.png) }" }, modules: false },
  "letters in capitals": { files: { "css/SITE.CSS": "a { b: url(gone.png) }" }, modules: false },
  "a hidden file": { files: { "css/.site.css": "a { b: url(gone.png) }" }, modules: false },
  "a hidden folder": { files: { ".css/site.css": "a { b: url(gone.png) }" }, modules: false },
  "a copy of an editor": { files: { "css/site.css~": "a { b: url(gone.png) }" }, modules: false },
  "one that refers to a hidden file": {
    files: { "css/site.css": "a { b: url(.gone.png) }" },
    modules: false,
  },
};

const script = join(import.meta.dirname, "collect.py");
const older = join(import.meta.dirname, "../../../.cache/django-4.2");
const ask =
  (path?: string) =>
  (...args: readonly string[]) =>
    execFileSync(python, args, {
      encoding: "utf8",
      env: { ...process.env, ...(path ? { PYTHONPATH: path } : {}) },
    });
const djangos: readonly (readonly [string, ((...args: [string, string]) => string) | undefined])[] = [
  ["4.2", existsSync(older) && hasPython() ? ask(older) : undefined],
  ["5.2", hasPython("django") ? ask() : undefined],
  ["6.0", newerDjangos.get("6.0")],
  ["6.1", newerDjangos.get("6.1")],
];

/** What is missing, by the check. */
async function missingIn({ files, modules }: Case, version: string): Promise<readonly string[]> {
  const storage = modules ? "shop.storage.WithModules" : `${staticStorage}.ManifestStaticFilesStorage`;
  const { findings } = await runOn(
    check,
    staticShop(`STORAGES = {"staticfiles": {"BACKEND": "${storage}"}}\n`, {
      ...heroku,
      "requirements.txt": `django==${version}\ngunicorn==23.0.0\nwhitenoise==6.12.0\n`,
      "shop/storage.py": `from ${staticStorage} import ManifestStaticFilesStorage\n\n\nclass WithModules(ManifestStaticFilesStorage):\n    support_js_module_import_aggregation = True\n`,
      ...Object.fromEntries(Object.entries(files).map(([name, text]) => [`static/${name}`, text])),
    }),
  );
  return findings.map(({ message }) => message);
}
const staticStorage = "django.contrib.staticfiles.storage";

for (const [version, run] of djangos)
  test.skipIf(run === undefined)(
    `collectstatic of Django ${version} (needs that version: docs/contributing.md)`,
    { timeout: 120_000 },
    async () => {
      const folder = onDisk({ "cases.json": JSON.stringify(cases) });
      const answers: Readonly<Record<string, string>> = JSON.parse(
        run?.(script, join(folder, "cases.json")) ?? "{}",
      );
      expect(Object.keys(answers)).toEqual(Object.keys(cases));
      const wrong: string[] = [];
      for (const [name, one] of Object.entries(cases)) {
        const ours = await missingIn(one, version);
        const theirs = answers[name] ?? "";
        // A CommandError in 6.1, a ValueError before.
        const [, gone] = /^\w+: The file '(.*)' could not be found/s.exec(theirs) ?? [];
        const agrees =
          theirs === ""
            ? ours.length === 0
            : gone === undefined
              ? theirs.startsWith("SuspiciousFileOperation") &&
                ours.some((text) => text.includes("refuses to look"))
              : ours.some((text) => text.includes(` has ${gone}, `));
        if (!agrees)
          wrong.push(`${name}: Django ${JSON.stringify(theirs.slice(0, 150))}, we ${JSON.stringify(ours)}`);
      }
      expect(wrong).toEqual([]);
    },
  );

test("a long run of spaces too", () => {
  const started = performance.now();
  const spaces = " ".repeat(1_000_000);
  for (const [start, type] of [
    ["url(", "css"],
    ["@import", "css"],
    ["@import '", "css"],
    ["import ", "js"],
    ["export {", "js"],
    ["import*", "js"],
  ])
    for (const djangoVersion of ["5.2", "6.1"])
      hashedReferences(`a.${type}`, start + spaces, { djangoVersion, modules: true });
  expect(performance.now() - started).toBeLessThan(5000);
});

test.each([
  ["url(", "css"],
  ["@import '", "css"],
  ["url(a) /*", "css"],
  ["import {", "js"],
  ["//# sourceMappingURL=a\n/*", "js"],
  ["url('", "css"],
])("%j over and over in a file .%s is gone through at once", (text, type) => {
  const started = performance.now();
  hashedReferences(`a.${type}`, text.repeat(2_000_000 / text.length), {
    djangoVersion: "6.1",
    modules: true,
  });
  expect(performance.now() - started).toBeLessThan(5000);
});

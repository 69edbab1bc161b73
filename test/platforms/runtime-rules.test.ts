import { expect, test } from "vitest";
import type { Check } from "../../src/check.ts";
import manifestMissing from "../../src/checks/runtime/dependency-manifest-missing.ts";
import conflict from "../../src/checks/runtime/package-manager-conflict.ts";
import eol from "../../src/checks/runtime/python-eol.ts";
import malformed from "../../src/checks/runtime/python-version-malformed.ts";
import unspecified from "../../src/checks/runtime/python-version-unspecified.ts";
import { brief, runOn } from "../support/run-on.ts";
import { settingsOnly } from "../support/settings.ts";

const base = { Procfile: "web: gunicorn shop.wsgi\n", "requirements.txt": "django\ngunicorn\n" };
const ask = (check: Check, platform: string, files: Record<string, string>) =>
  runOn(check, settingsOnly("DEBUG = False", files), { platform });

test.each([
  ["heroku", "passed"],
  ["scalingo", "passed"],
  ["dokku", "passed"],
  ["digitalocean", "passed"],
  ["heroku-fir", "failed"],
])("runtime.txt on %s: %s", async (platform, status) => {
  expect((await ask(malformed, platform, { ...base, "runtime.txt": "python-3.13\n" })).status).toBe(status);
});

test("what Fir refuses is told once, with the file that it reads as the way out", async () => {
  const files = { ...base, "runtime.txt": "python-3.12.1\n" };
  const { findings } = await ask(malformed, "heroku-fir", files);
  expect(findings[0]?.fix).toBe("git rm runtime.txt && printf '3.12\\n' > .python-version");
  expect((await ask(unspecified, "heroku-fir", files)).status).toBe("skipped");
  const both = await ask(malformed, "heroku-fir", { ...files, ".python-version": "3.13\n" });
  expect(both.findings[0]?.fix).toBe("git rm runtime.txt");
});

test.each([
  ["heroku", "error"],
  ["scalingo", "error"],
  ["dokku", "error"],
  // heroku-buildpack-python v322 still builds 3.9.
  ["digitalocean", "warning"],
  ["koyeb", "warning"],
])("Python 3.9 on %s: %s", async (platform, severity) => {
  expect((await ask(eol, platform, { ...base, ".python-version": "3.9\n" })).severity).toBe(severity);
});

test.each([
  ["heroku", ["error"]],
  ["heroku-fir", ["error"]],
  ["scalingo", ["error"]],
  ["dokku", ["error"]],
  ["digitalocean", []],
  ["clever-cloud", []],
  ["koyeb", ["warning"]],
])("two package managers on %s", async (platform, severities) => {
  const { findings, severity } = await ask(conflict, platform, { ...base, "poetry.lock": "package = []\n" });
  expect(findings.map(() => severity)).toEqual(severities);
});

test.each([
  ["heroku", "failed"],
  ["digitalocean", "failed"],
  // It does not look at a Pipfile.
  ["heroku-fir", "passed"],
  ["clever-cloud", "skipped"],
])("a Pipfile without its lock on %s: %s", async (platform, status) => {
  expect((await ask(conflict, platform, { ...base, Pipfile: "[packages]\n" })).status).toBe(status);
});

test("Fir does not know Pipenv", async () => {
  const lock = '{"default": {"django": {"version": "==5.2"}}}\n';
  const files = { Procfile: base.Procfile, Pipfile: "[packages]\n", "Pipfile.lock": lock };
  expect((await ask(manifestMissing, "heroku", files)).status).toBe("passed");
  expect(brief(await ask(manifestMissing, "heroku-fir", files))).toEqual([
    "error certain Pipfile.lock:1:1 Pipfile.lock is not read: Heroku (Fir) reads requirements.txt, poetry.lock or uv.lock in the root of the repository",
  ]);
});

test.each([
  ["heroku", "printf '3.13\\n' > .python-version", undefined],
  ["clever-cloud", "clever env set CC_PYTHON_VERSION 3.13", ["$CC_PYTHON_VERSION is unset"]],
])("how a version is declared on %s", async (platform, fix, when) => {
  const { findings } = await ask(unspecified, platform, base);
  expect(findings[0]?.fix).toBe(fix);
  expect(findings[0]?.when?.length ? findings[0].when : undefined).toEqual(when);
});

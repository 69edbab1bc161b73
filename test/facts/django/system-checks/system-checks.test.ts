import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import process from "node:process";
import { describe, expect, test } from "vitest";
import { complete } from "../../../../src/facts/django/scenarios.ts";
import type { SettingsView } from "../../../../src/facts/django/settings.ts";
import {
  allSystemChecks,
  type SystemCheckAnswers,
  systemChecks,
} from "../../../../src/facts/django/system-checks/index.ts";
import { checkout } from "../../../../src/facts/django/system-checks/surroundings.ts";
import { viewOf } from "../../../../src/facts/django/view.ts";
import { memoryFiles } from "../../../../src/files/memory.ts";
import { createInterpreter } from "../../../../src/python/interpreter.ts";
import { models } from "../../../../src/python/models/index.ts";
import type { EnvValue } from "../../../../src/python/scenario.ts";
import { newerDjangos } from "../../../support/newer-django.ts";
import { hasPython, python } from "../../../support/python.ts";
import { notAnswered } from "../../../support/system-checks.ts";

// Django's own system checks by us, against what every supported Django said of the same settings.

const root = join(import.meta.dirname, "../../../..");
const folder = join(root, "fixtures/python/system-checks");

interface Case {
  readonly name: string;
  readonly code: string;
  readonly env: Readonly<Record<string, string>>;
  /** What cannot be told from the files alone. */
  readonly unknown: readonly string[];
}

type Answer =
  | {
      readonly checks: readonly string[];
      readonly silenced: readonly string[];
      readonly crashes: readonly string[];
    }
  | { readonly error: string; readonly message: string };

const cases = readCases(readFileSync(join(folder, "cases.py"), "utf8"));
const versions = readdirSync(join(folder, "answers"))
  .map((file) => basename(file, ".json"))
  .sort();

function readCases(text: string): readonly Case[] {
  const [, ...parts] = text.split(/^# === (.*)\n/m);
  const sections = parts.flatMap((name, at) => (at % 2 === 0 ? [{ name, code: parts[at + 1] ?? "" }] : []));
  const base = sections[0]?.code ?? "";
  return sections.slice(1).map(({ name, code }) => ({
    name,
    code: name.endsWith("(bare)") ? code : base + code,
    env: Object.fromEntries(
      [...code.matchAll(/^# env: (\w+)=(.*)$/gm)].map(([, key = "", value = ""]) => [key, value]),
    ),
    unknown: /^# unknown: (.*)$/m.exec(code)?.[1]?.split(" ") ?? [],
  }));
}

const views = "def failure(request, reason=''):\n    pass\n\n\ndef wrong(request):\n    pass\n";

function viewIn({ code, env }: Pick<Case, "code" | "env">, version: string | undefined) {
  const files = memoryFiles({ "settings.py": code, "views.py": views, "static/.keep": "" });
  const world = {
    path: [""],
    installed: () => undefined,
    djangoVersion: version,
    pythonVersion: "3.11",
  };
  const interpreter = createInterpreter(files, world, models);
  const given = Object.entries({ DJANGO_SETTINGS_MODULE: "settings", ...env });
  const scenario = {
    env: new Map(given.map(([name, text]): [string, EnvValue] => [name, { kind: "text", text }])),
    held: new Map(),
    branches: new Map(),
  };
  const view = viewOf(interpreter, complete(interpreter, "settings", scenario, true), version);
  return { view, surroundings: checkout(files, [""]) };
}

const asked = new Map<string, { view: SettingsView; ours: SystemCheckAnswers }>();

/** Our answers to a case; each is asked once. */
function answersTo(each: Case, version: string) {
  const key = `${version} ${each.name}`;
  const known = asked.get(key);
  if (known) return known;
  const { view, surroundings } = viewIn(each, version);
  const found = { view, ours: systemChecks(view, version, surroundings) };
  asked.set(key, found);
  return found;
}

function ask(code: string, version?: string) {
  const { view, surroundings } = viewIn({ code, env: {} }, version);
  return systemChecks(view, version, surroundings);
}

/** Ids of the table that a version has. */
function idsIn(version: string): readonly string[] {
  const order = (text: string) => text.split(".").reduce((sum, part) => sum * 100 + Number(part), 0);
  return allSystemChecks
    .filter(
      ({ since, until }) =>
        order(since ?? "0.0") <= order(version) && order(version) < order(until ?? "99.0"),
    )
    .map(({ id }) => id);
}

describe.each(versions)("Django %s", (version) => {
  const { answers }: { readonly answers: Readonly<Record<string, Answer>> } = JSON.parse(
    readFileSync(join(folder, `answers/${version}.json`), "utf8"),
  );

  test("was asked of every case", () => {
    expect(Object.keys(answers)).toEqual(cases.map(({ name }) => name));
  });

  test.each(cases.map((each) => [each.name, each] as const))("%s", (name, each) => {
    const said = answers[name];
    const { view, ours } = answersTo(each, version);
    expect(view.outcome.kind).toBe("completed");
    if (!said || "error" in said) {
      expect({ error: view.refused?.error, message: view.refused?.message }).toEqual(said);
      return;
    }
    expect(view.refused).toBeUndefined();
    const known = (id: string) => !ours.unknown.includes(id) && !notAnswered.test(id);
    expect(ours.unknown).toEqual(each.unknown.filter((id) => idsIn(version).includes(id)).sort());
    expect(ours.checks).toEqual(said.checks.filter(known));
    expect(ours.silenced).toEqual(said.silenced.filter(known));
    expect([...ours.reasons.keys()].sort()).toEqual(ours.unknown);
  });
});

test("every check fires in some case of some version, or is unknown in one", () => {
  const seen = new Set(
    versions.flatMap((version) =>
      cases.flatMap((each) => {
        const { checks, unknown } = answersTo(each, version).ours;
        return [...checks, ...unknown];
      }),
    ),
  );
  expect(allSystemChecks.map(({ id }) => id).filter((id) => !seen.has(id))).toEqual([]);
});

describe("what is not known", () => {
  const safe =
    'SECRET_KEY = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"\nALLOWED_HOSTS = ["a"]\nimport lib\n';
  const security = 'MIDDLEWARE = ["django.middleware.security.SecurityMiddleware", *lib.more]\n';

  test("is unknown, with the reason", () => {
    const { checks, unknown, reasons } = ask(`${safe}DEBUG = lib.debug\n`, "5.2");
    expect(checks).not.toContain("security.W018");
    expect(unknown).toEqual(["security.W018"]);
    expect(reasons.get("security.W018")).toMatch(/^DEBUG cannot be read statically: it .*lib/);
  });

  test("does not matter where the rest decides", () => {
    const { checks, unknown } = ask(
      `${safe}SECURE_HSTS_SECONDS = lib.seconds\nSECURE_SSL_REDIRECT = lib.redirect\n`,
      "5.2",
    );
    // Without the middleware neither counts.
    expect(unknown).toEqual([]);
    expect(checks).toEqual(["security.W001", "security.W002", "security.W003"]);
  });

  test("may be in a list beside what is known", () => {
    const { checks, unknown } = ask(`${safe}${security}`, "5.2");
    expect(checks).toEqual(["security.W004", "security.W008"]);
    expect(unknown).toEqual(["security.W002", "security.W003", "security.W011", "security.W016"]);
  });

  test("a key that begins as Django's own ones do is weak, whatever follows", () => {
    const code = 'import lib\nSECRET_KEY = f"django-insecure-{lib.rest}"\n';
    expect(ask(code, "5.2").checks).toContain("security.W009");
  });

  test("what a test decides that cannot be known is unknown, not taken one way", () => {
    const { checks, unknown, reasons } = ask(
      `${safe}DEBUG = False\nif lib.test():\n    DEBUG = True\n`,
      "5.2",
    );
    expect(checks).not.toContain("security.W018");
    expect(unknown).toEqual(["security.W018"]);
    expect(reasons.get("security.W018")).toContain("lib.test()");
  });

  test("what may be silenced is unknown", () => {
    const { checks, unknown, silenced } = ask(
      `${safe}DEBUG = True\nSILENCED_SYSTEM_CHECKS = ["security.W001", lib.other]\n`,
      "5.2",
    );
    expect(checks).toEqual([]);
    expect(silenced).toEqual(["security.W001"]);
    expect(unknown).toEqual(["security.W002", "security.W003", "security.W018"]);
  });

  test("without a version the newest is meant", () => {
    expect(ask("MAILERS = {}\n").checks).toContain("mail.W001");
    expect(ask("MAILERS = {}\n", "6.0.4").checks).not.toContain("mail.W001");
  });
});

describe("settings that stand for others", () => {
  const manifest = '"django.contrib.staticfiles.storage.ManifestStaticFilesStorage"';
  const backend = (view: SettingsView) =>
    JSON.stringify(view.get("STORAGES").value, (_, value) =>
      value instanceof Map ? [...value.values()] : typeof value === "bigint" ? String(value) : value,
    );

  test("STATICFILES_STORAGE is in STORAGES from 4.2 until 5.1", () => {
    const storages = (version: string) =>
      backend(viewIn({ code: `STATICFILES_STORAGE = ${manifest}\n`, env: {} }, version).view);
    expect(storages("4.2")).toContain("ManifestStaticFilesStorage");
    expect(storages("5.0")).toContain("ManifestStaticFilesStorage");
    expect(storages("5.1")).not.toContain("ManifestStaticFilesStorage");
  });

  test("STORAGES is in STATICFILES_STORAGE, and what it lacks is None", () => {
    const { view } = viewIn(
      { code: `STORAGES = {"staticfiles": {"BACKEND": ${manifest}}}\n`, env: {} },
      "4.2",
    );
    expect(view.get("STATICFILES_STORAGE").value).toMatchObject({
      kind: "str",
      value: expect.stringContaining("Manifest"),
    });
    expect(view.get("DEFAULT_FILE_STORAGE")).toMatchObject({ explicit: false, value: { kind: "none" } });
  });
});

// Django 5.2 is in .cache/venv; 4.2 is put beside it where Python is required, by the test itself.
const older = join(root, ".cache/django-4.2");
const required = process.env.DEPLOY_CHECK_REQUIRE_PYTHON === "1";
const record = join(root, "scripts/record-system-checks.py");

test.skipIf(!hasPython("django") || process.platform === "win32")(
  "the answers of Django 5.2 are what it says (needs .cache/venv)",
  { timeout: 120_000 },
  () => {
    expect(execFileSync(python, [record, "--check"], { encoding: "utf8" })).toContain("Django 5.2");
  },
);

test.skipIf(!required && !existsSync(older))(
  "the answers of Django 4.2 are what it says (needs .cache/django-4.2, which .ci/run makes)",
  { timeout: 300_000 },
  () => {
    if (!existsSync(older)) {
      execFileSync(python, ["-m", "pip", "install", "--quiet", "--target", older, "Django==4.2.30"], {
        stdio: "pipe",
      });
    }
    const env = { ...process.env, PYTHONPATH: older };
    expect(execFileSync(python, [record, "--check"], { encoding: "utf8", env })).toContain("Django 4.2");
  },
);

test.skipIf(newerDjangos.size === 0).each([...newerDjangos])(
  "the answers of Django %s are what it says (needs .cache/django-6.1, which .ci/run makes of a Python 3.12 or later)",
  { timeout: 120_000 },
  (version, run) => {
    expect(run(record, "--check")).toContain(`Django ${version}`);
  },
);

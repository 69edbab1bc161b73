import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { checks } from "../../src/checks/index.ts";
import { runAllOn } from "../support/run-on.ts";

// In an environment that is given in full, and without a platform, the checks name the ids that Django's own
// `manage.py check --deploy` names for the same settings (fixtures/python/system-checks).

const folder = join(import.meta.dirname, "../../fixtures/python/system-checks");
const version = "5.2";

interface Recorded {
  readonly checks?: readonly string[];
  readonly crashes?: readonly string[];
}

const { answers }: { readonly answers: Readonly<Record<string, Recorded>> } = JSON.parse(
  readFileSync(join(folder, `answers/${version}.json`), "utf8"),
);

/** Checks that say more than Django under its id, or cannot see a folder outside of the project. */
const sayMore =
  /^(?:secret-key-|debug-fail-open|env-bool-truthy-string|csrf-origin-|csp-nonce-|staticfiles-dir-missing$)/;
const asking = checks.filter(({ id, django = [] }) => django.length > 0 && !sayMore.test(id));

const [, ...parts] = readFileSync(join(folder, "cases.py"), "utf8").split(/^# === (.*)\n/m);
const sections = parts.flatMap((name, at) => (at % 2 === 0 ? [{ name, code: parts[at + 1] ?? "" }] : []));
const [base, ...cases] = sections;

describe("names the ids that Django names", () => {
  test.each(cases.map(({ name, code }) => [name, code] as const))("%s", async (name, code) => {
    const said = answers[name];
    if (!said?.checks || (said.crashes ?? []).length > 0) return;
    const env = Object.fromEntries(
      [...code.matchAll(/^# env: (\w+)=(.*)$/gm)].map(([, key = "", value = ""]) => [key, value]),
    );
    const files = {
      "settings.py": name.endsWith("(bare)") ? code : (base?.code ?? "") + code,
      "views.py": "def failure(request, reason=''):\n    pass\n\n\ndef wrong(request):\n    pass\n",
      "static/.keep": "",
      "requirements.txt": `django==${version}\n`,
    };
    const results = await runAllOn(asking, files, { settings: "settings", env });
    const known = results.filter(({ status }) => status !== "unknown" && status !== "ignored");
    const ours = known.filter(({ status }) => status === "failed").map(({ check }) => check.id);
    const django = known
      .filter(({ check }) => check.django?.some((id) => said.checks?.includes(id)))
      .map(({ check }) => check.id);
    expect(ours.sort()).toEqual(django.sort());
  });
});

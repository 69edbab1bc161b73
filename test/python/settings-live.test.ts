import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { projectRoot } from "../../src/python/machine.ts";
import { newerDjangos } from "../support/newer-django.ts";
import { type Answer, comparable, interpret, parseFixture } from "./settings-fixture.ts";

// The settings modules once more, run by a newer Django and Python than those of the recorded answers.

const folder = new URL("../../fixtures/python/settings/", import.meta.url);
const script = fileURLToPath(new URL("../../scripts/record-settings-answers.py", import.meta.url));

interface Said {
  readonly django: string;
  readonly python: string;
  readonly answers: Readonly<Record<string, readonly Answer[]>>;
}

test.skipIf(newerDjangos.size === 0)(
  "what Django 6.1 says of the settings modules (needs .cache/django-6.1, which .ci/run makes of a Python 3.12 or later)",
  { timeout: 240_000 },
  () => {
    const said = newerDjangos.get("6.1")?.(script, "--print") ?? "{}";
    const { django, python, answers }: Said = JSON.parse(said.replaceAll("$ROOT", projectRoot));
    const [found, expected]: [Record<string, unknown>, Record<string, unknown>] = [{}, {}];
    for (const [name, real] of Object.entries(answers)) {
      const fixture = parseFixture(readFileSync(new URL(`${name}.py`, folder), "utf8"));
      for (const [index, environment] of fixture.environments.entries()) {
        const names = new Set(Object.keys(real[index]?.names ?? {}));
        const key = `${name} ${JSON.stringify(environment)}`;
        found[key] = interpret(fixture, environment, { django, python }, (one) => names.has(one)).answer;
        expected[key] = comparable(real[index], fixture, environment);
      }
    }
    expect(Object.keys(answers).length).toBeGreaterThanOrEqual(60);
    expect(found).toEqual(expected);
  },
);

import { defaultNames } from "../../src/facts/django/defaults.ts";
import type { SettingsView } from "../../src/facts/django/settings.ts";
import { systemChecks } from "../../src/facts/django/system-checks/index.ts";
import { checkout, type Surroundings } from "../../src/facts/django/system-checks/surroundings.ts";
import { viewOf } from "../../src/facts/django/view.ts";
import { memoryFiles } from "../../src/files/memory.ts";
import { pathOfName } from "../../src/python/home.ts";
import { textOf } from "../../src/python/inspect.ts";
import { unwrap } from "../../src/python/internal.ts";
import { createInterpreter } from "../../src/python/interpreter.ts";
import { decimalOf } from "../../src/python/models/decimal.ts";
import { decimalText } from "../../src/python/models/decimal-number.ts";
import { models } from "../../src/python/models/index.ts";
import { patternOf } from "../../src/python/models/re.ts";
import type { EnvValue } from "../../src/python/scenario.ts";
import type { Value } from "../../src/python/value.ts";
import { notAnswered } from "../support/system-checks.ts";
import { encode } from "./models/evaluation.ts";

/** A small project in one file: scripts/record-settings-answers.py describes the format. */
export interface Fixture {
  readonly files: Readonly<Record<string, string>>;
  readonly module: string;
  /** Names that differ from machine to machine: these must be opaque. */
  readonly opaque: readonly string[];
  /** System checks that they decide. */
  readonly unknown: readonly string[];
  readonly environments: readonly Readonly<Record<string, string>>[];
}

export function parseFixture(text: string): Fixture {
  const [head = "", ...parts] = text.split(/^# ── /m);
  const files = parts.map((part) => {
    const end = part.indexOf("\n");
    return [part.slice(0, end).trim(), part.slice(end + 1)] as const;
  });
  const environments: Record<string, string>[] = [{}];
  const opaque: string[] = [];
  const unknown: string[] = [];
  let module = "settings";
  for (const [, key, rest = ""] of head.matchAll(/^# (module|opaque|unknown|env|env also): ?(.*)$/gm)) {
    if (key === "module") module = rest;
    else if (key === "opaque") opaque.push(...rest.split(" "));
    else if (key === "unknown") unknown.push(...rest.split(" "));
    else {
      if (key === "env also") environments.push({});
      const sign = rest.indexOf("=");
      const current = environments.at(-1);
      if (sign > 0 && current) current[rest.slice(0, sign)] = rest.slice(sign + 1).replaceAll("\\n", "\n");
    }
  }
  return { files: Object.fromEntries(files), module, opaque, unknown, environments };
}

/** What a name holds, as the recorded answers have it. */
function encodeName(value: Value): unknown {
  if ("open" in value && value.open && value.kind !== "class" && value.kind !== "module")
    return { $opaque: value.open.because };
  switch (value.kind) {
    case "list":
      return value.items.map(encodeName);
    case "tuple":
      return { $tuple: value.items.map(encodeName) };
    case "set": {
      const items = [...value.items.values()].map(encodeName);
      return {
        $set: items
          .map((item) => JSON.stringify(item))
          .sort()
          .map((text) => JSON.parse(text)),
      };
    }
    case "dict":
      return {
        $dict: [...value.entries.values()]
          .filter((entry) => textOf(entry.key) !== "__builtins__")
          .map((entry) => [encodeName(entry.key), encodeName(entry.value)]),
      };
    case "class":
    case "function":
    case "builtin":
      return { $object: pathOfName(value) };
    case "instance": {
      const inner = unwrap(value);
      const member = value.class.mro.some(({ module, name }) => module === "enum" && name === "Enum");
      if (member && value.attributes.has("name"))
        return { $enum: `${value.class.name}.${textOf(value.attributes.get("name"))}` };
      if (inner !== value) return encodeName(inner);
      const decimal = decimalOf(value);
      if (decimal !== undefined) return { $number: decimalText(decimal) };
      const pattern = patternOf(value)?.text;
      if (pattern !== undefined) return { $regex: pattern };
      return encode(value);
    }
    default:
      return encode(value);
  }
}

/** Whether a name is one that the reference has, too: names of libraries are left out. */
function isOwn(name: string, value: Value): boolean {
  return name === name.toUpperCase() && !["module", "class", "function", "builtin"].includes(value.kind);
}

/** What the answers are compared under: the versions that gave them. */
export interface Versions {
  readonly django: string;
  readonly python: string;
}

/** Runs a fixture's settings module, and gives what `answers/` records of it. */
export function interpret(
  { files, module, opaque, unknown }: Fixture,
  environment: Readonly<Record<string, string>>,
  versions: Versions,
  isRecorded: (name: string) => boolean,
) {
  const installed = (name: string) => (/^(nothing|no_such)/.test(name) ? false : undefined);
  const world = { path: [""], installed, djangoVersion: versions.django, pythonVersion: versions.python };
  const env = Object.entries({ DJANGO_SETTINGS_MODULE: module, ...environment }).map(
    ([name, text]): [string, EnvValue] => [name, { kind: "text", text }],
  );
  const project = memoryFiles(files);
  const interpreter = createInterpreter(project, world, models);
  const scenario = { env: new Map(env), held: new Map(), branches: new Map() };
  const run = interpreter.run(module, scenario);
  if (run.outcome.kind === "raised") {
    const { error, message, at } = run.outcome;
    const place = at ? `${at.file}:${at.line}` : null;
    return { answer: plainFailure({ error: [error, message], at: place }, environment), known: [] };
  }
  if (run.outcome.kind === "stopped") return { answer: run.outcome, known: [] };
  const names = [...run.names]
    .filter(([name, { value }]) => isRecorded(name) || opaque.includes(name) || isOwn(name, value))
    .map(([name, { value }]) => [name, encodeName(value)] as const)
    .filter(([name, encoded]) => isRecorded(name) || !/^\{"\$object"/.test(JSON.stringify(encoded)));
  const view = viewOf(interpreter, { run, scenario, required: [] }, versions.django);
  // A configuration class holds Django's defaults, too, which are then in the module.
  if ("DJANGO_CONFIGURATION" in environment)
    // The library leaves this one to Django.
    for (const name of defaultNames(versions.django))
      if (!run.names.has(name) && name !== "DEFAULT_AUTO_FIELD")
        names.push([name, encodeName(view.get(name).value)]);
  names.sort(([one], [other]) => (one < other ? -1 : 1));
  return {
    answer: {
      names: Object.fromEntries(names.filter(([name]) => !opaque.includes(name))),
      ...(run.open ? { open: run.open.because } : {}),
      ...judged(view, versions.django, checkout(project, [""]), unknown),
    },
    /** Of the names that nobody can know, those that are known all the same. */
    known: names.filter(
      ([name, value]) => opaque.includes(name) && !JSON.stringify(value).includes("$opaque"),
    ),
  };
}

/** What Django says of the settings once they are imported: that it refuses them, or its system checks. */
function judged(view: SettingsView, version: string, surroundings: Surroundings, unknown: readonly string[]) {
  if (view.refused) return { refused: [view.refused.error, view.refused.message] };
  const ours = systemChecks(view, version, surroundings);
  const surprises = ours.unknown.filter((id) => !unknown.includes(id));
  return {
    checks: ours.checks,
    silenced: ours.silenced,
    ...(surprises.length > 0 ? { unknown: surprises.map((id) => [id, ours.reasons.get(id)]) } : {}),
  };
}

/**
 * A failure without what we word or place better on purpose: what is wrong with the syntax, and the value of a
 * configuration class that the library stumbles over in its own code.
 */
function plainFailure({ error, at }: Failure, environment: Readonly<Record<string, string>>): Failure {
  return {
    error: error[0] === "SyntaxError" ? ["SyntaxError"] : error,
    at: "DJANGO_CONFIGURATION" in environment ? null : at,
  };
}

/** What was recorded, without the checks that are not to be told here. */
export function comparable(
  answer: Answer | undefined,
  { unknown }: Fixture,
  environment: Readonly<Record<string, string>>,
): Answer | undefined {
  if (answer?.error) return plainFailure({ error: answer.error, at: answer.at ?? null }, environment);
  if (!answer?.checks) return answer;
  const told = (id: string) => !unknown.includes(id) && !notAnswered.test(id);
  return { ...answer, checks: answer.checks.filter(told), silenced: answer.silenced?.filter(told) ?? [] };
}

/** How an import failed: the exception's type and message, and the line of the project. */
interface Failure {
  readonly error: readonly string[];
  readonly at: string | null;
}

/** What was recorded of one environment. */
export interface Answer extends Partial<Failure> {
  readonly names?: object;
  readonly checks?: readonly string[];
  readonly silenced?: readonly string[];
}

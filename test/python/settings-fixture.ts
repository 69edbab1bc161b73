import { memoryFiles } from "../../src/files/memory.ts";
import { pathOfName } from "../../src/python/home.ts";
import { textOf } from "../../src/python/inspect.ts";
import { unwrap } from "../../src/python/internal.ts";
import { createInterpreter } from "../../src/python/interpreter.ts";
import { models } from "../../src/python/models/index.ts";
import { patternOf } from "../../src/python/models/re.ts";
import type { EnvValue } from "../../src/python/scenario.ts";
import type { Value } from "../../src/python/value.ts";
import { encode } from "./models/evaluation.ts";

/** A small project in one file: scripts/record-settings-answers.py describes the format. */
export interface Fixture {
  readonly files: Readonly<Record<string, string>>;
  readonly module: string;
  /** Names that differ from machine to machine: these must be opaque. */
  readonly opaque: readonly string[];
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
  let module = "settings";
  for (const [, key, rest = ""] of head.matchAll(/^# (module|opaque|env|env also): ?(.*)$/gm)) {
    if (key === "module") module = rest;
    else if (key === "opaque") opaque.push(...rest.split(" "));
    else {
      if (key === "env also") environments.push({});
      const sign = rest.indexOf("=");
      const current = environments.at(-1);
      if (sign > 0 && current) current[rest.slice(0, sign)] = rest.slice(sign + 1).replaceAll("\\n", "\n");
    }
  }
  return { files: Object.fromEntries(files), module, opaque, environments };
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

/** Runs a fixture's settings module, and gives what `answers/` records of it. */
export function interpret(
  { files, module, opaque }: Fixture,
  environment: Readonly<Record<string, string>>,
  isRecorded: (name: string) => boolean,
) {
  const installed = (name: string) => (/^(nothing|no_such)/.test(name) ? false : undefined);
  const world = { path: [""], installed, djangoVersion: "5.2.19", pythonVersion: "3.11" };
  const env = Object.entries({ DJANGO_SETTINGS_MODULE: module, ...environment }).map(
    ([name, text]): [string, EnvValue] => [name, { kind: "text", text }],
  );
  const run = createInterpreter(memoryFiles(files), world, models).run(module, {
    env: new Map(env),
    held: new Map(),
    branches: new Map(),
  });
  if (run.outcome.kind === "raised")
    return { answer: { error: [run.outcome.error, run.outcome.message] }, known: [] };
  if (run.outcome.kind === "stopped") return { answer: run.outcome, known: [] };
  const names = [...run.names]
    .filter(([name, { value }]) => isRecorded(name) || opaque.includes(name) || isOwn(name, value))
    .map(([name, { value }]) => [name, encodeName(value)] as const)
    .filter(([name, encoded]) => isRecorded(name) || !/^\{"\$object"/.test(JSON.stringify(encoded)))
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return {
    answer: {
      names: Object.fromEntries(names.filter(([name]) => !opaque.includes(name))),
      ...(run.open ? { open: run.open.because } : {}),
    },
    /** Of the names that nobody can know, those that are known all the same. */
    known: names.filter(
      ([name, value]) => opaque.includes(name) && !JSON.stringify(value).includes("$opaque"),
    ),
  };
}

import { memoryFiles } from "../../../src/files/memory.ts";
import { unwrap } from "../../../src/python/internal.ts";
import { createInterpreter } from "../../../src/python/interpreter.ts";
import { secondsOf } from "../../../src/python/models/datetime.ts";
import { models } from "../../../src/python/models/index.ts";
import { urlOf } from "../../../src/python/models/parse-result.ts";
import { pathOf } from "../../../src/python/models/pathlib.ts";
import { unparseUrl } from "../../../src/python/models/urls.ts";
import { floatRepr } from "../../../src/python/numbers.ts";
import type { EnvValue, Run, World } from "../../../src/python/scenario.ts";
import type { Value } from "../../../src/python/value.ts";

/** What a value is, as `scripts/record-model-answers.py` writes it down. */
export type Encoded = unknown;

export function encode(value: Value): Encoded {
  switch (value.kind) {
    case "none":
      return null;
    case "bool":
    case "str":
      return value.value;
    case "int":
      return Number.isSafeInteger(Number(value.value)) ? Number(value.value) : { $int: String(value.value) };
    case "float":
      return { $float: floatRepr(value.value) };
    case "bytes":
      return { $bytes: String.fromCharCode(...value.value) };
    case "list":
      return value.items.map(encode);
    case "tuple":
      return { $tuple: value.items.map(encode) };
    case "set":
      return { $set: [...value.items.values()].map(encode).sort() };
    case "dict":
      return { $dict: [...value.entries.values()].map((entry) => [encode(entry.key), encode(entry.value)]) };
    case "opaque":
      return {
        $opaque: value.because,
        cause: value.cause,
        ...(value.type !== undefined && { type: value.type }),
      };
    case "instance":
      return encodeObject(value);
    default:
      return { $object: value.kind };
  }
}

function encodeObject(value: Value & { readonly kind: "instance" }): Encoded {
  const inner = unwrap(value);
  if (inner.kind === "dict" || inner.kind === "list") return encode(inner);
  const path = pathOf(value) ?? environPath(value);
  if (path !== undefined) return { $path: path };
  const url = urlOf(value);
  if (url) return { $url: unparseUrl(url) };
  const seconds = secondsOf(value);
  if (seconds !== undefined) return { $timedelta: String(Math.round(seconds * 1e6)) };
  return { $object: value.class.name };
}

function environPath(value: Value & { readonly kind: "instance" }): string | undefined {
  const root = value.class.mro.some((one) => one.module.startsWith("environ"))
    ? value.attributes.get("root")
    : undefined;
  return root?.kind === "str" ? root.value : undefined;
}

export const world: World = {
  path: [""],
  installed: (name) => (name.startsWith("nope") ? false : undefined),
  djangoVersion: "5.2.17",
  pythonVersion: "3.11",
};

export interface Setting {
  readonly files?: Readonly<Record<string, string>>;
  /** A text, or null for "set to something". */
  readonly env?: Readonly<Record<string, string | null>>;
  readonly world?: Partial<World>;
}

/** Runs a settings module at `shop/settings.py`. */
export function evaluate(code: string, setting: Setting = {}): Run {
  const files = memoryFiles({ ...setting.files, "shop/settings.py": code });
  const interpreter = createInterpreter(files, { ...world, ...setting.world }, models);
  const env = Object.entries(setting.env ?? {}).map(([name, text]): [string, EnvValue] => [
    name,
    text === null ? { kind: "something" } : { kind: "text", text },
  ]);
  return interpreter.run("shop.settings", { env: new Map(env), held: new Map(), branches: new Map() });
}

/** What RESULT is after the module ran, or how it ended. */
export function result(run: Run): Encoded {
  if (run.outcome.kind === "raised") return { $raises: run.outcome.error, message: run.outcome.message };
  if (run.outcome.kind === "stopped") return { $stopped: run.outcome.because };
  const value = run.names.get("RESULT")?.value;
  return value ? encode(value) : { $missing: "RESULT" };
}

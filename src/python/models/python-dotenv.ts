import type { Location } from "../../location.ts";
import type { Machine, Model } from "../machine.ts";
import type { Opaque, Value } from "../value.ts";
import { define, model } from "./define.ts";
import { interpolations, parseDotenv } from "./dotenv-format.ts";
import { bool, none, str, textOf, truthOr } from "./make.ts";
import { abspath, dirname, join } from "./posix-path.ts";
import { callerFolder, isThere, pathText, readText, workingFolder } from "./project-paths.ts";

/** The nearest file of this name in a folder or above it, within the project. */
export function findUpwards(machine: Machine, folder: string, name: string): string | undefined {
  for (let here = abspath(folder, workingFolder(machine)); ; here = dirname(here)) {
    const path = join(here, name);
    const there = isThere(machine, path, "file");
    if (there) return path;
    // Above the project is the platform's own ground, where nobody puts a .env.
    if (there === undefined || here === dirname(here)) return undefined;
  }
}

export interface DotenvOptions {
  readonly interpolate: boolean;
  /** In interpolation: the file's own values are stronger than the environment's. */
  readonly override: boolean;
}

/** The names and values of `.env` text; a value is None for a key that stands alone. */
export function dotenvValues(
  machine: Machine,
  text: string,
  options: DotenvOptions,
  at: Location | undefined,
): ReadonlyMap<string, Value> {
  const values = new Map<string, Value>();
  for (const { key, value } of parseDotenv(text)) {
    if (value === undefined) values.set(key, none(at));
    else
      values.set(
        key,
        options.interpolate ? interpolated(machine, value, values, options, at) : str(value, at),
      );
  }
  return values;
}

function interpolated(
  machine: Machine,
  value: string,
  before: ReadonlyMap<string, Value>,
  { override }: DotenvOptions,
  at: Location | undefined,
): Value {
  const env = new Set<string>();
  let unseen: Opaque | undefined;
  const texts = interpolations(value).map((part) => {
    if (typeof part === "string") return part;
    const own = before.get(part.name);
    const outer =
      override && own ? undefined : machine.environment.get(part.name, at, str(part.fallback, at));
    const found = outer ?? own;
    if (!own || outer) env.add(part.name);
    if (found?.kind === "opaque") unseen = found;
    return found ? (textOf(found) ?? "") : part.fallback;
  });
  if (unseen) return machine.opaque(unseen.because, at, [unseen], { type: "str", cause: unseen.cause });
  return str(texts.join(""), at, [...env].sort());
}

/** Where the arguments say the file is; undefined if there is none. */
function source(
  machine: Machine,
  given: { readonly dotenv_path?: Value; readonly stream?: Value },
  at: Location | undefined,
): { readonly text: string } | Opaque | undefined {
  const { dotenv_path: path, stream } = given;
  const isGiven = (value: Value | undefined): value is Value => value !== undefined && value.kind !== "none";
  if (!isGiven(path) && isGiven(stream)) {
    const text = machine.call(machine.attribute(stream, "read", at), [], undefined, at);
    return text.kind === "str" ? { text: text.value } : text.kind === "opaque" ? text : undefined;
  }
  const file = isGiven(path)
    ? pathText(machine, path, at)
    : findUpwards(machine, callerFolder(machine), ".env");
  if (typeof file !== "string") return file;
  if (file === "" || isThere(machine, file, "file") === false) return undefined;
  const read = readText(machine, file, at);
  return read === "absent" ? undefined : read;
}

const loading = ["dotenv_path", "stream", "verbose", "override", "interpolate", "encoding"] as const;

const loadDotenv = define(
  "load_dotenv",
  { optional: loading },
  ({ machine, at, given }) => {
    const found = source(machine, given, at);
    if (!found) return bool(false, at);
    // A file outside the project: whatever it sets, it is the machine's environment, which the scenario stands for.
    if ("kind" in found)
      return machine.opaque(found.because, at, [found], { type: "bool", cause: found.cause });
    const override = truthOr(machine, given.override, false);
    const values = dotenvValues(
      machine,
      found.text,
      { override, interpolate: truthOr(machine, given.interpolate, true) },
      at,
    );
    for (const [name, value] of values) {
      if (value.kind === "none" || (machine.environment.has(name) && !override)) continue;
      machine.environment.set(name, value);
    }
    return bool(values.size > 0, at);
  },
  { takesOpaque: true },
);

const values = define(
  "dotenv_values",
  { optional: ["dotenv_path", "stream", "verbose", "interpolate", "encoding"] },
  ({ machine, at, given }) => {
    const found = source(machine, given, at);
    if (found && "kind" in found)
      return machine.opaque(found.because, at, [found], { type: "dict", cause: found.cause });
    const interpolate = truthOr(machine, given.interpolate, true);
    const read = dotenvValues(machine, found?.text ?? "", { override: true, interpolate }, at);
    return machine.dict(
      [...read].map(([name, value]) => [str(name, at), value] as const),
      at,
    );
  },
  { takesOpaque: true },
);

const findDotenv = define(
  "find_dotenv",
  { optional: ["filename", "raise_error_if_not_found", "usecwd"] },
  ({ machine, at, given }) => {
    const name = given.filename ? (textOf(given.filename) ?? ".env") : ".env";
    const start = truthOr(machine, given.usecwd, false) ? workingFolder(machine) : callerFolder(machine);
    const found = findUpwards(machine, start, name);
    if (found === undefined && truthOr(machine, given.raise_error_if_not_found, false))
      return machine.raise("OSError", "File not found", at);
    return str(found ?? "", at);
  },
);

const getKey = define(
  "get_key",
  { required: ["dotenv_path", "key_to_get"], optional: ["encoding"] },
  ({ machine, at, given }) => {
    const found = source(machine, given, at);
    if (found && "kind" in found) return found;
    const read = dotenvValues(machine, found?.text ?? "", { override: true, interpolate: true }, at);
    return read.get(textOf(given.key_to_get) ?? "") ?? none(at);
  },
);

const noEffect = (name: string) =>
  define(name, { rest: true, others: true }, ({ at }) => none(at), { takesOpaque: true });

export const pythonDotenvModels: readonly Model[] = ["dotenv", "dotenv.main"].map((module) =>
  model(module, () =>
    [loadDotenv, values, findDotenv, getKey, noEffect("set_key"), noEffect("unset_key")].map(
      (one) => [one.name, one] as const,
    ),
  ),
);

import type { Location } from "../../location.ts";
import type { Machine, Model } from "../machine.ts";
import type { Class, Opaque, Value } from "../value.ts";
import { byName, creator, define, exceptionClass, instance, method, model, nativeClass } from "./define.ts";
import { parseDecoupleFile } from "./dotenv-format.ts";
import { hasIniOption, iniValue, parseIni } from "./ini-format.ts";
import {
  bool,
  castOpaque,
  defaulted,
  isBuiltinClass,
  list,
  none,
  ofTheMachine,
  str,
  textOf,
} from "./make.ts";
import { abspath, basename, dirname, join } from "./posix-path.ts";
import { callerFolder, inProject, isThere, pathText, readText, workingFolder } from "./project-paths.ts";
import { shlexSplit } from "./shlex.ts";
import { offerTruth, strtobool, truthFrom, truthOfWord, unseenTruth } from "./truth-text.ts";

/** Where decouple looks after the environment: a file's options, or one that cannot be read. */
type Lookup = (option: string) => string | undefined;
class Repository {
  readonly lookup: Lookup | Opaque;
  constructor(lookup: Lookup | Opaque) {
    this.lookup = lookup;
  }
}
const empty = new Repository(() => undefined);

function readEnv(text: string): Lookup {
  const values = parseDecoupleFile(text);
  return (option) => values.get(option);
}

function readIni(text: string): Lookup {
  const sections = parseIni(text);
  if ("error" in sections) return () => undefined;
  return (option) =>
    hasIniOption(sections, "settings", option) ? iniValue(sections, "settings", option) : undefined;
}

function repositoryOf(
  machine: Machine,
  path: string,
  parse: (text: string) => Lookup,
  at: Location | undefined,
): Repository {
  const read = readText(machine, path, at);
  if (read === "absent")
    return machine.raise("FileNotFoundError", `[Errno 2] No such file or directory: '${path}'`, at);
  return new Repository("text" in read ? parse(read.text) : read);
}

/** `RepositoryEnv(source)` and its kin. */
function repositoryClass(
  machine: Machine,
  name: string,
  base: Class | undefined,
  make: (path: string, machine: Machine, at: Location | undefined) => Repository,
): Class {
  const create = creator({ optional: ["source", "encoding"] }, ({ machine: m, at, given }) => {
    const path = given.source ? pathText(m, given.source, at) : "";
    return { data: typeof path === "string" ? make(path, m, at) : new Repository(path) };
  });
  const contains = method("__contains__", { required: ["key"] }, (self, { machine: m, at, given }) => {
    const key = textOf(given.key) ?? "";
    if (m.environment.get(key, at, none(at))) return bool(true, at, [key]);
    const { lookup } = repositoryData(self);
    return typeof lookup === "function" ? bool(lookup(key) !== undefined, at, [key]) : lookup;
  });
  const getItem = method("__getitem__", { required: ["key"] }, (self, { machine: m, at, given }) => {
    const key = textOf(given.key) ?? "";
    const { lookup } = repositoryData(self);
    if (typeof lookup !== "function") return lookup;
    const text = lookup(key);
    return text === undefined ? m.raise("KeyError", key, at) : str(text, at);
  });
  return nativeClass(
    machine,
    `decouple.${name}`,
    [create, ...byName(contains, getItem)],
    base ? [base] : undefined,
  );
}

function repositoryData(self: Value | undefined): Repository {
  return self?.kind === "instance" && self.data instanceof Repository ? self.data : empty;
}

/** The nearest settings.ini or .env at a folder or above it. */
function findRepository(machine: Machine, folder: string, at: Location | undefined): Repository {
  for (
    let here = abspath(folder, workingFolder(machine));
    inProject(machine, here) !== undefined;
    here = dirname(here)
  ) {
    for (const [name, parse] of [
      ["settings.ini", readIni],
      [".env", readEnv],
    ] as const) {
      const path = join(here, name);
      if (isThere(machine, path, "file")) return repositoryOf(machine, path, parse, at);
    }
  }
  return empty;
}

interface Get {
  readonly option: Value;
  readonly default?: Value;
  readonly cast?: Value;
}

function get(
  machine: Machine,
  repository: Repository,
  { option, default: fallback, cast }: Get,
  undefinedError: Class,
  at: Location | undefined,
): Value {
  if (option.kind !== "str") return machine.opaque("reads a variable whose name is not known", at, [option]);
  const name = option.value;
  const { lookup } = repository;
  const inFile = typeof lookup === "function" ? lookup(name) : lookup;
  const otherwise = typeof inFile === "string" ? str(inFile, at) : (inFile ?? fallback);
  const fail = (): never =>
    machine.raise(undefinedError, `${name} not found. Declare it as envvar or define a default value.`, at, [
      name,
    ]);
  const value = otherwise
    ? (machine.environment.get(name, at, otherwise) ?? defaulted(machine, otherwise, name))
    : machine.environment.require(name, at, fail);
  return cast ? applyCast(machine, value, cast, at) : value;
}

function applyCast(machine: Machine, value: Value, cast: Value, at: Location | undefined): Value {
  if (!isBuiltinClass(cast, "bool")) return machine.call(cast, [value], undefined, at);
  if (value.kind === "opaque") return unseenTruth(machine, value, at);
  const text = machine.str(value);
  if (typeof text !== "string") return unseenTruth(machine, text, at);
  const truth = text === "" ? false : truthOfWord(text.toLowerCase(), strtobool);
  if (truth !== undefined) return truthFrom(machine, truth, value, at);
  offerTruth(machine, value);
  return machine.raise("ValueError", `Invalid truth value: ${text.toLowerCase()}`, at, value.env);
}

const whitespace = " \t\n\r\v\f";

function csvClass(machine: Machine): Class {
  const create = creator(
    { optional: ["cast", "delimiter", "strip", "post_process"] },
    ({ machine: m, at, given }) => ({
      attributes: [
        ["cast", given.cast ?? m.classNamed("str")],
        ["delimiter", given.delimiter ?? str(",", at)],
        ["strip", given.strip ?? str(whitespace, at)],
        ["post_process", given.post_process ?? m.classNamed("list")],
      ],
    }),
  );
  const call = method(
    "__call__",
    { required: ["value"] },
    (self, { machine: m, at, given: { value } }) => {
      const part = (name: string): Value => m.attribute(self, name, at);
      const finish = part("post_process");
      if (value.kind === "none") return m.call(finish, [], undefined, at);
      if (value.kind === "opaque")
        return castOpaque(m, value, finish.kind === "class" ? finish.name : "list", at, true);
      if (value.kind !== "str")
        return m.raise(
          "AttributeError",
          `'${m.classOf(value).name}' object has no attribute 'read'`,
          at,
          value.env,
        );
      const items = shlexSplit(value.value, textOf(part("delimiter")));
      if (!items) return m.raise("ValueError", "No closing quotation", at, value.env);
      const strip = textOf(part("strip")) ?? whitespace;
      const cast = part("cast");
      const parts = items.map((item) =>
        m.call(cast, [str(stripped(item, strip), value.at ?? at, value.env)], undefined, at),
      );
      return m.call(finish, [list(parts, value.at ?? at, value.env)], undefined, at);
    },
    { takesOpaque: true },
  );
  return nativeClass(machine, "decouple.Csv", [create, ...byName(call)]);
}

function stripped(text: string, chars: string): string {
  let [start, end] = [0, text.length];
  while (start < end && chars.includes(text[start] ?? "")) start++;
  while (end > start && chars.includes(text[end - 1] ?? "")) end--;
  return text.slice(start, end);
}

function choicesClass(machine: Machine): Class {
  const create = creator({ optional: ["flat", "cast", "choices"] }, ({ machine: m, at, given }) => {
    let unseen: Opaque | undefined;
    const itemsOf = (value: Value | undefined): readonly Value[] => {
      const items = value && value.kind !== "none" ? m.iterate(value, at) : [];
      // Which values are valid is not known then, and none is refused.
      if ("kind" in items) unseen = items;
      return "kind" in items ? [] : items;
    };
    const pairs = itemsOf(given.choices).map((pair) =>
      m.subscript(pair, { kind: "int", value: 0n, at, env: [] }, at),
    );
    const valid: Value = list([...itemsOf(given.flat), ...pairs], at);
    if (valid.kind === "list" && unseen) valid.open = unseen;
    return {
      attributes: [
        ["cast", given.cast ?? m.classNamed("str")],
        ["_valid_values", valid],
      ],
    };
  });
  const call = method(
    "__call__",
    { required: ["value"] },
    (self, { machine: m, at, given: { value } }) => {
      const valid = m.attribute(self, "_valid_values", at);
      const items = valid.kind === "list" ? valid.items : [];
      const made = m.call(m.attribute(self, "cast", at), [value], undefined, at);
      for (const item of items) {
        const text = m.str(item);
        if (typeof text === "string") m.candidate(value, text);
      }
      if (made.kind === "opaque" || items.some((item) => m.equal(item, made))) return made;
      if (valid.kind === "list" && valid.open) return made;
      const [shown, all] = [m.repr(value), m.repr(valid)];
      if (typeof shown !== "string" || typeof all !== "string") return made;
      return m.raise("ValueError", `Value not in list: ${shown}; valid values are ${all}`, at, value.env);
    },
    { takesOpaque: true },
  );
  return nativeClass(machine, "decouple.Choices", [create, ...byName(call)]);
}

/** The repository that an AutoConfig found, kept from its first call on. */
interface Found {
  readonly folder: string | Opaque | undefined;
  repository?: Repository;
}
function isFound(data: unknown): data is Found {
  return typeof data === "object" && data !== null && "folder" in data;
}

export const decoupleModels: readonly Model[] = [
  model("decouple", (machine) => {
    const undefinedError = exceptionClass(machine, "decouple.UndefinedValueError");
    const getting = { required: ["option"], optional: ["default", "cast"] } as const;
    const read = (
      name: string,
      repositoryFor: (self: Value, m: Machine, at: Location | undefined) => Repository,
    ) =>
      method(
        name,
        getting,
        (self, { machine: m, at, given }) => get(m, repositoryFor(self, m, at), given, undefinedError, at),
        { takesOpaque: true },
      );

    const ofConfig = (self: Value) =>
      repositoryData(self.kind === "instance" ? self.attributes.get("repository") : undefined);
    const config = nativeClass(machine, "decouple.Config", [
      creator({ required: ["repository"] }, ({ given }) => ({
        attributes: [["repository", given.repository]],
      })),
      ["get", read("get", ofConfig)],
      ["__call__", read("__call__", ofConfig)],
    ]);

    const ofAutoConfig = (self: Value, m: Machine, at: Location | undefined): Repository => {
      const data = self.kind === "instance" && isFound(self.data) ? self.data : undefined;
      if (!data) return empty;
      if (typeof data.folder === "object") return new Repository(data.folder);
      data.repository ??= findRepository(m, data.folder ?? callerFolder(m), at);
      return data.repository;
    };
    const autoConfig = nativeClass(machine, "decouple.AutoConfig", [
      creator({ optional: ["search_path"] }, ({ machine: m, at, given }) => {
        const given_ =
          given.search_path && m.truth(given.search_path) !== false ? given.search_path : undefined;
        return { data: { folder: given_ && pathText(m, given_, at) } satisfies Found };
      }),
      ["__call__", read("__call__", ofAutoConfig)],
    ]);

    const repositoryEmpty = repositoryClass(machine, "RepositoryEmpty", undefined, () => empty);
    const repository = (name: string, make: Parameters<typeof repositoryClass>[3]) =>
      repositoryClass(machine, name, repositoryEmpty, make);
    const classes = [
      config,
      autoConfig,
      undefinedError,
      csvClass(machine),
      choicesClass(machine),
      repositoryEmpty,
      repository("RepositoryEnv", (path, m, at) => repositoryOf(m, path, readEnv, at)),
      repository("RepositoryIni", (path, m, at) => repositoryOf(m, path, readIni, at)),
      repository("RepositorySecret", (path, m, at) => secretFiles(m, path || "/run/secrets/", at)),
    ];
    return [
      ...classes.map((one) => [one.name, one] as const),
      ["config", instance(autoConfig, undefined, { data: { folder: undefined } satisfies Found })],
      [
        "strtobool",
        define(
          "strtobool",
          { required: ["value"] },
          ({ machine: m, at, given }) => applyCast(m, given.value, m.classNamed("bool"), at),
          { takesOpaque: true },
        ),
      ],
    ];
  }),
];

/** A folder of files named for what they hold. */
function secretFiles(machine: Machine, folder: string, at: Location | undefined): Repository {
  if (inProject(machine, folder) === undefined) return new Repository(ofTheMachine(machine, at, "str"));
  return new Repository((option) => {
    const read = readText(machine, join(folder, basename(option)), at);
    return typeof read === "object" && "text" in read ? read.text : undefined;
  });
}

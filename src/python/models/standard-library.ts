import type { Location } from "../../location.ts";
import { builtins } from "../builtins/builtins.ts";
import type { Machine, Model } from "../machine.ts";
import { features } from "../parse/future.ts";
import type { Value } from "../value.ts";
import { byName, creator, define, exceptionClass, instance, method, model, nativeClass } from "./define.ts";
import { frameFunctions } from "./frames.ts";
import { inertClass, inertClasses, machineCall, noEffect } from "./inert.ts";
import { bool, bytes, float, int, list, none, ofTheMachine, str, textOf, tuple } from "./make.ts";
import { outside } from "./network.ts";
import { globbed, pathText } from "./project-paths.ts";
import { matchesPart } from "./pure-path.ts";

/** The rest of Python's own modules, as far as settings use them. */

const mathFunctions: Readonly<Record<string, (x: number) => number>> = {
  sqrt: Math.sqrt,
  log2: Math.log2,
  log10: Math.log10,
  exp: Math.exp,
  fabs: Math.abs,
};
const rounding: Readonly<Record<string, (x: number) => number>> = {
  floor: Math.floor,
  ceil: Math.ceil,
  trunc: Math.trunc,
};
const numberOf = (value: Value): number =>
  value.kind === "int" || value.kind === "float"
    ? Number(value.value)
    : value.kind === "bool"
      ? Number(value.value)
      : Number.NaN;

const globFiles = (name: string): readonly [string, Value] => [
  name,
  define(
    name,
    { required: ["pathname"], others: true },
    ({ machine, at, given }) => {
      const pattern = pathText(machine, given.pathname, at);
      if (typeof pattern !== "string") return pattern;
      const found = globbed(machine, "", pattern);
      return found
        ? list(
            found.map((path) => str(path, at)),
            at,
            given.pathname.env,
          )
        : ofTheMachine(machine, at, "list", [given.pathname]);
    },
    { gives: "list" },
  ),
];

/** `io.StringIO(text)` and `io.BytesIO(data)`: read as a file is. */
function memoryFile(machine: Machine, name: string, empty: Value): Value {
  const content = (self: Value): Value =>
    self.kind === "instance" ? (self.attributes.get("_content") ?? empty) : empty;
  const take = (self: Value): Value => {
    const all = content(self);
    if (self.kind === "instance") self.attributes.set("_content", empty);
    return all;
  };
  return nativeClass(machine, `_io.${name}`, [
    creator({ optional: ["initial_value", "newline"] }, ({ given }) => ({
      attributes: [
        ["_content", given.initial_value ?? empty],
        ["_all", given.initial_value ?? empty],
      ],
    })),
    ...byName(
      method("read", { optional: ["size"] }, (self, { machine: m, at, given: { size } }) => {
        if (size?.kind !== "int" || size.value < 0n || self.kind !== "instance") return take(self);
        const all = content(self);
        const part = (start: Value, stop: Value): Value =>
          m.subscript(all, m.call(m.classNamed("slice"), [start, stop], undefined, at), at);
        self.attributes.set("_content", part(size, none(at)));
        return part(int(0, at), size);
      }),
      method("getvalue", {}, (self) =>
        self.kind === "instance" ? (self.attributes.get("_all") ?? empty) : empty,
      ),
      method("readlines", {}, (self, { machine: m, at }) =>
        m.call(m.attribute(take(self), "splitlines"), [bool(true)], undefined, at),
      ),
      method("__iter__", {}, (self, { machine: m, at }) =>
        m.call(
          m.attribute(m.call(m.attribute(take(self), "splitlines"), [bool(true)], undefined, at), "__iter__"),
          [],
        ),
      ),
      method("__enter__", {}, (self) => self),
    ),
    ...["write", "seek", "close", "flush", "__exit__"].map((one): [string, Value] => [
      one,
      method(one, { rest: true }, (_, { at }) => none(at), { takesOpaque: true }),
    ]),
  ]);
}

export const standardModels: readonly Model[] = [
  model("builtins", () => builtins),
  model("__future__", (machine) => {
    const feature = inertClass(machine, "__future__._Feature");
    return [...features].map((name) => [name, instance(feature, undefined)] as const);
  }),
  model("subprocess", (machine) => [
    ...["run", "call", "check_call", "check_output", "Popen", "getoutput", "getstatusoutput"].map((name) =>
      outside(name, "runs another program"),
    ),
    ["PIPE", int(-1)],
    ["STDOUT", int(-2)],
    ["DEVNULL", int(-3)],
    ["SubprocessError", exceptionClass(machine, "subprocess.SubprocessError")],
    ["CalledProcessError", exceptionClass(machine, "subprocess.CalledProcessError")],
    ["TimeoutExpired", exceptionClass(machine, "subprocess.TimeoutExpired")],
  ]),
  model("math", () => [
    ["pi", float(Math.PI)],
    ["e", float(Math.E)],
    ["inf", float(Infinity)],
    ["nan", float(Number.NaN)],
    ...Object.entries(rounding).map(
      ([name, round]) =>
        [
          name,
          define(name, { required: ["x"] }, ({ at, given }) =>
            int(BigInt(round(numberOf(given.x))), at, given.x.env),
          ),
        ] as const,
    ),
    ...Object.entries(mathFunctions).map(
      ([name, compute]) =>
        [
          name,
          define(name, { required: ["x"] }, ({ at, given }) =>
            float(compute(numberOf(given.x)), at, given.x.env),
          ),
        ] as const,
    ),
    [
      "pow",
      define("pow", { required: ["x", "y"] }, ({ at, given }) =>
        float(numberOf(given.x) ** numberOf(given.y), at),
      ),
    ],
  ]),
  model("glob", () => [
    globFiles("glob"),
    globFiles("iglob"),
    [
      "escape",
      define("escape", { required: ["pathname"] }, ({ at, given }) =>
        str((textOf(given.pathname) ?? "").replace(/[*?[]/g, "[$&]"), at, given.pathname.env),
      ),
    ],
  ]),
  model("fnmatch", () =>
    ["fnmatch", "fnmatchcase"].map(
      (name) =>
        [
          name,
          define(name, { required: ["name", "pat"] }, ({ at, given }) =>
            bool(
              matchesPart(
                (textOf(given.name) ?? "").replaceAll("/", "\0"),
                (textOf(given.pat) ?? "").replaceAll("/", "\0"),
              ),
              at,
              given.name.env,
            ),
          ),
        ] as const,
    ),
  ),
  model("io", (machine) => [
    ["StringIO", memoryFile(machine, "StringIO", str(""))],
    ["BytesIO", memoryFile(machine, "BytesIO", bytes(new Uint8Array()))],
    ["open", machine.attribute(machine.import("builtins"), "open")],
    ["TextIOWrapper", inertClass(machine, "_io.TextIOWrapper")],
  ]),
  model("codecs", (machine) => [["open", machine.attribute(machine.import("builtins"), "open")]]),
  model("mimetypes", () => [
    ...["add_type", "init"].map(noEffect),
    outside("guess_type", "is the type of a file, which is not modelled"),
  ]),
  model("gettext", () => [
    ["gettext", define("gettext", { required: ["message"] }, ({ given }) => given.message)],
    ...["install", "bindtextdomain", "textdomain"].map(noEffect),
  ]),
  model("traceback", () => ["print_exc", "print_stack", "print_exception"].map(noEffect)),
  model("inspect", () => [
    [
      "getmembers",
      define("getmembers", { required: ["object"], optional: ["predicate"] }, ({ machine, at, given }) =>
        members(machine, given.object, given.predicate, at),
      ),
    ],
    ...byName(
      define("isfunction", { required: ["object"] }, ({ at, given }) =>
        bool(given.object.kind === "function", at),
      ),
      define("isclass", { required: ["object"] }, ({ at, given }) => bool(given.object.kind === "class", at)),
      define("ismodule", { required: ["object"] }, ({ at, given }) =>
        bool(given.object.kind === "module", at),
      ),
      define("ismethod", { required: ["object"] }, ({ at, given }) =>
        bool(given.object.kind === "method", at),
      ),
    ),
    ...frameFunctions,
  ]),
  model("contextvars", (machine) => {
    const token = nativeClass(machine, "contextvars.Token", []);
    const missing = instance(token, undefined);
    const value = (self: Value): Value | undefined =>
      self.kind === "instance" ? self.attributes.get("_value") : undefined;
    const members = byName(
      method("get", { optional: ["default"] }, (self, { machine: m, at, given }) => {
        const fallback = self.kind === "instance" ? self.attributes.get("_default") : undefined;
        return value(self) ?? given.default ?? fallback ?? m.raise("LookupError", "", at);
      }),
      method("set", { required: ["value"] }, (self, { at, given }) => {
        const before = value(self);
        if (self.kind === "instance") self.attributes.set("_value", given.value);
        return instance(token, at, { attributes: [["old_value", before ?? missing]] });
      }),
      method("reset", { required: ["token"] }, (self, { at, given }) => {
        const before = given.token.kind === "instance" ? given.token.attributes.get("old_value") : undefined;
        if (self.kind === "instance" && before && before !== missing) self.attributes.set("_value", before);
        else if (self.kind === "instance") self.attributes.delete("_value");
        return none(at);
      }),
    );
    const create = creator({ required: ["name"], optional: ["default"] }, ({ given }) => ({
      attributes: [["name", given.name], ...(given.default ? [["_default", given.default] as const] : [])],
    }));
    return [["ContextVar", nativeClass(machine, "contextvars.ContextVar", [create, ...members])]];
  }),
  model("errno", () =>
    Object.entries({
      EPERM: 1,
      ENOENT: 2,
      EIO: 5,
      EACCES: 13,
      EEXIST: 17,
      ENOTDIR: 20,
      EISDIR: 21,
      EINVAL: 22,
    }).map(([name, number]) => [name, int(number)] as const),
  ),
  model("stat", () =>
    ["S_IRUSR", "S_IWUSR", "S_IXUSR", "S_IRGRP", "S_IWGRP", "S_IXGRP", "S_IROTH", "S_IWOTH", "S_IXOTH"].map(
      (name, i) => [name, int(0o400 >> i)] as const,
    ),
  ),
  model("html", () =>
    byName(
      define("escape", { required: ["s"], optional: ["quote"] }, ({ machine, at, given }) => {
        const inner = (textOf(given.s) ?? "")
          .replaceAll("&", "&amp;")
          .replaceAll("<", "&lt;")
          .replaceAll(">", "&gt;");
        const quoted =
          given.quote && machine.truth(given.quote) === false
            ? inner
            : inner.replaceAll('"', "&quot;").replaceAll("'", "&#x27;");
        return str(quoted, at, given.s.env);
      }),
    ),
  ),
  model("unicodedata", () =>
    byName(
      define("normalize", { required: ["form", "unistr"] }, ({ machine, at, given }) => {
        const form = textOf(given.form) ?? "";
        return /^NFK?[CD]$/.test(form)
          ? str((textOf(given.unistr) ?? "").normalize(form), at, given.unistr.env)
          : machine.raise("ValueError", "invalid normalization form", at);
      }),
    ),
  ),
  model("threading", (machine) => [
    ...inertClasses(machine, "threading", "Thread", "Lock", "RLock", "Event", "local", "Timer"),
    machineCall("current_thread"),
    machineCall("get_ident", "int"),
  ]),
  model("ssl", (machine) => [
    ...enumMembers(machine, "ssl.VerifyMode", { CERT_NONE: 0, CERT_OPTIONAL: 1, CERT_REQUIRED: 2 }),
    ...enumMembers(machine, "ssl._SSLMethod", {
      PROTOCOL_TLS: 2,
      PROTOCOL_SSLv23: 2,
      PROTOCOL_TLSv1: 3,
      PROTOCOL_TLSv1_1: 4,
      PROTOCOL_TLSv1_2: 5,
      PROTOCOL_TLS_CLIENT: 16,
      PROTOCOL_TLS_SERVER: 17,
    }),
    machineCall("create_default_context", "SSLContext"),
    machineCall("_create_unverified_context", "SSLContext"),
    machineCall("SSLContext", "SSLContext"),
    machineCall("get_default_verify_paths"),
    ["SSLError", exceptionClass(machine, "ssl.SSLError", "OSError")],
  ]),
];

/** `inspect.getmembers`: pairs, in order of name. */
function members(machine: Machine, of: Value, predicate: Value | undefined, at: Location | undefined): Value {
  const names = machine.iterate(
    machine.call(machine.attribute(machine.import("builtins"), "dir"), [of], undefined, at),
    at,
  );
  if ("kind" in names) return names;
  const pairs = names.map((name) => [name, machine.attribute(of, textOf(name) ?? "", at)] as const);
  const wanted = pairs.filter(
    ([, value]) =>
      !predicate ||
      predicate.kind === "none" ||
      machine.truth(machine.call(predicate, [value], undefined, at)),
  );
  return list(
    wanted.map((pair) => tuple(pair, at)),
    at,
  );
}

/** An IntEnum of a library: its class by name, and each member under its own. */
function enumMembers(
  machine: Machine,
  path: string,
  members: Readonly<Record<string, number>>,
): (readonly [string, Value])[] {
  const names = machine.dict(
    Object.entries(members).map(([name, value]) => [str(name), int(value)] as const),
    undefined,
  );
  const dot = path.lastIndexOf(".");
  const made = machine.call(machine.classNamed("enum.IntEnum"), [str(path.slice(dot + 1)), names]);
  return [
    [path.slice(dot + 1), made],
    ...Object.keys(members).map((name) => [name, machine.attribute(made, name)] as const),
  ];
}

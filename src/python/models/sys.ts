import type { Location } from "../../location.ts";
import type { Machine, Model } from "../machine.ts";
import { projectRoot } from "../machine.ts";
import { standardModules } from "../stdlib.ts";
import type { Dict, Value } from "../value.ts";
import { byName, define, instance, method, model, nativeClass } from "./define.ts";
import { inertClass, machineCall, noEffect } from "./inert.ts";
import { bool, float, int, list, none, ofTheMachine, str, textOf } from "./make.ts";
import { join } from "./posix-path.ts";
import { versionInfo } from "./python-version.ts";

/** `sys`, `platform`, `socket` and other views of the machine the process runs on. */

/** As Django's own deployment check is started: neither "test" nor "runserver" is in it. */
const argv = ["manage.py", "check", "--deploy"];

const exit = define("exit", { optional: ["code"] }, ({ machine, at, given }) => {
  const { code } = given;
  const text = code && code.kind !== "opaque" && code.kind !== "none" ? machine.str(code) : "";
  return machine.raise("SystemExit", typeof text === "string" ? text : "", at);
});

/** Modules that are loaded whatever the project does. */
const loaded = ["sys", "os", "builtins", "django", "django.conf"];

/** `sys.modules`: any module can be taken out of it, but only a few are known to be in it. */
function importedModules(machine: Machine): Value {
  const members = byName(
    method("__contains__", { required: ["key"] }, (_, { at, given }) =>
      bool(loaded.includes(textOf(given.key) ?? ""), at),
    ),
    method("__getitem__", { required: ["key"] }, (_, { machine: m, at, given }) =>
      m.import(textOf(given.key) ?? "", at),
    ),
    method("get", { required: ["key"], optional: ["default"] }, (_, { machine: m, at, given }) => {
      const name = textOf(given.key) ?? "";
      return loaded.includes(name) ? m.import(name, at) : (given.default ?? none(at));
    }),
    method("__setitem__", { required: ["key", "value"] }, (_, { at }) => none(at), { takesOpaque: true }),
  );
  return instance(nativeClass(machine, "sys.modules", members), undefined);
}

const stream = (machine: Machine): Value => instance(inertClass(machine, "_io.TextIOWrapper"), undefined);

export const sysModels: readonly Model[] = [
  model("sys", (machine) => [
    ["argv", list(argv.map((one) => str(one)))],
    [
      "path",
      list(
        ["", ...machine.world.path.map((folder) => (folder === "" ? projectRoot : join(projectRoot, folder)))]
          .slice(1)
          .map((one) => str(one)),
      ),
    ],
    ["modules", importedModules(machine)],
    ["version_info", versionInfo(machine)],
    [
      "version",
      machine.world.pythonVersion === undefined
        ? ofTheMachine(machine, undefined, "str")
        : { ...ofTheMachine(machine, undefined, "str"), prefix: `${machine.world.pythonVersion}.` },
    ],
    ["platform", str("linux")],
    ["maxsize", int(9223372036854775807n)],
    ["byteorder", str("little")],
    ["executable", ofTheMachine(machine, undefined, "str")],
    ["prefix", ofTheMachine(machine, undefined, "str")],
    ["base_prefix", ofTheMachine(machine, undefined, "str")],
    ["stdout", stream(machine)],
    ["stderr", stream(machine)],
    ["stdin", stream(machine)],
    ["dont_write_bytecode", bool(false)],
    [
      "float_info",
      instance(nativeClass(machine, "sys.float_info", []), undefined, {
        attributes: [
          ["max", float(Number.MAX_VALUE)],
          ["epsilon", float(Number.EPSILON)],
        ],
      }),
    ],
    ...byName(
      exit,
      define("getrecursionlimit", {}, ({ at }) => int(machine.recursionLimit, at)),
      define("setrecursionlimit", { required: ["limit"] }, ({ given, at }) => {
        if (given.limit?.kind === "int") machine.recursionLimit = Number(given.limit.value);
        return none(at);
      }),
      define("getdefaultencoding", {}, ({ at }) => str("utf-8", at)),
      define("getfilesystemencoding", {}, ({ at }) => str("utf-8", at)),
      define("intern", { required: ["string"] }, ({ given }) => given.string),
    ),
    ...["settrace", "setprofile", "audit"].map(noEffect),
    ...["exc_info", "getsizeof", "_getframe", "gettrace"].map((name) => machineCall(name)),
  ]),
  model("platform", (machine) => {
    const known = { system: "Linux", python_implementation: "CPython" };
    const { pythonVersion } = machine.world;
    const opaque = [
      "node",
      "release",
      "version",
      "machine",
      "processor",
      "platform",
      "uname",
      "architecture",
      "freedesktop_os_release",
    ];
    return [
      ...Object.entries(known).map(
        ([name, text]) => [name, define(name, {}, ({ at }) => str(text, at))] as const,
      ),
      ...opaque.map((name) => machineCall(name, "str")),
      [
        "python_version",
        define("python_version", {}, ({ machine: m, at }) => ({
          ...ofTheMachine(m, at, "str"),
          ...(pythonVersion && { prefix: `${pythonVersion}.` }),
        })),
      ],
    ];
  }),
  model("socket", (machine) => {
    const error = machine.classNamed("OSError");
    const subclass = (name: string): readonly [string, Value] => [
      name,
      nativeClass(machine, `socket.${name}`, [], [error]),
    ];
    const calls: Readonly<Record<string, string>> = {
      gethostname: "str",
      gethostbyname: "str",
      gethostbyname_ex: "tuple",
      gethostbyaddr: "tuple",
      getfqdn: "str",
      getaddrinfo: "list",
      socket: "socket",
      create_connection: "socket",
    };
    return [
      ...Object.entries(calls).map(([name, type]) => machineCall(name, type)),
      ["error", error],
      subclass("gaierror"),
      subclass("herror"),
      ["timeout", machine.classNamed("TimeoutError")],
      noEffect("setdefaulttimeout"),
      ...Object.entries({
        AF_INET: 2,
        AF_INET6: 10,
        SOCK_STREAM: 1,
        SOCK_DGRAM: 2,
        SOL_SOCKET: 1,
        SO_REUSEADDR: 2,
        TCP_KEEPIDLE: 4,
        TCP_KEEPINTVL: 5,
        TCP_KEEPCNT: 6,
        SO_KEEPALIVE: 9,
        IPPROTO_TCP: 6,
      }).map(([name, value]) => [name, int(value)] as const),
    ];
  }),
  model("multiprocessing", () => [machineCall("cpu_count", "int"), machineCall("current_process")]),
  model("tempfile", (machine) => [
    [
      "gettempdir",
      // The first of these that is set, else /tmp, which every Linux has.
      define("gettempdir", {}, ({ machine: m, at }) =>
        ["TMPDIR", "TEMP", "TMP"].some((name) => m.environment.has(name))
          ? ofTheMachine(m, at, "str")
          : str("/tmp", at),
      ),
    ],
    ...["mkdtemp", "mktemp"].map((name) => machineCall(name, "str")),
    ...["mkstemp", "TemporaryDirectory", "NamedTemporaryFile", "TemporaryFile", "SpooledTemporaryFile"].map(
      (name) => machineCall(name),
    ),
    ["tempdir", ofTheMachine(machine, undefined, "str")],
  ]),
  model("shutil", () => [
    machineCall("which", "str"),
    machineCall("disk_usage"),
    ...["copy", "copy2", "copyfile", "copytree", "rmtree", "move", "chown"].map(noEffect),
  ]),
  model("getpass", () => [machineCall("getuser", "str"), machineCall("getpass", "str")]),
  model("pwd", () => ["getpwuid", "getpwnam", "getpwall"].map((name) => machineCall(name))),
  model("grp", () => ["getgrgid", "getgrnam"].map((name) => machineCall(name))),
  model("time", () => [
    ...["time", "monotonic", "perf_counter", "process_time"].map((name) => machineCall(name, "float")),
    machineCall("time_ns", "int"),
    ...["localtime", "gmtime", "strftime", "ctime", "mktime"].map((name) => machineCall(name)),
    ...["sleep", "tzset"].map(noEffect),
  ]),
  model("signal", (machine) => [
    ...["signal", "alarm"].map(noEffect),
    ...Object.entries({ SIGINT: 2, SIGTERM: 15, SIGHUP: 1, SIGKILL: 9, SIGUSR1: 10, SIGUSR2: 12 }).map(
      ([name, value]) => [name, int(value)] as const,
    ),
    ["Signals", inertClass(machine, "signal.Signals")],
  ]),
  model("atexit", () => ["register", "unregister"].map(noEffect)),
  model("locale", () => [
    noEffect("setlocale"),
    machineCall("getlocale"),
    machineCall("getpreferredencoding", "str"),
    ["LC_ALL", int(6)],
    ["LC_TIME", int(2)],
  ]),
];

const pairsOf = (of: Dict): (readonly [Value, Value])[] =>
  [...of.entries.values()].map((entry) => [entry.key, entry.value] as const);

/** Runs a file of the project in a dict of names. */
function executeFile(machine: Machine, path: Value, names: Value, at: Location | undefined): Value {
  const builtins = machine.import("builtins");
  const file = machine.call(machine.attribute(builtins, "open"), [path], undefined, at);
  const source =
    file.kind === "opaque" ? file : machine.call(machine.attribute(file, "read"), [], undefined, at);
  machine.call(machine.attribute(builtins, "exec"), [source, names], undefined, at);
  return source.kind === "opaque" ? source : none(at);
}

/** Of `importlib` and its parts. */
export const importlibModels: readonly Model[] = [
  model("importlib", (machine) => {
    const importModule = define(
      "import_module",
      { required: ["name"], optional: ["package"] },
      ({ machine: m, at, given }) => {
        const name = textOf(given.name) ?? "";
        const dots = /^\.*/.exec(name)?.[0].length ?? 0;
        if (dots === 0) return m.import(name, at);
        const parts = (textOf(given.package) ?? "").split(".");
        return m.import(
          [...parts.slice(0, parts.length - dots + 1), name.slice(dots)].filter(Boolean).join("."),
          at,
        );
      },
    );
    return [
      ...byName(importModule),
      ["util", machine.import("importlib.util")],
      ["reload", define("reload", { required: ["module"] }, ({ given }) => given.module)],
      noEffect("invalidate_caches"),
    ];
  }),
  model("importlib.util", (machine) => {
    const spec = inertClass(machine, "importlib.machinery.ModuleSpec");
    const found = (name: string): Value => instance(spec, undefined, { attributes: [["name", str(name)]] });
    const findSpec = define(
      "find_spec",
      { required: ["name"], optional: ["package"] },
      ({ machine: m, at, given }) => {
        const name = textOf(given.name) ?? "";
        const top = name.split(".")[0] ?? "";
        const own =
          m.locate(name) !== undefined || (standardModules.has(top) && top === name) ? true : undefined;
        const dot = name.lastIndexOf(".");
        // What a package of the project lacks is nowhere else.
        const parent = dot > 0 ? m.locate(name.slice(0, dot)) : undefined;
        const isThere = own ?? (parent === undefined ? m.world.installed(top) : false);
        if (isThere === false && parent !== undefined) return { kind: "none", at, env: [] };
        // What is below a package is looked for in it, so that is imported.
        if (isThere === false && top !== name)
          return m.raise("ModuleNotFoundError", `No module named '${top}'`, at);
        if (isThere === undefined)
          return m.opaque(`depends on whether ${name} is installed`, at, [given.name], {
            cause: "unmodelled",
          });
        return isThere ? found(name) : { kind: "none", at, env: [] };
      },
    );
    const moduleSpec = nativeClass(machine, "importlib.machinery.ModuleSpec", []);
    const fromFile = define(
      "spec_from_file_location",
      { required: ["name"], optional: ["location"], others: true },
      ({ at, given: { name, location = none(at) } }) => {
        const made = instance(moduleSpec, at, {
          attributes: [
            ["name", name],
            ["origin", location],
          ],
        });
        made.attributes.set("loader", instance(loader, at, { attributes: [["path", location]] }));
        return made;
      },
    );
    const loader = nativeClass(machine, "importlib.machinery.SourceFileLoader", [
      [
        "exec_module",
        method("exec_module", { required: ["module"] }, (self, { machine: m, at, given }) => {
          const path = self.kind === "instance" ? (self.attributes.get("path") ?? none(at)) : none(at);
          const names = m.attribute(given.module, "__dict__", at);
          m.setItem(names, str("__file__"), path, at);
          return executeFile(m, path, names, at);
        }),
      ],
    ]);
    const fromSpec = define("module_from_spec", { required: ["spec"] }, ({ machine: m, at, given }) => {
      const name = m.attribute(given.spec, "name", at);
      const entries = name.kind === "str" ? [["__name__", { value: name, at, env: name.env }] as const] : [];
      return { kind: "module", name: textOf(name) ?? "", names: new Map(entries), at, env: [] };
    });
    return byName(findSpec, fromFile, fromSpec);
  }),
  model("runpy", () => [
    [
      "run_path",
      define(
        "run_path",
        { required: ["path_name"], optional: ["init_globals", "run_name"] },
        ({ machine: m, at, given: { path_name, init_globals, run_name = str("<run_path>", at) } }) => {
          const names = m.dict(init_globals?.kind === "dict" ? pairsOf(init_globals) : [], at);
          const nothing = none(at);
          const own = {
            __name__: run_name,
            __doc__: nothing,
            __package__: str("", at),
            __loader__: nothing,
            __spec__: nothing,
            __file__: path_name,
            __cached__: nothing,
          };
          for (const [name, value] of Object.entries(own)) m.setItem(names, str(name), value, at);
          const result = executeFile(m, path_name, names, at);
          return result.kind === "opaque" ? result : names;
        },
      ),
    ],
  ]),
  model("importlib.metadata", (machine) => [
    machineCall("version", "str"),
    machineCall("entry_points"),
    machineCall("metadata"),
    machineCall("distribution"),
    [
      "PackageNotFoundError",
      nativeClass(
        machine,
        "importlib.metadata.PackageNotFoundError",
        [],
        [machine.classNamed("ModuleNotFoundError")],
      ),
    ],
  ]),
  model("pkg_resources", (machine) => [
    machineCall("get_distribution"),
    machineCall("iter_entry_points"),
    [
      "DistributionNotFound",
      nativeClass(machine, "pkg_resources.DistributionNotFound", [], [machine.classNamed("Exception")]),
    ],
  ]),
];

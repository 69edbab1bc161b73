import type { Location } from "../../location.ts";
import type { Machine, Model } from "../machine.ts";
import { drawn } from "../text-shape.ts";
import type { Value } from "../value.ts";
import { byName, define, instance, model, nativeClass } from "./define.ts";
import { folderMakers } from "./made-paths.ts";
import { bool, fromPlain, none, ofTheMachine, str, tuple } from "./make.ts";
import { environInstance, getenv } from "./os-environ.ts";
import { namesList, osPathModels } from "./os-path.ts";
import { childrenOf, isThere, pathText, workingFolder } from "./project-paths.ts";
import { randomText, sizeOf } from "./random.ts";

/** A function whose effect on the machine does not matter to a settings module: it gives None. */
function noEffect(name: string): Value {
  return define(name, { rest: true, others: true }, ({ at }) => none(at), { takesOpaque: true });
}

function depends(name: string, type?: string): Value {
  return define(name, { rest: true, others: true }, ({ machine, at }) => ofTheMachine(machine, at, type), {
    takesOpaque: true,
  });
}

const getcwd = define("getcwd", {}, ({ machine, at }) => str(workingFolder(machine), at));

const fspath = define(
  "fspath",
  { required: ["path"] },
  ({ machine, at, given }) => {
    const text = pathText(machine, given.path, at);
    return typeof text === "string" ? str(text, at, given.path.env) : text;
  },
  { gives: "str" },
);

function missingFolder(machine: Machine, path: string, at: Location | undefined): never {
  return machine.raise("FileNotFoundError", `[Errno 2] No such file or directory: '${path}'`, at);
}

const listdir = define("listdir", { optional: ["path"] }, ({ machine, at, given }) => {
  const path = given.path ? pathText(machine, given.path, at) : ".";
  if (typeof path !== "string") return path;
  const names = childrenOf(machine, path);
  if (!names) return ofTheMachine(machine, at, "list");
  return isThere(machine, path, "folder") ? namesList(names, at) : missingFolder(machine, path, at);
});

const walk = define("walk", { required: ["top"], others: true }, ({ machine, at, given }) => {
  const top = pathText(machine, given.top, at);
  if (typeof top !== "string") return top;
  if (!childrenOf(machine, top)) return ofTheMachine(machine, at);
  const steps: Value[] = [];
  const pending = [top];
  for (let folder = pending.shift(); folder !== undefined; folder = pending.shift()) {
    const here = folder;
    const names = childrenOf(machine, here) ?? [];
    const folders = names.filter((name) => isThere(machine, `${here}/${name}`, "folder"));
    const files = names.filter((name) => isThere(machine, `${here}/${name}`, "file"));
    steps.push(tuple([str(here, at), namesList(folders, at), namesList(files, at)], at));
    pending.unshift(...folders.map((name) => `${here}/${name}`));
  }
  const left = steps.values();
  return { kind: "iterator", type: "generator", at, env: [], next: () => left.next().value };
});

const uname = ["sysname", "nodename", "release", "version", "machine"];

const noEffects = [
  "chdir", "chmod", "chown", "close", "link", "putenv", "remove", "removedirs", "rename",
  "replace", "rmdir", "symlink", "truncate", "umask", "unlink", "unsetenv", "utime", "setuid", "setgid", "nice",
]; // biome-ignore format: a list of names
const machines: Readonly<Record<string, string>> = {
  access: "bool", cpu_count: "int", getegid: "int", geteuid: "int", getgid: "int", getlogin: "str", getloadavg: "tuple",
  getpid: "int", getppid: "int", getuid: "int", popen: "_wrap_close", process_cpu_count: "int", sched_getaffinity: "set",
  system: "int", scandir: "ScandirIterator", stat: "stat_result", lstat: "stat_result",
  get_terminal_size: "terminal_size", getpgid: "int", readlink: "str",
}; // biome-ignore format: a table
const flags = { F_OK: 0, R_OK: 4, W_OK: 2, X_OK: 1, O_RDONLY: 0, O_WRONLY: 1, O_RDWR: 2, O_CREAT: 64 };
const constants = {
  name: "posix",
  sep: "/",
  linesep: "\n",
  pathsep: ":",
  curdir: ".",
  pardir: "..",
  extsep: ".",
  devnull: "/dev/null",
  defpath: "/bin:/usr/bin",
};

export const osModels: readonly Model[] = [
  model("os", (machine) => {
    const pathLike = nativeClass(machine, "os.PathLike", []);
    const environ = environInstance(machine);
    return [
      ["path", machine.import("os.path")],
      ["environ", environ],
      ["_Environ", environ.class],
      ["PathLike", pathLike],
      ["error", machine.classNamed("OSError")],
      ["altsep", none(undefined)],
      ["supports_bytes_environ", bool(true, undefined)],
      [
        "uname",
        define("uname", {}, ({ at }) =>
          instance(nativeClass(machine, "posix.uname_result", []), at, {
            attributes: uname.map(
              (name) =>
                [name, name === "sysname" ? str("Linux", at) : ofTheMachine(machine, at, "str")] as const,
            ),
          }),
        ),
      ],
      [
        "urandom",
        define(
          "urandom",
          { required: ["size"] },
          ({ machine: m, at, given }) => {
            const size = sizeOf(given.size, 0);
            return randomText(m, at, "bytes", size === undefined ? {} : drawn(size, 256));
          },
          { takesOpaque: true },
        ),
      ],
      ...byName(getenv, getcwd, fspath, listdir, walk),
      ...Object.entries(constants).map(([name, text]) => [name, str(text, undefined)] as const),
      ...Object.entries(flags).map(
        ([name, flag]) => [name, fromPlain(machine, BigInt(flag), undefined)] as const,
      ),
      ...noEffects.map((name) => [name, noEffect(name)] as const),
      ...folderMakers,
      ...Object.entries(machines).map(([name, type]) => [name, depends(name, type)] as const),
    ];
  }),
  ...osPathModels,
];

import { exceptionOf } from "../exceptions.ts";
import type { Execution } from "../execution.ts";
import { instanceOfInternal, internalAs, unwrap } from "../internal.ts";
import type { Args } from "../machine.ts";
import { projectRoot } from "../machine.ts";
import { bool, bytes, int, list, none, str } from "../make.ts";
import { specialMethod, typeName } from "../names.ts";
import { PythonException } from "../raised.ts";
import { types } from "../types.ts";
import type { Value } from "../value.ts";
import type { Native } from "./define.ts";
import { addMethods, take } from "./define.ts";

/** `open(path, mode)`: project files can be read; nothing is written. */
export const open: Native = (run, args) => {
  const [target = none(), mode] = take(
    run,
    "open",
    args,
    ["file", "mode", "buffering", "encoding", "errors", "newline", "closefd", "opener"],
    1,
  );
  const path = pathOf(run, target, args);
  if (typeof path !== "string")
    return run.opaque(path.kind === "opaque" ? path.because : "opens what is not known", args.at, [target]);
  const how = mode?.kind === "str" ? mode.value : "r";
  // A project is run from its own folder, the first on the path.
  const inside = projectPath(
    path.startsWith("/") ? path : `${projectRoot}/${run.world.path[0] ?? ""}/${path}`,
  );
  if (inside === undefined)
    return run.opaque(`opens ${path}, which is not in the project`, args.at, [target]);
  if (/[wax+]/.test(how)) {
    run.written.add(inside);
    return run.opaque(`writes ${inside}`, args.at, [target]);
  }
  if (run.written.has(inside))
    return run.opaque(`reads ${inside}, which the code writes itself`, args.at, [target]);
  const read = run.files.read(inside);
  if (read.kind === "unreadable")
    return run.opaque(`reads ${inside}, which ${read.because}`, args.at, [target]);
  if (read.kind === "absent") {
    const of = run.classNamed(run.files.isFolder(inside) ? "IsADirectoryError" : "FileNotFoundError");
    const [number, text] = run.files.isFolder(inside)
      ? [21, "Is a directory"]
      : [2, "No such file or directory"];
    throw new PythonException(
      exceptionOf(of, [int(number), str(text), str(path)], args.at, target.env),
      args.at,
      target.env,
    );
  }
  run.budget.make(read.text.length);
  const content = read.text.replace(/\r\n?/g, "\n");
  run.texts.set(content, inside);
  return instanceOfInternal(
    types.file,
    { is: "file", path, content, binary: how.includes("b"), position: 0 },
    args.at,
    target.env,
  );
};

/** The path of `str`, or of what has `__fspath__`. */
function pathOf(run: Execution, value: Value, args: Args): string | Value {
  const inner = unwrap(value);
  if (inner.kind === "str") return inner.value;
  if (inner.kind === "opaque") return inner;
  const method = specialMethod(value, "__fspath__");
  if (method) return pathOf(run, run.call(method, [value], undefined, args.at), args);
  return run.raise("TypeError", `expected str, bytes or os.PathLike object, not ${typeName(value)}`, args.at);
}

/** The project's path of an absolute one, without `.` and `..`; undefined outside the project. */
function projectPath(path: string): string | undefined {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  const full = `/${parts.join("/")}`;
  if (full === projectRoot) return "";
  return full.startsWith(`${projectRoot}/`) ? full.slice(projectRoot.length + 1) : undefined;
}

function selfFile(run: Execution, { positional: [self], at }: Args) {
  return (self && internalAs(self, "file")) ?? run.raise("TypeError", "descriptor requires a file", at);
}

type File = ReturnType<typeof selfFile>;

/** A piece of the content, as text or bytes. */
function piece({ binary }: File, text: string, args: Args): Value {
  const env = args.positional[0]?.env;
  return binary ? bytes(new TextEncoder().encode(text), args.at, env) : str(text, args.at, env);
}

function takeLine(file: File): string {
  const { content = "", position } = file;
  const end = content.indexOf("\n", position);
  const line = content.slice(position, end < 0 ? undefined : end + 1);
  file.position += line.length;
  return line;
}

const fileMethods: Readonly<Record<string, Native>> = {
  read: (run, args) => {
    const file = selfFile(run, args);
    const [, size] = args.positional;
    const { content = "", position } = file;
    const text =
      size?.kind === "int" && size.value >= 0n
        ? content.slice(position, position + Number(size.value))
        : content.slice(position);
    file.position += text.length;
    return piece(file, text, args);
  },
  readline: (run, args) => {
    const file = selfFile(run, args);
    return piece(file, takeLine(file), args);
  },
  readlines: (run, args) => {
    const file = selfFile(run, args);
    const lines: Value[] = [];
    for (let line = takeLine(file); line !== ""; line = takeLine(file)) lines.push(piece(file, line, args));
    return list(lines, args.at, args.positional[0]?.env);
  },
  seek: (run, args) => {
    const file = selfFile(run, args);
    const [, to] = args.positional;
    file.position = to?.kind === "int" ? Number(to.value) : 0;
    return int(file.position, args.at);
  },
  readable: (_run, args) => bool(true, args.at),
  close: (_run, args) => none(args.at),
  __enter__: (_run, args) => args.positional[0] ?? none(),
  __exit__: (_run, args) => none(args.at),
  __iter__: (run, args) => {
    const file = selfFile(run, args);
    const next = () => {
      const line = takeLine(file);
      return line === "" ? undefined : piece(file, line, args);
    };
    return { kind: "iterator", type: "file", next, at: args.at, env: args.positional[0]?.env ?? [] };
  },
};

export function installFile(): void {
  addMethods(types.file, fileMethods);
}

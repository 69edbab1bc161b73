import type { Call, Expression } from "../../python/tree.ts";
import type { Piece } from "../shell/words.ts";
import type { PythonValues } from "./python-values.ts";

/** A program as a call starts it; a server's own function is written as the command that does the same. */
export interface StartedProgram {
  readonly words: readonly (readonly Piece[])[];
  readonly shell?: boolean;
  readonly folder?: readonly Piece[] | undefined;
}

type Reader = (call: Call, values: PythonValues) => StartedProgram | undefined;

const text = (value: string): readonly Piece[] => [{ kind: "text", text: value }];

/** The functions that start programs or serve, by their dotted name. */
export const callables: Readonly<Record<string, Reader>> = {
  // https://www.uvicorn.org/settings/ (0.51): every option is an argument of the same name.
  "uvicorn.run": server("uvicorn"),
  "uvicorn.main.run": server("uvicorn"),
  "uvicorn.Config": server("uvicorn"),
  "uvicorn.config.Config": server("uvicorn"),
  // https://docs.pylonsproject.org/projects/waitress/en/latest/arguments.html (3.0)
  "waitress.serve": server("waitress-serve"),
  // https://github.com/emmett-framework/granian (2.8): Granian(target, address=, port=)
  "granian.Granian": server("granian", { address: "host" }),
  "granian.server.Granian": server("granian", { address: "host" }),
  // https://hypercorn.readthedocs.io/en/latest/how_to_guides/api_usage.html (0.18)
  "hypercorn.asyncio.serve": hypercorn,
  "hypercorn.trio.serve": hypercorn,
  "flask.Flask().run": (call, values) => {
    const { words } = server("flask")({ ...call, args: [] }, values) ?? { words: [] };
    return { words: [text("flask"), text("run"), ...words.slice(1)] };
  },
  // https://docs.gunicorn.org/en/stable/custom.html: what the options are, only a run tells.
  "gunicorn.app.wsgiapp.run": () => ({ words: [text("gunicorn"), [{ kind: "arguments" }]] }),
  "gunicorn.app.wsgiapp.WSGIApplication().run": () => ({
    words: [text("gunicorn"), [{ kind: "arguments" }]],
  }),
  "django.core.management.execute_from_command_line": (call, values) => {
    const [first] = call.args;
    const words = first ? values.words(first) : [text(""), [{ kind: "arguments" } as const]];
    return { words: words ? [text("manage.py"), ...words.slice(1)] : unknown(first, values) };
  },
  "django.core.management.call_command": (call, values) => ({
    words: [text("manage.py"), ...call.args.map((argument) => values.word(argument))],
  }),
  "os.system": shell,
  "os.popen": shell,
  "subprocess.getoutput": shell,
  "subprocess.run": subprocess,
  "subprocess.call": subprocess,
  "subprocess.check_call": subprocess,
  "subprocess.check_output": subprocess,
  "subprocess.Popen": subprocess,
  "os.execv": replaced,
  "os.execve": replaced,
  "os.execvp": replaced,
  "os.execvpe": replaced,
  "os.execl": (call, values) => spelledOut(call.args, values),
  "os.execlp": (call, values) => spelledOut(call.args, values),
};

/** A server's function: the application first, then its options as keywords. `renamed` are those of another name. */
function server(program: string, renamed: Readonly<Record<string, string>> = {}): Reader {
  return ({ args, keywords }, values) => {
    const given = args[0] ?? keywords.find(({ arg }) => arg === "app" || arg === "target")?.value;
    const words = [text(program), ...(given ? [values.application(given)] : [])];
    for (const { arg, value } of keywords) {
      if (arg === null) words.push([{ kind: "computed", source: "$(options)" }]);
      else if (arg !== "app" && arg !== "target") words.push(...option(renamed[arg] ?? arg, value, values));
    }
    return { words };
  };
}

function option(name: string, value: Expression, values: PythonValues): readonly (readonly Piece[])[] {
  const written = `--${name.replaceAll("_", "-")}`;
  if (value.nodeType === "Constant") {
    if (value.value === true) return [text(written)];
    if (value.value === false || value.value === null) return [];
  }
  // `Interfaces.ASGI`, an enumeration's member, is `asgi` on the command line.
  const isMember = value.nodeType === "Attribute" && /^[A-Z]+$/.test(value.attr);
  const word = isMember ? text(value.attr.toLowerCase()) : values.word(value);
  return [[{ kind: "text", text: `${written}=` }, ...word]];
}

/** `serve(app, config)`, where `config.bind` was assigned before. */
function hypercorn({ args }: Call, values: PythonValues): StartedProgram {
  const [app, config] = args;
  const words = [text("hypercorn"), ...(app ? [values.application(app)] : [])];
  for (const name of ["bind", "workers", "graceful_timeout", "keep_alive_timeout"]) {
    const value = config && values.attribute(config, name);
    const option = name === "keep_alive_timeout" ? "keep-alive" : name.replaceAll("_", "-");
    const many = value && (values.words(value) ?? [values.word(value)]);
    for (const word of many ?? []) words.push([{ kind: "text", text: `--${option}=` }, ...word]);
  }
  return { words };
}

function shell({ args }: Call, values: PythonValues): StartedProgram | undefined {
  const [first] = args;
  return first && { words: [values.word(first)], shell: true };
}

function subprocess({ args, keywords }: Call, values: PythonValues): StartedProgram | undefined {
  const keyword = (name: string) => keywords.find(({ arg }) => arg === name)?.value;
  const first = args[0] ?? keyword("args");
  if (!first) return undefined;
  const isShell = keyword("shell");
  const directory = keyword("cwd");
  const folder = directory && values.word(directory);
  const words = values.words(first);
  if (words) return { words, folder };
  const given = isShell?.nodeType === "Constant" && isShell.value === true;
  return { words: [values.word(first)], shell: given, folder };
}

/** `os.execvp("gunicorn", ["gunicorn", "shop.wsgi"])` */
function replaced({ args }: Call, values: PythonValues): StartedProgram | undefined {
  const [file, list] = args;
  if (!file) return undefined;
  const words = list && values.words(list);
  return { words: words ? [values.word(file), ...words.slice(1)] : unknown(list ?? file, values) };
}

/** `os.execlp("gunicorn", "gunicorn", "shop.wsgi")` */
function spelledOut(args: readonly Expression[], values: PythonValues): StartedProgram | undefined {
  const [file, , ...rest] = args;
  return file && { words: [values.word(file), ...rest.map((argument) => values.word(argument))] };
}

function unknown(expression: Expression | undefined, values: PythonValues): readonly (readonly Piece[])[] {
  return [expression ? values.word(expression) : [{ kind: "computed", source: "$(…)" }]];
}

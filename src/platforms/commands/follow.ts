import type { ProjectFiles } from "../../files/project-files.ts";
import { type Location, locator } from "../../location.ts";
import type { Command, Mount } from "../manifest.ts";
import { baseName, fromContainer, resolvePath } from "../paths.ts";
import { type Argument, expand, expandWords, literally, type Variables } from "../shell/expand.ts";
import { parseShell, type ShellCommand } from "../shell/script.ts";
import { runners } from "./runners.ts";
import { unwrap } from "./wrappers.ts";

/** A program that a command starts, with what wraps it taken off. */
export interface Launch {
  /** Without its folder: "gunicorn", "manage.py"; "python" for a script or a module that is not a program. */
  readonly program: string;
  readonly args: readonly Argument[];
  /** The folder of the project that it runs in; undefined if it cannot be told. */
  readonly folder: string | undefined;
  /** Variables that the command sets for it. */
  readonly env: ReadonlyMap<string, Argument>;
  /** The command, in the file that holds it. */
  readonly at: Location;
  /** It only runs if a test in a script says so. */
  readonly conditional: boolean;
  /** The proxy that is started in front of it, in the same container: "nginx". */
  readonly front: string | undefined;
}

export interface Launches {
  /** In the order in which they start. */
  readonly launches: readonly Launch[];
  /** What could not be followed, one sentence each. */
  readonly unclear: readonly string[];
}

/** Scripts are followed from the command into a file, and from there into another. */
const deepest = 2;
/** No process of a real project runs as many commands. */
const most = 5000;
/** Nor does any start as many scripts and runners. */
const mostScripts = 50;
/** Nor is any script as long, in characters. */
const longestScript = 50_000;
/** Nor is any command wrapped as often. */
const deepestWrapping = 40;

const shells = new Set(["sh", "bash", "dash", "zsh", "ash", "ksh"]);
/** Builtins, and small programs, that start nothing. */
const quiet = new Set(
  "alias cat chmod chown cp date echo eval false hash kill let ln local ls mkdir mv printf pwd read readonly return rm sed set shift shopt sleep source test touch trap true type ulimit umask unset wait yes . : [ [[ exit".split(
    " ",
  ),
);

/** What a module that is run with `python -m` is called as a program. */
const moduleNames: Readonly<Record<string, string>> = {
  django: "django-admin",
  manage: "manage.py",
  waitress: "waitress-serve",
};

interface State {
  folder: string | undefined;
  readonly variables: Map<string, string | undefined>;
  readonly env: ReadonlyMap<string, Argument>;
  readonly parameters: readonly Argument[];
  readonly conditional: boolean;
  readonly front: string | undefined;
  readonly depth: number;
  readonly wrapping: number;
}

/** A program, or a sentence that says what could not be followed. */
type Found = Launch | string;

/** The programs that a command starts, followed through the project's own scripts. Never throws. */
export function launchesOf(declared: Command, files: ProjectFiles, variables: Variables): Launches {
  const mounts: readonly Mount[] = declared.mounts ?? [];
  let budget = most;
  let scripts = mostScripts;
  const found = [
    ...followText(
      declared.shell === false ? literally(declared.command) : declared.command,
      () => declared.at,
      {
        folder: declared.folderUnclear === undefined ? (declared.folder ?? "") : undefined,
        variables: new Map(variables),
        env: new Map(),
        parameters: [],
        conditional: false,
        front: undefined,
        depth: 0,
        wrapping: 0,
      },
    ),
  ];
  const unclear = found.filter((item) => typeof item === "string");
  if (declared.folderUnclear !== undefined) unclear.unshift(declared.folderUnclear);
  return { launches: found.filter((item) => typeof item !== "string"), unclear: [...new Set(unclear)] };

  function* followText(
    text: string,
    place: (start: number, end: number) => Location,
    state: State,
  ): Generator<Found> {
    for (const command of parseShell(text)) {
      budget -= 1;
      if (budget < 0) return;
      yield* followCommand(command, place(command.start, command.end), state);
    }
  }

  function* followCommand(command: ShellCommand, at: Location, state: State): Generator<Found> {
    const assigned = command.assignments.map(
      ({ name, value }) => [name, expand(value, state.variables, state.parameters)] as const,
    );
    const argv = expandWords(command.words, state.variables, state.parameters);
    if (argv.length === 0 || argv[0]?.text === "export") {
      for (const [name, value] of assigned) assign(state, name, value);
      for (const { text, known } of argv.slice(1)) {
        const [name, ...rest] = text.split("=");
        if (rest.length > 0) assign(state, name ?? "", { text: rest.join("="), known });
      }
      return;
    }
    if (argv[0]?.text === "cd") {
      const target = argv[1]?.known ? argv[1].text : undefined;
      const folder = target === undefined ? undefined : locate(target, state.folder);
      if (folder === undefined) yield `it changes into ${argv[1]?.text ?? "the home folder"}`;
      state.folder = folder;
      return;
    }
    const env = new Map([...state.env, ...assigned]);
    yield* start(argv, at, { ...state, env, conditional: state.conditional || command.conditional });
  }

  function assign(state: State, name: string, value: Argument): void {
    state.variables.set(name, value.known ? value.text : undefined);
  }

  /** A path as the command writes it, as a path in the project. */
  function locate(path: string, folder: string | undefined): string | undefined {
    if (path.startsWith("/")) return fromContainer(path, mounts);
    return folder === undefined ? undefined : resolvePath(folder, path);
  }

  function* start(argv: readonly Argument[], at: Location, outer: State): Generator<Found> {
    const [first, ...args] = argv;
    if (!first || outer.wrapping > deepestWrapping) return;
    const state = { ...outer, wrapping: outer.wrapping + 1 };
    if (!first.known) {
      yield `${first.text} is not known`;
      return;
    }
    const name = baseName(first.text);
    if (name === "env") return yield* startWithEnv(args, at, state);
    const wrapped = unwrap(argv);
    if (wrapped) {
      const folder = name === "uv" ? directoryOption(argv, state.folder) : state.folder;
      return yield* start(wrapped.argv, at, { ...state, folder, front: wrapped.front ?? state.front });
    }
    if (shells.has(name)) return yield* startShell(name, args, at, state);
    if (name === "su") {
      const index = args.findIndex(({ text }) => text === "-c");
      const inner = index < 0 ? undefined : args[index + 1];
      if (inner) yield* followText(inner.text, () => at, copy(state));
      return;
    }
    if (/^(?:python|pypy)[\d.]*$/.test(name)) return yield* startPython(args, at, state);
    const runner = Object.hasOwn(runners, name) ? runners[name] : undefined;
    if (runner) {
      scripts -= 1;
      return yield* scripts < 0 ? [] : startRunner(runner(files, state.folder ?? "", args), name, state);
    }
    if (quiet.has(name)) return;
    const path = locate(first.text, state.folder);
    if (name === "manage.py") return yield launch("manage.py", args, at, state);
    const isScript = /\//.test(first.text) || /\.(?:sh|bash)$/.test(name);
    if (path !== undefined && isScript && files.isFile(path)) return yield* startFile(path, args, at, state);
    if (isScript && !/(?:^|\/)s?bin\/[^/]+$/.test(first.text)) {
      yield `${first.text} is not in the project`;
      return;
    }
    yield launch(name, args, at, state);
  }

  function launch(program: string, args: readonly Argument[], at: Location, state: State): Launch {
    const { folder, env, conditional, front } = state;
    const set = [...state.variables].flatMap(([name, value]) =>
      variables.get(name) === value && variables.has(name)
        ? []
        : [[name, { text: value ?? `$${name}`, known: value !== undefined }] as const],
    );
    return { program, args, folder, env: new Map([...set, ...env]), at, conditional, front };
  }

  function* startWithEnv(args: readonly Argument[], at: Location, state: State): Generator<Found> {
    const env = new Map(state.env);
    let index = 0;
    for (; index < args.length; index++) {
      const { text, known } = args[index] ?? { text: "", known: true };
      const [, name, value] = /^([A-Za-z_]\w*)=(.*)$/s.exec(text) ?? [];
      if (name !== undefined) env.set(name, { text: value ?? "", known });
      else if (text === "-u" || text === "--unset") index += 1;
      else if (!text.startsWith("-")) break;
    }
    yield* start(args.slice(index), at, { ...state, env });
  }

  function* startShell(
    name: string,
    args: readonly Argument[],
    at: Location,
    state: State,
  ): Generator<Found> {
    const index = args.findIndex(({ text }) => /^-[a-z]*c$/.test(text));
    const script = args.findIndex(({ text }) => !/^[-+]/.test(text));
    if (index >= 0 && (script < 0 || index < script)) {
      const inner = args[index + 1];
      // The word behind the text is `$0`.
      const parameters = args.slice(index + 3);
      if (inner) yield* followText(inner.text, () => at, { ...copy(state), parameters });
      return;
    }
    const file = args[script];
    const path = file?.known ? locate(file.text, state.folder) : undefined;
    if (path !== undefined && files.isFile(path)) yield* startFile(path, args.slice(script + 1), at, state);
    else yield file ? `${file.text} is not in the project` : `${name} reads its commands from elsewhere`;
  }

  function* startPython(args: readonly Argument[], at: Location, state: State): Generator<Found> {
    let index = 0;
    while (index < args.length && /^-[A-Za-z]+$/.test(args[index]?.text ?? "")) {
      const option = args[index]?.text ?? "";
      const module = args[index + 1];
      if (/^-[A-Za-z]*m$/.test(option)) {
        if (!module) return;
        const program = moduleNames[module.text] ?? module.text;
        return yield* start([{ ...module, text: program }, ...args.slice(index + 2)], at, state);
      }
      if (/^-[A-Za-z]*c$/.test(option)) {
        yield "it runs Python code that is given on the command line";
        return;
      }
      index += option === "-X" || option === "-W" ? 2 : 1;
    }
    const script = args[index];
    if (!script) return;
    if (baseName(script.text) === "manage.py")
      return yield launch("manage.py", args.slice(index + 1), at, state);
    yield launch("python", args.slice(index), at, state);
  }

  function* startFile(path: string, args: readonly Argument[], at: Location, state: State): Generator<Found> {
    scripts -= 1;
    const text = scripts < 0 ? undefined : files.text(path);
    if (text === undefined || text.length > longestScript) {
      yield `${path} cannot be ${text === undefined ? "read" : "followed: it is too long"}`;
      return;
    }
    const [, interpreter] = /^#!\s*(\S+(?:[ \t]+\S+)?)/.exec(text) ?? [];
    if (interpreter !== undefined && /python/.test(interpreter)) {
      return yield* startPython([{ text: path, known: true }, ...args], at, state);
    }
    if (interpreter !== undefined && !/\b(?:sh|bash|dash|zsh|ash)\b|execlineb/.test(interpreter)) {
      yield `${path} is no shell script`;
      return;
    }
    if (state.depth >= deepest) {
      yield `${path} is started by a script that is started by a script`;
      return;
    }
    yield* followText(text, locator(path, text), {
      ...copy(state),
      parameters: args,
      depth: state.depth + 1,
    });
  }

  function* startRunner(
    recipes: ReturnType<(typeof runners)[string]>,
    name: string,
    state: State,
  ): Generator<Found> {
    if (typeof recipes === "string") yield recipes;
    else if (state.depth >= deepest) yield `${name} is started by a script that is started by a script`;
    else {
      for (const { command, folder, at } of recipes) {
        yield* followText(command, () => at, { ...copy(state), folder, depth: state.depth + 1 });
      }
    }
  }

  function directoryOption(argv: readonly Argument[], folder: string | undefined): string | undefined {
    const index = argv.findIndex(({ text }) => text === "--directory");
    const value = index < 0 ? undefined : argv[index + 1]?.text;
    return value === undefined ? folder : locate(value, folder);
  }
}

/** What a child process changes, its parent does not see. */
function copy(state: State): State {
  return { ...state, variables: new Map([...state.variables].concat(known(state.env))) };
}

function known(env: ReadonlyMap<string, Argument>): [string, string | undefined][] {
  return [...env].map(([name, value]) => [name, value.known ? value.text : undefined]);
}

import type { ProjectFiles } from "../../files/project-files.ts";
import { type Location, locator } from "../../location.ts";
import type { Command, Mount } from "../manifest.ts";
import { baseName, folderOf, fromContainer, resolvePath } from "../paths.ts";
import { settledText } from "../shell/evaluate-test.ts";
import { type Argument, expand, expandWords, literally, type Variables } from "../shell/expand.ts";
import { parseTree, type SimpleCommand } from "../shell/tree.ts";
import { envCall, pythonCommand, quiet, shellCall, shells } from "./interpreters.ts";
import type { Launch, Launches } from "./launch.ts";
import { type ParsedTables, type ProjectScript, projectScript } from "./project-scripts.ts";
import { type PythonLaunch, readPythonScript } from "./python-script.ts";
import type { Recipe, Recipes } from "./recipe.ts";
import { runners } from "./runners.ts";
import { childOf, type State } from "./state.ts";
import { type Outcome, ran, statusOf, type Walker, walkList } from "./walk.ts";
import { unwrap } from "./wrappers.ts";

export type { Launch, Launches } from "./launch.ts";

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
/** Nor do functions call each other as deep. */
const deepestCalls = 8;

/** What a module that is run with `python -m` is called as a program. */
const moduleNames: Readonly<Record<string, string>> = {
  django: "django-admin",
  manage: "manage.py",
  waitress: "waitress-serve",
};

/** A program, or a sentence that says what could not be followed. */
type Found = Launch | string;

type Following = Generator<Found, Outcome>;

/** The programs that a command starts, followed through the project's own scripts. Never throws. */
export function launchesOf(declared: Command, files: ProjectFiles, variables: Variables): Launches {
  const mounts: readonly Mount[] = declared.mounts ?? [];
  let budget = most;
  let scripts = mostScripts;
  const tables: ParsedTables = new Map();
  const text = declared.shell === false ? literally(declared.command) : declared.command;
  const found = [
    ...followText(text, () => declared.at, {
      moment: {
        folder: declared.folderUnclear === undefined ? (declared.folder ?? "") : undefined,
        variables: new Map(variables),
        assigned: new Map(),
        parameters: [],
      },
      functions: new Map(),
      env: new Map(),
      conditional: false,
      front: undefined,
      imports: undefined,
      depth: 0,
      wrapping: 0,
      calls: 0,
    }),
  ];
  const unclear = found.filter((item) => typeof item === "string");
  if (declared.folderUnclear !== undefined) unclear.unshift(declared.folderUnclear);
  return { launches: found.filter((item) => typeof item !== "string"), unclear: [...new Set(unclear)] };

  function followText(text: string, place: Walker<Found>["place"], state: State): Following {
    return walkList(parseTree(text), walkerAt(place), state);
  }

  function walkerAt(place: Walker<Found>["place"]): Walker<Found> {
    return {
      place,
      command: (command, state) => followCommand(command, place(command.start, command.end), state),
      isFolder: (path, { moment }) => files.children(locate(path, moment.folder) ?? " ").length > 0,
      goesOn: () => {
        budget -= 1;
        return budget >= 0;
      },
    };
  }

  function* followCommand(command: SimpleCommand, at: Location, state: State): Following {
    const { moment } = state;
    const parameters = moment.parameters ?? [{ text: "$@", known: false }];
    const assigned = command.assignments.map(
      ({ name, value }) => [name, expand(value, moment.variables, parameters)] as const,
    );
    const argv = expandWords(command.words, moment.variables, parameters);
    const [first, ...args] = argv;
    if (!first) {
      for (const [index, [name, value]] of assigned.entries()) {
        const own = settledText(command.assignments[index]?.value ?? [], {
          ...moment,
          isFolder: () => false,
        });
        assign(state, name, value, own);
      }
      return ran;
    }
    const status = statusOf(command);
    if (status !== undefined) return { status, ends: undefined };
    switch (first.known ? first.text : "") {
      case "export":
      case "local":
      case "declare":
      case "typeset":
        for (const { text, known } of args) {
          const [name = "", ...rest] = text.split("=");
          if (rest.length > 0) assign(state, name, { text: rest.join("="), known }, undefined);
        }
        return ran;
      case "cd": {
        const folder = args[0]?.known ? locate(args[0].text, moment.folder) : undefined;
        if (folder === undefined) yield `it changes into ${args[0]?.text ?? "the home folder"}`;
        moment.folder = folder;
        return ran;
      }
      case "set": {
        const dashes = args.findIndex(({ text }) => text === "--");
        if (dashes >= 0) moment.parameters = args.slice(dashes + 1);
        return ran;
      }
      case "shift": {
        const count = args[0] ? Number(args[0].text) : 1;
        moment.parameters = Number.isInteger(count) ? moment.parameters?.slice(count) : undefined;
        return ran;
      }
      case "exit":
        return { status: "ran", ends: "script" };
      case "return":
        return { status: "ran", ends: "function" };
      case "eval": {
        const unknown = args.find(({ known }) => !known);
        if (unknown) yield `${unknown.text} is not known`;
        else yield* followText(args.map(({ text }) => text).join(" "), () => at, deeper(state));
        return ran;
      }
      case "source":
      case ".":
        return yield* source(args, state);
    }
    const called = state.functions.get(first.text);
    if (called && state.calls < deepestCalls) {
      const outer = moment.parameters;
      moment.parameters = args;
      const within = { ...state, calls: state.calls + 1 };
      const outcome = yield* walkList(called.body, walkerAt(called.place), within);
      moment.parameters = outer;
      return outcome.ends === "function" ? ran : outcome;
    }
    const env = new Map([...state.env, ...assigned]);
    yield* start(argv, at, { ...state, env });
    return { status: "ran", ends: command.replaces ? "script" : undefined };
  }

  function assign({ moment }: State, name: string, value: Argument, own: string | undefined): void {
    moment.variables.set(name, value.known ? value.text : undefined);
    moment.assigned.set(name, own);
  }

  function deeper(state: State): State {
    return { ...state, wrapping: state.wrapping + 1 };
  }

  /** A file whose commands run in the same shell. One that is not in the project sets variables, at most. */
  function* source(args: readonly Argument[], state: State): Following {
    const path = args[0]?.known ? locate(args[0].text, state.moment.folder) : undefined;
    const text = path === undefined ? undefined : files.text(path);
    scripts -= 1;
    if (path === undefined || text === undefined || text.length > longestScript || scripts < 0) return ran;
    if (state.depth >= deepest) return ran;
    const outcome = yield* followText(text, locator(path, text), { ...state, depth: state.depth + 1 });
    return outcome.ends === "function" ? ran : outcome;
  }

  /** A path as the command writes it, as a path in the project. */
  function locate(path: string, folder: string | undefined): string | undefined {
    if (path.startsWith("/")) return fromContainer(path, mounts);
    return folder === undefined ? undefined : resolvePath(folder, path);
  }

  function* start(argv: readonly Argument[], at: Location, outer: State): Generator<Found> {
    const [first, ...args] = argv;
    if (!first || outer.wrapping > deepestWrapping) return;
    const state = deeper(outer);
    if (!first.known) {
      yield `${first.text} is not known`;
      return;
    }
    const name = baseName(first.text);
    const { folder } = state.moment;
    if (name === "env") {
      const { sets, argv: command } = envCall(args);
      return yield* start(command, at, { ...state, env: new Map([...state.env, ...sets]) });
    }
    const task = projectScript(argv, files, folder, tables);
    if (task) return yield* startProjectScript(task, at, state);
    const wrapped = unwrap(argv);
    if (wrapped) {
      const moved = name === "uv" ? directoryOption(argv, folder) : folder;
      const within = moved === folder ? state : inFolder(childOf(state), moved);
      return yield* start(wrapped.argv, at, { ...within, front: wrapped.front ?? state.front });
    }
    if (shells.has(name)) return yield* startShell(name, args, at, state);
    if (name === "su") {
      const index = args.findIndex(({ text }) => text === "-c");
      const inner = index < 0 ? undefined : args[index + 1];
      if (inner) yield* followText(inner.text, () => at, childOf(state));
      return;
    }
    if (/^(?:python|pypy)[\d.]*$/.test(name)) return yield* startPython(args, at, state);
    const runner = Object.hasOwn(runners, name) ? runners[name] : undefined;
    if (runner) {
      scripts -= 1;
      if (scripts < 0) return;
      const question = {
        files,
        folder: folder ?? "",
        program: first.text,
        at,
        args,
        mounts,
        locate: (path: string) => locate(path, folder ?? ""),
      };
      const recipes = runner(question);
      if (recipes !== undefined) return yield* startRecipes(recipes, name, state);
    }
    if (quiet.has(name)) return;
    const path = locate(first.text, folder);
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
    const { moment, env, conditional, forgiven, front, imports } = state;
    const set = [...moment.variables].flatMap(([name, value]) =>
      variables.get(name) === value && variables.has(name)
        ? []
        : [[name, { text: value ?? `$${name}`, known: value !== undefined }] as const],
    );
    const all = new Map([...set, ...env]);
    const started = { program, args, folder: moment.folder, imports, env: all, at, conditional, front };
    return forgiven === undefined ? started : { ...started, forgiven };
  }

  function* startShell(
    name: string,
    args: readonly Argument[],
    at: Location,
    state: State,
  ): Generator<Found> {
    const { kind, what, parameters } = shellCall(args);
    if (kind === "text") {
      if (what) yield* followText(what.text, () => at, withParameters(childOf(state), parameters));
      return;
    }
    const path = what?.known ? locate(what.text, state.moment.folder) : undefined;
    if (path !== undefined && files.isFile(path)) yield* startFile(path, parameters, at, state);
    else yield what ? `${what.text} is not in the project` : `${name} reads its commands from elsewhere`;
  }

  function* startPython(args: readonly Argument[], at: Location, state: State): Generator<Found> {
    const call = pythonCommand(args);
    if (call.kind === "code") yield "it runs Python code that is given on the command line";
    if (call.kind === "code" || call.kind === "nothing") return;
    const { name, args: rest } = call;
    const { folder } = state.moment;
    if (call.kind === "module") {
      const stem = locate(name.text.replaceAll(".", "/"), folder);
      const own = [`${stem}.py`, `${stem}/__main__.py`].find((path) => files.isFile(path));
      if (name.known && own !== undefined && baseName(own) !== "manage.py") {
        return yield* startPythonFile(own, undefined, [name, ...rest], at, state);
      }
      const program = Object.hasOwn(moduleNames, name.text) ? moduleNames[name.text] : undefined;
      return yield* start([{ ...name, text: program ?? name.text }, ...rest], at, state);
    }
    if (baseName(name.text) === "manage.py") return yield launch("manage.py", rest, at, state);
    const path = name.known ? locate(name.text, folder) : undefined;
    if (path === undefined || !files.isFile(path)) yield launch("python", [name, ...rest], at, state);
    else yield* startPythonFile(path, undefined, [name, ...rest], at, { ...state, imports: folderOf(path) });
  }

  /** `args` begin with the script. Where it starts nothing that we know, it is a program of its own. */
  function* startPythonFile(
    path: string,
    entry: string | undefined,
    args: readonly Argument[],
    at: Location,
    state: State,
  ): Generator<Found> {
    scripts -= 1;
    const text = scripts < 0 ? undefined : files.text(path);
    const isReadable = text !== undefined && text.length <= longestScript && state.depth < deepest;
    const from = state.imports ?? state.moment.folder ?? "";
    const started = isReadable ? readPythonScript(path, text, from, entry) : [];
    if (started.length === 0) yield launch("python", args, at, state);
    for (const one of started) yield* startFromPython(one, args.slice(1), state);
  }

  function* startFromPython(
    { words, shell, folder, at, conditional }: PythonLaunch,
    args: readonly Argument[],
    state: State,
  ): Generator<Found> {
    const child = withParameters(childOf(state), args);
    const within = { ...child, depth: state.depth + 1, conditional: state.conditional || conditional };
    if (folder) {
      const { text, known } = expand(folder, child.moment.variables, args);
      child.moment.folder = known ? locate(text, child.moment.folder) : undefined;
    }
    const argv = expandWords(words, child.moment.variables, args);
    if (!shell) yield* start(argv, at, within);
    else if (argv.every(({ known }) => known)) {
      yield* followText(argv.map(({ text }) => text).join(" "), () => at, within);
    } else yield `${argv[0]?.text ?? "a command"} is not known`;
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
      const script = { text: path, known: true };
      return yield* startPythonFile(path, undefined, [script, ...args], at, {
        ...state,
        imports: folderOf(path),
      });
    }
    if (interpreter !== undefined && !/\b(?:sh|bash|dash|zsh|ash)\b|execlineb/.test(interpreter)) {
      yield `${path} is no shell script`;
      return;
    }
    if (state.depth >= deepest) {
      yield `${path} is started by a script that is started by a script`;
      return;
    }
    const child = { ...withParameters(childOf(state), args), functions: new Map(), depth: state.depth + 1 };
    yield* followText(text, locator(path, text), child);
  }

  function* startRecipes(recipes: Recipes, name: string, state: State): Generator<Found> {
    if (typeof recipes === "string") yield recipes;
    else if (state.depth >= deepest) yield `${name} is started by a script that is started by a script`;
    else for (const recipe of recipes) yield* startRecipe(recipe, state);
  }

  function* startRecipe({ command, folder, at, file, env, shell }: Recipe, state: State): Generator<Found> {
    const given = new Map<string, Argument>([...state.env, ...(env ?? [])]);
    const child = inFolder(childOf({ ...state, env: given }), folder);
    if (file !== undefined) return yield* startFile(file, [], at, child);
    const text = shell === false ? literally(command) : command;
    yield* followText(text, () => at, { ...child, functions: new Map(), depth: state.depth + 1 });
  }

  function* startProjectScript(task: ProjectScript, at: Location, state: State): Generator<Found> {
    scripts -= 1;
    if (scripts < 0) return;
    if (task.kind === "commands") yield* startRecipes(task.recipes, task.name, state);
    else
      yield* startPythonFile(
        task.file,
        task.entry,
        [{ text: task.name, known: true }, ...task.args],
        at,
        state,
      );
  }

  function directoryOption(argv: readonly Argument[], folder: string | undefined): string | undefined {
    const index = argv.findIndex(({ text }) => text === "--directory");
    const value = index < 0 ? undefined : argv[index + 1]?.text;
    return value === undefined ? folder : locate(value, folder);
  }
}

function withParameters(state: State, parameters: readonly Argument[]): State {
  return { ...state, moment: { ...state.moment, parameters, assigned: new Map() } };
}

function inFolder(state: State, folder: string | undefined): State {
  return { ...state, moment: { ...state.moment, folder } };
}

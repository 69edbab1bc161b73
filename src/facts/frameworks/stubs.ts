import type { ProjectFiles } from "../../files/project-files.ts";
import type { Location } from "../../location.ts";
import type { Model } from "../../python/machine.ts";
import { builtin } from "../../python/machine.ts";
import { define, model } from "../../python/models/define.ts";
import { none } from "../../python/models/make.ts";
import type { Value } from "../../python/value.ts";

/**
 * Flask, FastAPI, Starlette and SQLAlchemy as far as their configuration goes, written in Python and run by the
 * interpreter beside the project's own modules: what an application object is told, it keeps. Everything else
 * of these libraries is not known. Compared with Flask 3.1, FastAPI 0.165 and SQLAlchemy 2.1 (2026-11-20).
 */
const stubs: Readonly<Record<string, string>> = {
  _deploy_check_flask: `
import importlib
import json
import os
from _deploy_check import keep
from _deploy_check_unknown import anything


def debug_flag():
    return (os.environ.get("FLASK_DEBUG") or "").lower() not in ("", "0", "false", "no")


def import_string(name):
    name = name.replace(":", ".")
    try:
        return importlib.import_module(name)
    except ImportError:
        if "." not in name:
            raise
    module, _, attribute = name.rpartition(".")
    return getattr(importlib.import_module(module), attribute)


class Config(dict):
    def from_object(self, obj):
        if isinstance(obj, str):
            obj = import_string(obj)
        for key in dir(obj):
            if key.isupper():
                self[key] = getattr(obj, key)

    def from_mapping(self, mapping=None, **kwargs):
        for key, value in dict(mapping or {}, **kwargs).items():
            if key.isupper():
                self[key] = value
        return True

    def from_prefixed_env(self, prefix="FLASK", *, loads=json.loads):
        prefix = prefix + "_"
        for name in sorted(os.environ):
            if name.startswith(prefix):
                self[name[len(prefix):]] = os.environ[name]
        return True

    def from_pyfile(self, filename, silent=False):
        keep("unseen", self, filename)
        return True

    def from_file(self, filename, load, silent=False, text=True):
        keep("unseen", self, filename)
        return True

    def from_envvar(self, variable_name, silent=False):
        keep("unseen", self, variable_name)
        return True

    def __getattr__(self, name):
        return anything(name)


class Flask:
    def __init__(self, import_name=None, *args, **kwargs):
        self.import_name = import_name
        self.name = import_name
        self.wsgi_app = None
        self.extensions = {}
        self.config = Config({"DEBUG": debug_flag(), "TESTING": False, "SECRET_KEY": None})
        keep("flask", self)

    @property
    def secret_key(self):
        return self.config["SECRET_KEY"]

    @secret_key.setter
    def secret_key(self, value):
        self.config["SECRET_KEY"] = value

    @property
    def debug(self):
        return self.config["DEBUG"]

    @debug.setter
    def debug(self, value):
        self.config["DEBUG"] = value

    def run(self, host=None, port=None, debug=None, load_dotenv=True, **options):
        if "FLASK_DEBUG" in os.environ:
            self.debug = debug_flag()
        if debug is not None:
            self.debug = bool(debug)
        keep("served", self, options.get("use_debugger", self.debug))

    def __getattr__(self, name):
        return anything(name)
`,
  _deploy_check_asgi: `
from _deploy_check import keep
from _deploy_check_unknown import anything


class Middleware:
    def __init__(self, cls, *args, **kwargs):
        self.cls = cls
        self.options = kwargs


class Application:
    def __init__(self, **kwargs):
        self.options = kwargs
        self.added = []
        for one in kwargs.get("middleware") or []:
            if isinstance(one, Middleware):
                self.add_middleware(one.cls, **one.options)
        keep(type(self).__name__, self)

    def add_middleware(self, cls, *args, **kwargs):
        self.added.append((cls, kwargs))

    def __getattr__(self, name):
        return anything(name)


class FastAPI(Application):
    pass


class Starlette(Application):
    def __init__(self, debug=False, routes=None, middleware=None, **kwargs):
        super().__init__(debug=debug, middleware=middleware, **kwargs)


class CORSMiddleware:
    def __init__(self, app, **kwargs):
        self.app = app
        self.options = kwargs
        keep("wrapped", self)
`,
  _deploy_check_proxy: `
class ProxyFix:
    def __init__(self, app, *args, **kwargs):
        self.app = app
        self.options = kwargs
`,
  _deploy_check_sqlalchemy: `
from _deploy_check import keep
from _deploy_check_unknown import anything


def create_engine(url, **kwargs):
    keep("engine", url)
    return anything(url)


def create_async_engine(url, **kwargs):
    keep("async-engine", url)
    return anything(url)
`,
};

/** Where each name of a library is found, and in which stub. */
const names: Readonly<Record<string, readonly [stub: string, ...names: string[]]>> = {
  flask: ["_deploy_check_flask", "Flask", "Config"],
  "flask.app": ["_deploy_check_flask", "Flask"],
  "flask.config": ["_deploy_check_flask", "Config"],
  "werkzeug.middleware.proxy_fix": ["_deploy_check_proxy", "ProxyFix"],
  "werkzeug.contrib.fixers": ["_deploy_check_proxy", "ProxyFix"],
  fastapi: ["_deploy_check_asgi", "FastAPI"],
  "fastapi.applications": ["_deploy_check_asgi", "FastAPI"],
  "fastapi.middleware": ["_deploy_check_asgi", "Middleware"],
  "fastapi.middleware.cors": ["_deploy_check_asgi", "CORSMiddleware"],
  "starlette.applications": ["_deploy_check_asgi", "Starlette"],
  "starlette.middleware": ["_deploy_check_asgi", "Middleware"],
  "starlette.middleware.cors": ["_deploy_check_asgi", "CORSMiddleware"],
  sqlalchemy: ["_deploy_check_sqlalchemy", "create_engine"],
  "sqlalchemy.engine": ["_deploy_check_sqlalchemy", "create_engine"],
  "sqlalchemy.ext.asyncio": ["_deploy_check_sqlalchemy", "create_async_engine"],
  sqlmodel: ["_deploy_check_sqlalchemy", "create_engine"],
};

/** What a run of the project's modules has made, in order. */
export interface Kept {
  /** "flask", "FastAPI", "engine", …: what the stub says of it. */
  readonly kind: string;
  readonly values: readonly Value[];
}

const entryName = "_deploy_check_entry";

/** The folder that holds the stubs, in front of the project's own on `sys.path`. */
export const stubFolder = ".deploy-check";

export const entryFile = `${stubFolder}/${entryName}.py`;

/** A place of the project's own; undefined for one in a stub. */
export function inProject(at: Location | undefined): Location | undefined {
  return at?.file.startsWith(`${stubFolder}/`) ? undefined : at;
}

/** The models, which tell `kept` what is made, and the project's files with the stubs beside them. */
export function withStubs(
  files: ProjectFiles,
  kept: Kept[],
  entry = "",
): { models: readonly Model[]; files: ProjectFiles } {
  const keep = builtin(
    "keep",
    (_, { positional: [kind, ...values] }) => {
      if (kind?.kind === "str") kept.push({ kind: kind.value, values });
      return none(undefined);
    },
    { takesOpaque: true },
  );
  const models = [
    model("_deploy_check", () => [["keep", keep]]),
    model("_deploy_check_unknown", () => [
      [
        "anything",
        define("anything", { rest: true }, ({ machine, at }) => machine.opaque("is not modelled", at), {
          takesOpaque: true,
        }),
      ],
    ]),
    ...Object.entries(names).map(([library, [stub, ...own]]) =>
      model(library, (machine) => {
        const module = machine.import(stub);
        return own.map((name) => [name, machine.attribute(module, name)] as const);
      }),
    ),
  ];
  return { models, files: overlaid(files, { ...stubs, [entryName]: entry }) };
}

/** The same files, with others in `stubFolder` that are only found when they are asked for by path. */
function overlaid(files: ProjectFiles, modules: Readonly<Record<string, string>>): ProjectFiles {
  const texts = new Map<string, string>(
    Object.entries(modules).map(([name, text]) => [`${stubFolder}/${name}.py`, text]),
  );
  return {
    list: files.list,
    tracked: files.tracked,
    passedOver: files.passedOver,
    isIgnored: (path) => files.isIgnored(path),
    children: (folder) => (folder === stubFolder ? [...texts.keys()] : files.children(folder)),
    isFolder: (path) => path === stubFolder || files.isFolder(path),
    isFile: (path) => texts.has(path) || files.isFile(path),
    text: (path) => texts.get(path) ?? files.text(path),
    read(path) {
      const text = texts.get(path);
      return text === undefined ? files.read(path) : { kind: "text", text, encoding: "utf-8" };
    },
  };
}

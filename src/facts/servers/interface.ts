import { folderOf } from "../../files/listing.ts";
import type { ProjectFiles } from "../../files/project-files.ts";
import { parse } from "../../python/syntax.ts";
import type { Expression, Statement } from "../../python/tree.ts";
import { within } from "../packages/package-list.ts";

/** How a server and an application talk: https://peps.python.org/pep-3333/ and https://asgi.readthedocs.io/ */
export type Interface = "wsgi" | "asgi";

/** What calls give, by the last part of their name; "argument" hands on what it is given first. */
const calls: Readonly<Record<string, Interface | "argument">> = {
  get_wsgi_application: "wsgi",
  get_asgi_application: "asgi",
  get_default_application: "asgi",
  ProtocolTypeRouter: "asgi",
  FastAPI: "asgi",
  Starlette: "asgi",
  Litestar: "asgi",
  Quart: "asgi",
  Flask: "wsgi",
  Bottle: "wsgi",
  Cling: "wsgi",
  StaticFilesHandler: "argument",
  WhiteNoise: "wsgi",
  DjangoWhiteNoise: "wsgi",
  SentryWsgiMiddleware: "wsgi",
  SentryAsgiMiddleware: "asgi",
  OpenTelemetryMiddleware: "argument",
  CORSMiddleware: "argument",
  WsgiToAsgi: "asgi",
  // a2wsgi calls its adapters after what they take.
  ASGIMiddleware: "wsgi",
  WSGIMiddleware: "asgi",
};

/** The interface of what a module calls by a name, from its text; undefined if it cannot be told. */
export function interfaceOf(
  files: ProjectFiles,
  file: string,
  attribute: string,
  hops = 0,
): Interface | undefined {
  const text = files.text(file);
  const parsed = text === undefined ? undefined : parse(text, file);
  if (parsed?.kind !== "module") return undefined;
  const { body } = parsed.module;
  const own = ofName(body, attribute, 0);
  if (own !== undefined || hops >= mostHops) return own;
  const from = importedFrom(body, attribute);
  const path =
    from && [folderOf(file), ""].map((folder) => within(folder, from.path)).find((one) => files.isFile(one));
  return from && path !== undefined ? interfaceOf(files, path, from.name, hops + 1) : undefined;
}

/** Modules that hand an application on are followed this far. */
const mostHops = 3;

/** Where a name comes from, if a module imports it, or calls an imported one by another name. */
function importedFrom(body: readonly Statement[], attribute: string) {
  const bound = body.flatMap((statement) => bindingsIn(statement, attribute)).at(-1);
  if (bound && bound.nodeType !== "Name") return undefined;
  const wanted = bound?.nodeType === "Name" ? bound.id : attribute;
  for (const statement of body) {
    if (statement.nodeType !== "ImportFrom" || !statement.module) continue;
    const found = statement.names.find(({ name, asname }) => (asname ?? name) === wanted);
    if (found) return { path: `${statement.module.replaceAll(".", "/")}.py`, name: found.name };
  }
  return undefined;
}

const deepest = 10;

function ofName(body: readonly Statement[], name: string, depth: number): Interface | undefined {
  if (depth > deepest) return undefined;
  const found = body.flatMap((statement, index) =>
    bindingsIn(statement, name).map((expression) => ({ expression, index })),
  );
  if (found.length > 0) {
    const answers = found.map(({ expression, index }) =>
      ofExpression(body.slice(0, index), expression, depth + 1),
    );
    // What is wrapped stays what it was; bindings that differ leave it open.
    const last = answers.at(-1);
    return last;
  }
  const defined = body.findLast(
    (statement) =>
      (statement.nodeType === "FunctionDef" || statement.nodeType === "AsyncFunctionDef") &&
      statement.name === name,
  );
  if (defined?.nodeType === "AsyncFunctionDef") return "asgi";
  return defined?.nodeType === "FunctionDef" ? "wsgi" : undefined;
}

/** What a statement at module level assigns to a name, also within `if` and `try`. */
function bindingsIn(statement: Statement, name: string): readonly Expression[] {
  switch (statement.nodeType) {
    case "Assign":
      return statement.targets.some((target) => target.nodeType === "Name" && target.id === name)
        ? [statement.value]
        : [];
    case "AnnAssign":
      return statement.target.nodeType === "Name" && statement.target.id === name && statement.value
        ? [statement.value]
        : [];
    case "If":
      return [...statement.body, ...statement.orelse].flatMap((one) => bindingsIn(one, name));
    case "Try":
      return [...statement.body, ...statement.orelse].flatMap((one) => bindingsIn(one, name));
    default:
      return [];
  }
}

function ofExpression(
  before: readonly Statement[],
  expression: Expression,
  depth: number,
): Interface | undefined {
  if (depth > deepest) return undefined;
  if (expression.nodeType === "Name") return ofName(before, expression.id, depth);
  if (expression.nodeType !== "Call") return undefined;
  const { func, args } = expression;
  const name = func.nodeType === "Name" ? func.id : func.nodeType === "Attribute" ? func.attr : "";
  const gives = Object.hasOwn(calls, name) ? calls[name] : undefined;
  if (gives !== "argument") return gives;
  const [first] = args;
  return first && ofExpression(before, first, depth + 1);
}

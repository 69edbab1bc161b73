import type { Location } from "../location.ts";
import type { ClassDef, Expression, FunctionDef } from "../python/tree.ts";
import { defineFact, missing } from "./define.ts";
import {
  assigned,
  type Definitions,
  definitionsIn,
  type Named,
  type OwnClass,
  textIn,
} from "./django/apps/definitions.ts";
import { isInstalled } from "./django/static-files.ts";

/** A view of the project's that is made with Django REST framework. */
export interface ApiView {
  readonly name: string;
  readonly at: Location;
  /** Whether it takes requests that change something; undefined where that cannot be told. */
  readonly writes: boolean | undefined;
  /** It says itself who may ask, or asks for the user; undefined where a class that it is made from may. */
  readonly guarded: boolean | undefined;
}

/** The project's views of Django REST framework. Missing where that is not installed. */
export interface ApiViews {
  /** Without those that only others are made from. */
  readonly views: readonly ApiView[];
}

const framework = /\brest_framework\b/;
const deepest = 10;
/** Views that answer in another service's place while developing. */
const standIn = /(?:^|\/)(?:dev|development|mocks?|mock_\w+|fakes?|stubs?)(?:\/|\.py$)/;
/** What people call a class that is there for others to be made from. */
const isBase = /^(?:Base|Abstract)|Base$|Mixin/;

export const apiViews = defineFact<"apiViews", "settings" | "project" | "code">({
  wants: ["settings", "project", "code"],
  read({ files }, { settings, project, code }) {
    if (!settings || !code) return missing("no production settings were found");
    if (isInstalled(settings, "rest_framework") === false)
      return missing("Django REST framework is not installed");
    const path = [...new Set([...(project?.path ?? [""]), ...settings.path])];
    const definitions = definitionsIn(files, code, path);
    const bases = new Set<ClassDef>();
    const found: (ApiView & { readonly node: ClassDef | undefined })[] = [];
    for (const file of code.mentioning(/\brest_framework\b|ViewSet\b|APIView\b/)) {
      if (standIn.test(file.path)) continue;
      for (const own of definitions.classesOf(file)) {
        const traits = traitsOf(own, definitions, 0);
        if (!traits.is || isBase.test(own.node.name)) continue;
        for (const base of own.node.bases) {
          const named = definitions.named(file, base);
          if (named?.kind === "own") bases.add(named.node);
        }
        const { writes, guarded } = traits;
        found.push({ name: own.node.name, at: file.at(own.node), writes, guarded, node: own.node });
      }
      if (!framework.test(file.text)) continue;
      for (const node of file.module.body) {
        if (node.nodeType !== "FunctionDef" && node.nodeType !== "AsyncFunctionDef") continue;
        const view = functionView(node, (each) => file.qualified(each));
        if (!view) continue;
        const guarded = view.guarded || asksForUser(textOf(file.text, node));
        found.push({ name: node.name, at: file.at(node), ...view, guarded, node: undefined });
      }
    }
    const views = found.filter(({ node }) => !node || !bases.has(node));
    return { views: views.map(({ node: _, ...view }) => view) };
  },
});

interface Traits {
  /** It is a view of the framework's. */
  readonly is: boolean;
  readonly writes: boolean | undefined;
  readonly guarded: boolean | undefined;
}
const noTraits: Traits = { is: false, writes: false, guarded: false };

function traitsOf(own: OwnClass, definitions: Definitions, depth: number): Traits {
  if (depth > deepest) return { ...noTraits, writes: undefined, guarded: undefined };
  const { file, node } = own;
  const above = node.bases.map((base) => traitsOfBase(definitions.named(file, base), definitions, depth));
  const { body } = node;
  const only = methodsIn(assigned(body, "http_method_names"));
  const methods = body.flatMap((each) =>
    each.nodeType === "FunctionDef" || each.nodeType === "AsyncFunctionDef" ? [each.name] : [],
  );
  const writes =
    only !== undefined
      ? only.some((method) => changing.test(method))
      : methods.some((name) => changing.test(name) || actions.has(name)) || either(above, "writes");
  const guards =
    assigned(body, "permission_classes") !== undefined ||
    methods.some((name) => guarding.has(name)) ||
    asksForUser(textOf(file.text, node));
  return {
    is: above.some(({ is }) => is),
    writes,
    guarded: guards || either(above, "guarded"),
  };
}

function either(above: readonly Traits[], trait: "writes" | "guarded"): boolean | undefined {
  if (above.some((each) => each[trait] === true)) return true;
  return above.some((each) => each[trait] === undefined) ? undefined : false;
}

function traitsOfBase(named: Named | undefined, definitions: Definitions, depth: number): Traits {
  if (!named) return { is: false, writes: undefined, guarded: undefined };
  if (named.kind === "own") return traitsOf(named, definitions, depth + 1);
  const { name } = named;
  if (/^rest_framework\.(?:views|generics|viewsets|mixins)\./.test(name)) {
    const last = name.slice(name.lastIndexOf(".") + 1);
    const is = !name.startsWith("rest_framework.mixins.");
    return { is, writes: writing.test(last), guarded: false };
  }
  // A library's view may say who may ask; one of Django's says nothing.
  const says = /^(?:object|typing\.|django\.views\.)/.test(name) ? false : undefined;
  return { is: false, writes: says, guarded: says };
}

const writing = /^(?:ModelViewSet|(?:\w*(?:Create|Update|Destroy))\w*(?:APIView|ModelMixin))$/;
const changing = /^(?:post|put|patch|delete)$/i;
const actions = new Set(["create", "update", "partial_update", "destroy"]);
const guarding = new Set([
  "get_permissions",
  "check_permissions",
  "initial",
  "dispatch",
  "perform_authentication",
]);

function methodsIn(node: Expression | undefined): readonly string[] | undefined {
  if (node?.nodeType !== "List" && node?.nodeType !== "Tuple") return undefined;
  return node.elts.flatMap((each) => textIn(each) ?? []);
}

/** Signs that a view asks by itself who is there: whose data it is, a token, a signature. */
function asksForUser(text: string): boolean {
  return /request\.user|is_authenticated|authenticat|login_required|permission|api_?key|signature|hmac|secret|throttle/i.test(
    text,
  );
}

function textOf(
  text: string,
  { lineno, end_lineno }: { readonly lineno: number; readonly end_lineno: number },
): string {
  return text
    .split(/\r\n|\r|\n/)
    .slice(lineno - 1, end_lineno)
    .join("\n");
}

/** `@api_view(["POST"])` */
function functionView(
  node: FunctionDef | { readonly decorator_list: readonly Expression[] },
  qualified: (expression: Expression) => string | undefined,
): Pick<ApiView, "writes" | "guarded"> | undefined {
  const names = node.decorator_list.map(
    (each) => qualified(each.nodeType === "Call" ? each.func : each) ?? "",
  );
  const index = names.indexOf("rest_framework.decorators.api_view");
  const decorator = node.decorator_list[index];
  if (!decorator) return undefined;
  const list =
    decorator.nodeType === "Call" ? (decorator.args[0] ?? decorator.keywords[0]?.value) : undefined;
  const methods = list === undefined ? ["GET"] : methodsIn(list);
  return {
    writes: methods?.some((method) => changing.test(method)),
    guarded: names.some((name) => /permission|login_required|authent|user_passes_test|staff/i.test(name)),
  };
}

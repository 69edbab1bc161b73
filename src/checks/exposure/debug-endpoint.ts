import { defineCheck } from "../../check.ts";
import type { SourceFile } from "../../facts/code/source-file.ts";
import type { Code } from "../../facts/code.ts";
import type { Route } from "../../facts/urls.ts";
import { evidence, fails } from "../../finding.ts";
import type { AsyncFunctionDef, FunctionDef, Statement } from "../../python/tree.ts";
import { shop } from "../example-shop.ts";

const urls = (guard: string) =>
  `from django.conf import settings\nfrom django.urls import path\n\n\ndef trigger_error(request):\n    return 1 / 0\n\n\nurlpatterns = []\n${guard}urlpatterns += [path("sentry-debug/", trigger_error)]\n`;

export default defineCheck({
  id: "debug-endpoint",
  title: "No route is there to crash or to show the inside",
  area: "exposure",
  severity: "warning",
  needs: ["urls", "code"],
  docs: {
    why: "A route that raises an error on purpose lets everybody fill the log and the quota of the error tracker; one that answers with `os.environ` or the settings gives the secrets away.",
    fix: 'Keep it for development:\n\n```python\nif settings.DEBUG:\n    urlpatterns += [path("sentry-debug/", trigger_error)]\n```',
    bad: { ...shop, "shop/urls.py": urls("") },
    good: { ...shop, "shop/urls.py": urls("if settings.DEBUG:\n    ") },
    notReported: [
      "A route under `if settings.DEBUG:`.",
      "A route that is only called so: what its view does counts.",
      "A view that asks for a login, or for staff.",
    ],
    links: ["https://docs.sentry.io/platforms/python/integrations/django/#verify"],
  },
  *run({ urls, code }) {
    for (const route of urls.routes) {
      if (
        !route.sure ||
        route.wrappers.some((name) => /login|staff|superuser|permission|user_passes/.test(name))
      )
        continue;
      const does = whatItDoes(route, code);
      if (does === undefined) continue;
      yield fails(`the route ${route.pattern ?? route.name ?? ""} ${does.does}`, {
        at: route.at,
        fix: `if settings.DEBUG:\n    urlpatterns += [path("${route.pattern ?? ""}", ${route.view?.split(".").at(-1)})]`,
        ...(does.leaks && { severity: "error" }),
      });
    }
    yield evidence("no route is known to crash on purpose or to show the environment");
  },
});

interface Deed {
  readonly does: string;
  readonly leaks: boolean;
}

function whatItDoes({ view, pattern }: Route, code: Code): Deed | undefined {
  if (view === undefined) return undefined;
  if (
    pattern !== undefined &&
    !/debug|error|crash|fail|except|test|sentry|env|settings|config|info|boom|trigger/i.test(
      `${pattern} ${view}`,
    )
  )
    return undefined;
  const dot = view.lastIndexOf(".");
  const [module, name] = [view.slice(0, dot), view.slice(dot + 1)];
  const file = fileOf(code, module);
  const found = file?.module.body.find(
    (node): node is FunctionDef | AsyncFunctionDef =>
      (node.nodeType === "FunctionDef" || node.nodeType === "AsyncFunctionDef") && node.name === name,
  );
  if (!file || !found || found.decorator_list.length > 0) return undefined;
  const body = found.body.filter(({ nodeType }) => nodeType !== "Pass");
  const text = textOf(file, found);
  if (
    /(?:JsonResponse|HttpResponse|Response)\(\s*(?:dict\(|str\(|json\.dumps\(dict\()?\s*os\.environ\b(?!\.get|\[)/.test(
      text,
    )
  )
    return { does: "answers everybody with the environment variables", leaks: true };
  if (body.length <= 2 && body.some(divides))
    return { does: "raises ZeroDivisionError for everybody on purpose", leaks: false };
  const [only, ...more] = body.filter((node) => node.nodeType !== "Expr");
  if (
    only?.nodeType === "Raise" &&
    more.length === 0 &&
    !/Http404|NotFound|PermissionDenied|NotImplemented|Suspicious|BadRequest/.test(text)
  )
    return { does: "raises an error for everybody on purpose", leaks: false };
  return undefined;
}

function fileOf(code: Code, module: string): SourceFile | undefined {
  const end = module.replaceAll(".", "/");
  const path = code.paths.find((each) =>
    [`${end}.py`, `${end}/__init__.py`].some((file) => each === file || each.endsWith(`/${file}`)),
  );
  return path === undefined ? undefined : code.file(path);
}

/** `1 / 0`, as Sentry's guide has it. */
function divides(node: Statement): boolean {
  const value =
    node.nodeType === "Expr" || node.nodeType === "Assign" || node.nodeType === "Return" ? node.value : null;
  return (
    value?.nodeType === "BinOp" &&
    (value.op === "Div" || value.op === "FloorDiv") &&
    value.right.nodeType === "Constant" &&
    value.right.value === 0n
  );
}

function textOf({ text }: SourceFile, { lineno, end_lineno }: FunctionDef | AsyncFunctionDef): string {
  return text
    .split(/\r\n|\r|\n/)
    .slice(lineno - 1, end_lineno)
    .join("\n");
}

import { defineCheck } from "../../check.ts";
import { evidence, fails, notApplicable } from "../../finding.ts";
import type { Value } from "../../python/value.ts";
import { apiShop } from "../example-apps.ts";

export default defineCheck({
  id: "asgi-docs-public",
  title: "Who may read the API's documentation is decided",
  area: "frameworks",
  severity: "info",
  needs: ["pythonApp"],
  docs: {
    why: "FastAPI shows every path, parameter and model at `/docs`, `/redoc` and `/openapi.json`, to everybody. For a public API that is what one wants; for the back end of one application it is a map for whoever looks for holes.",
    fix: 'Turn it off in production, or say that it is meant to be public by naming it:\n\n```\napp = FastAPI(openapi_url="/openapi.json" if settings.show_docs else None)\n```',
    bad: apiShop,
    good: {
      ...apiShop,
      "main.py": (apiShop["main.py"] ?? "").replace("FastAPI()", "FastAPI(openapi_url=None)"),
    },
    notReported: [
      "`docs_url` or `openapi_url` that the code sets to anything: somebody has decided.",
      "Starlette, which has no such pages.",
    ],
    links: ["https://fastapi.tiangolo.com/how-to/conditional-openapi/"],
  },
  *run({ pythonApp }) {
    const { asgi } = pythonApp;
    if (asgi?.kind !== "FastAPI") return yield notApplicable("no application of FastAPI is seen");
    const decided = (["openapi_url", "docs_url"] as const)
      .map((name): [string, Value | undefined] => [name, asgi.option(name)])
      .find(([, value]) => value !== undefined);
    if (decided) return yield evidence(`${decided[0]} is set`, decided[1]?.at);
    yield fails("FastAPI() shows its documentation at /docs and /openapi.json to everybody", { at: asgi.at });
  },
});

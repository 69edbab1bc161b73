import { defineCheck } from "../../check.ts";
import { answersHealthFirst, middlewareIn } from "../../facts/django/middleware.ts";
import { evidence, fails, notApplicable } from "../../finding.ts";
import { textOf } from "../../python/inspect.ts";
import { shop } from "../example-shop.ts";

const urls = (route: string) =>
  `from django.http import HttpResponse\nfrom django.urls import path\n\nurlpatterns = [path("${route}", lambda request: HttpResponse("ok"))]\n`;

const render = {
  "render.yaml":
    "services:\n  - type: web\n    name: shop\n    runtime: python\n    startCommand: gunicorn shop.wsgi\n    healthCheckPath: /healthz\n",
};

/** Middleware that answers what no URL matches. */
const fallbacks = /(?:Flatpage|Redirect)FallbackMiddleware$|RedirectMiddleware$/;

export default defineCheck({
  id: "health-path-unroutable",
  title: "The health check asks for a path that is there",
  area: "platform",
  severity: "error",
  needs: ["urls", "settings", "deployment"],
  wants: ["webServer", "code"],
  docs: {
    why: "The health check asks for a path that no URL pattern matches, so Django answers 404: the new version never counts as healthy, and does not go live.",
    fix: 'Route it, without a redirect on the way:\n\n```python\nfrom django.http import HttpResponse\n\npath("healthz", lambda request: HttpResponse("ok")),\n```',
    bad: { ...shop, ...render, "shop/urls.py": urls("status") },
    good: { ...shop, ...render, "shop/urls.py": urls("healthz") },
    notReported: [
      "A URLconf that cannot be read in full where the path may be in that part: a library's URLs at its root.",
      "A middleware for health checks, or code outside of the URLconf that names the path.",
      "A proxy in front in the same container, another application around Django's, a path below STATIC_URL, files of WHITENOISE_ROOT.",
      "A path that only lacks its slash: `health-redirected`.",
    ],
    links: [
      "https://render.com/docs/health-checks",
      "https://docs.railway.com/guides/healthchecks",
      "https://fly.io/docs/reference/health-checks/",
    ],
  },
  *run({ urls, settings, deployment: { platform }, webServer, code }) {
    const { kind, path, at, accepts, port } = platform.health;
    if (kind !== "http" || path === undefined || !path.startsWith("/"))
      return yield notApplicable(
        `no health check of ${platform.name} asks for a path, as far as the files tell`,
      );
    const answer = urls.answers(path);
    if (answer === "yes") return yield evidence(`the URLconf has a view for ${path}`, at);
    if (answer === "slash")
      return yield notApplicable(`${path} is redirected to ${path}/: health-redirected`);
    if (answer === "unknown")
      return yield notApplicable(`whether the URLconf has ${path} cannot be read statically`);
    if (accepts && accepts[0] <= 404 && accepts[1] >= 404)
      return yield evidence(`${platform.name} counts a 404 as well`, at);
    const middleware = middlewareIn(settings);
    const fallback = middleware.names.find((name) => fallbacks.test(name));
    if (middleware.open || fallback !== undefined || answersHealthFirst(middleware))
      return yield notApplicable(`a middleware may answer ${path}`);
    const folder = ["STATIC_URL", "MEDIA_URL"].map((name) => textOf(settings.get(name).value) ?? "");
    if (settings.get("WHITENOISE_ROOT").explicit || folder.some((url) => url !== "" && isBelow(path, url)))
      return yield notApplicable(`${path} may be a file`);
    const state = webServer?.target?.state;
    const entry = state?.kind === "found" ? code?.file(state.file) : undefined;
    if (!webServer || !entry || webServer.development || !/django/.test(entry.text))
      return yield notApplicable("what the server loads is not known to be Django alone");
    if (/\b(?:FastAPI|Starlette|Flask|mount|DispatcherMiddleware|Litestar)\b/.test(entry.text))
      return yield notApplicable("another application stands around Django's");
    if (
      webServer.front !== undefined ||
      /root[-_]path|SCRIPT_NAME|mount/.test(webServer.process.command) ||
      settings.get("FORCE_SCRIPT_NAME").explicit ||
      (port !== undefined && platform.port.number !== undefined && port !== platform.port.number)
    )
      return yield notApplicable(`${path} may be answered in front of Django`);
    const routed = new Set(urls.routes.map((route) => route.at.file));
    const word = path.replace(/^\/|\/$/g, "").replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    const named = code
      ?.mentioning(new RegExp(`["'\`]/?${word}/?["'\`]`))
      .find((file) => file.path !== urls.file && !routed.has(file.path));
    if (word !== "" && named) return yield notApplicable(`${named.path} names ${path}, and may answer it`);
    yield fails(
      `${platform.name} asks for ${path}, which no pattern of ${urls.module} matches, so the health check gets a 404`,
      {
        at,
        ...(word !== "" && {
          fix: `# ${urls.file}\nfrom django.http import HttpResponse\n\npath("${path.slice(1)}", lambda request: HttpResponse("ok")),`,
        }),
      },
    );
  },
});

function isBelow(path: string, url: string): boolean {
  const folder = url.startsWith("/") ? url : `/${url}`;
  return folder !== "/" && path.startsWith(folder);
}

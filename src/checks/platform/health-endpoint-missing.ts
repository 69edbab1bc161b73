import { defineCheck } from "../../check.ts";
import { answersHealthFirst, middlewareIn } from "../../facts/django/middleware.ts";
import { evidence, fails, notApplicable } from "../../finding.ts";
import { textsIn } from "../../python/inspect.ts";
import { shop } from "../example-shop.ts";

const urls = (patterns: string) =>
  `from django.http import HttpResponse\nfrom django.urls import path\n\nurlpatterns = [${patterns}]\n`;
const home = 'path("", lambda request: HttpResponse("hello"))';

const docker = {
  Procfile: "web: gunicorn shop.wsgi\n",
  "app.json": '{"name": "shop"}\n',
};

/** A route that is there for health checks, by its last part. */
const isHealth =
  /(?:^|[/_-])(?:health|healthz|healthcheck|health[-_]check|livez|live|liveness|readyz|ready|readiness|status|ping|up|alive|heartbeat|lbheartbeat|__\w+__)\/?$|health/i;
const apps =
  /^(?:health_check|watchman|django_alive|dockerflow|easy_health_check|django_healthchecks|heartbeat|django_probes)\b/;

// The catalogue calls it a warning. What a platform does without one is what it did for most projects for years: advice.
export default defineCheck({
  id: "health-endpoint-missing",
  title: "There is a path for health checks",
  area: "platform",
  severity: "info",
  needs: ["urls", "settings", "deployment"],
  wants: ["code"],
  docs: {
    why: "A platform that only connects takes a version for healthy as soon as its server listens, even if every request ends in a 500.",
    fix: 'Route a path that answers without a login or a redirect, and have the platform ask for it:\n\n```python\nfrom django.http import HttpResponse\n\npath("healthz", lambda request: HttpResponse("ok")),\n```',
    bad: { ...shop, ...docker, "shop/urls.py": urls(home) },
    good: {
      ...shop,
      ...docker,
      "shop/urls.py": urls(`${home}, path("healthz", lambda request: HttpResponse("ok"))`),
    },
    notReported: [
      "A health check that asks for a path already, whatever it is called.",
      "An app or a middleware for health checks, and code outside of the URLconf that names such a path.",
      "A URLconf that cannot be read in full at its root.",
    ],
    links: [
      "https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/",
      "https://fly.io/docs/reference/health-checks/",
    ],
  },
  *run({ urls, settings, deployment: { platform }, code }) {
    const { kind, path, at } = platform.health;
    if (kind === "http" && path !== undefined)
      return yield evidence(`the health check of ${platform.name} asks for ${path}`, at);
    if (kind === "unknown")
      return yield notApplicable("how the platform asks whether the app is well is not known");
    const route = urls.routes.find(({ pattern }) => pattern !== undefined && isHealth.test(pattern));
    if (route) return yield evidence(`/${route.pattern} is there for health checks`, route.at);
    const app = textsIn(settings.get("INSTALLED_APPS").value).find((name) => apps.test(name));
    if (app !== undefined) return yield evidence(`${app} is installed`);
    if (answersHealthFirst(middlewareIn(settings)))
      return yield evidence("a middleware answers health checks");
    const [named] =
      code?.mentioning(/["'`]\^?\/?(?:[\w-]+\/)*(?:health\w*|livez|readyz|heartbeat)\/?\$?["'`]/) ?? [];
    if (named) return yield evidence(`${named.path} names a path for health checks`);
    const part = urls.open.find(({ prefix }) => prefix === undefined || prefix === "");
    if (part) return yield notApplicable(`not all of the URLconf is known: it ${part.because}`);
    yield fails(`no path of ${urls.module} is there for health checks, and ${platform.name} asks for none`);
  },
});

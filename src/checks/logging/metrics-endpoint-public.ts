import { defineCheck } from "../../check.ts";
import { middlewareIn } from "../../facts/django/middleware.ts";
import { evidence, fails, notApplicable } from "../../finding.ts";
import { shop } from "../example-shop.ts";

const urls = (patterns: string) =>
  `from django.contrib.admin.views.decorators import staff_member_required\nfrom django.urls import include, path\nfrom django_prometheus.exports import ExportToDjangoView\n\nurlpatterns = [${patterns}]\n`;

/** Views that answer with metrics, by their dotted names. */
const views = /^(?:django_prometheus\.exports\.\w+|prometheus_client\.(?:exposition\.)?\w+)$/;

export default defineCheck({
  id: "metrics-endpoint-public",
  title: "Metrics are not for everyone",
  area: "logging",
  severity: "warning",
  needs: ["urls", "settings"],
  wants: ["webServer", "deployment", "code"],
  docs: {
    why: "django-prometheus answers everyone with the names of all views and tables, how often each is used and how long it takes.",
    fix: "Export metrics on a port that is not public (`PROMETHEUS_METRICS_EXPORT_PORT`), or under a path that the proxy keeps to itself.",
    bad: { ...shop, "shop/urls.py": urls('path("", include("django_prometheus.urls"))') },
    good: {
      ...shop,
      "shop/urls.py": urls('path("metrics", staff_member_required(ExportToDjangoView))'),
    },
    notReported: [
      "A view in a decorator (`login_required`, `staff_member_required`).",
      "Middleware that asks for a login everywhere, and the project's own that looks at the path of the metrics.",
      "A route behind a switch that the operator turns.",
      "A proxy of the project's own in front, which may keep the path to itself.",
    ],
    links: ["https://github.com/django-commons/django-prometheus/blob/master/documentation/exports.md"],
  },
  *run({ urls, settings, webServer, deployment, code }) {
    const found = urls.routes.filter(({ view, sure }) => sure && view !== undefined && views.test(view));
    const [first] = found;
    if (!first) return yield notApplicable("no route that is known answers with metrics");
    const open = found.find(({ wrappers }) => wrappers.length === 0);
    if (!open) return yield evidence("the view of the metrics is wrapped", first.at);
    const guard = middlewareIn(settings).names.find((name) =>
      /login_?required|basic_?auth|ip_?(?:filter|restrict)/i.test(name),
    );
    if (guard !== undefined) return yield evidence(`${guard} stands in front of every view`, first.at);
    const own = code?.mentioning(/\bget_response\b/).find(({ text }) => /["'][^"'\n]*metrics\b/.test(text));
    if (own) return yield evidence(`${own.path} treats requests for metrics in a way of its own`, first.at);
    if (webServer?.front !== undefined || deployment?.platform.tls.endsAt === "own-proxy")
      return yield evidence(
        "a proxy of the project's own stands in front, and may keep it to itself",
        open.at,
      );
    yield fails(`everyone can read the metrics under /${open.pattern ?? "…"}`, { at: open.at });
  },
});

import { defineCheck } from "../../check.ts";
import { commonMiddleware, middlewareIn, securityMiddleware } from "../../facts/django/middleware.ts";
import { evidence, fails, notApplicable } from "../../finding.ts";

const whitenoise = "whitenoise.middleware.WhiteNoiseMiddleware";

const settings = (middleware: readonly string[]) =>
  `MIDDLEWARE = [\n${middleware.map((name) => `    "${name}",\n`).join("")}]\nROOT_URLCONF = "shop.urls"\n`;

/** Middleware that answers by itself, by what its name says: with a redirect, a refusal or a page of its own. */
const answering =
  /(?:login|require|redirect|maintenance|permission|access|restrict|basic_?auth|site_?lock|lockdown|private|ratelimit|throttl|stronghold)/i;

/** Of which the project's own or another package's may answer too; these only look at requests and answers. */
const harmless =
  /redirects\.middleware|fallback|health|ping|probe|alive|host|cors|csp|request_?id|correlation|guid|prometheus|metric|statsd|log(?!in|out)|sentry|newrelic|opentelemetry|tracing|trace|gzip|brotli|compress|minify|header|proxy|forwarded|real_?ip|xff|cloudflare|feature_?policy|permissions_policy|debug_?toolbar|silk|browser_reload|htmx|livereload|threadlocal|crum|audit|history/i;

export default defineCheck({
  id: "whitenoise-misplaced",
  title: "WhiteNoise stands right behind SecurityMiddleware",
  area: "static",
  severity: "warning",
  needs: ["settings"],
  docs: {
    why: "A request for a style sheet goes through every middleware in front of WhiteNoise. One that asks for a login, or sends elsewhere, does so for style sheets too: the login page itself comes without them. In front of SecurityMiddleware, files are sent over plain HTTP where pages are redirected, and without its headers.",
    fix: 'Put it directly behind SecurityMiddleware:\n\n```python\nMIDDLEWARE = [\n    "django.middleware.security.SecurityMiddleware",\n    "whitenoise.middleware.WhiteNoiseMiddleware",\n    # … the rest as it is\n]\n```',
    bad: {
      "shop/settings.py": settings([
        securityMiddleware,
        commonMiddleware,
        "shop.middleware.LoginRequiredMiddleware",
        whitenoise,
      ]),
    },
    good: {
      "shop/settings.py": settings([
        securityMiddleware,
        whitenoise,
        commonMiddleware,
        "shop.middleware.LoginRequiredMiddleware",
      ]),
    },
    notReported: [
      "CorsMiddleware, health checks, request ids, metrics and compression in front of it.",
      "`MIDDLEWARE.insert(1, …)`, and WhiteNoise around the application in wsgi.py.",
      "A storage of WhiteNoise's without the middleware, where a proxy serves the files; where nothing does, `static-not-served` says so.",
      "Sessions, CSRF or other middleware of Django's in front of it: that only costs time, and is advice.",
    ],
    links: ["https://whitenoise.readthedocs.io/en/stable/django.html#enable-whitenoise"],
  },
  // The catalogue calls a storage without the middleware an error. It is not: compressed files behind nginx are made so.
  *run({ settings }) {
    const { at } = settings.get("MIDDLEWARE");
    const { names } = middlewareIn(settings);
    const place = names.indexOf(whitenoise);
    if (place < 0) return yield notApplicable("WhiteNoise is not in MIDDLEWARE");
    const before = names.slice(0, place);
    const fix = `"${securityMiddleware}",\n"${whitenoise}",`;
    const answers = before.find(
      (name) => !name.startsWith("django.") && !harmless.test(name) && answering.test(name),
    );
    if (answers !== undefined)
      return yield fails(
        `${answers} stands in front of WhiteNoiseMiddleware, so that it answers requests for static files too`,
        { at, fix },
      );
    if (names.indexOf(securityMiddleware) > place)
      return yield fails(
        "WhiteNoiseMiddleware stands in front of SecurityMiddleware, so that static files are neither redirected to HTTPS nor sent with its headers",
        { at, fix, severity: "info" },
      );
    const slow = before.filter((name) => name !== securityMiddleware && !harmless.test(name));
    if (slow.length > 0)
      return yield fails(
        `WhiteNoiseMiddleware stands behind ${slow.length === 1 ? slow[0] : `${slow[0]} and ${slow.length - 1} more`}, which every request for a static file goes through`,
        { at, fix, severity: "info" },
      );
    yield evidence("WhiteNoiseMiddleware stands in front of what answers", at);
  },
});

import { defineCheck } from "../../check.ts";
import { notApplicable } from "../../finding.ts";
import { asDjango, withoutMiddleware } from "../told-by-django.ts";

const security =
  'MIDDLEWARE = ["django.middleware.security.SecurityMiddleware"]\nROOT_URLCONF = "shop.urls"\n';

export default defineCheck({
  id: "hsts-unset",
  title: "Browsers are told to use HTTPS only",
  area: "hosts",
  severity: "warning",
  django: ["security.W004"],
  needs: ["settings", "systemChecks"],
  wants: ["deployment"],
  docs: {
    why: "Without HTTP Strict Transport Security the first request of every visit may go over plain HTTP, where somebody on the way can answer in the site's place.",
    fix: "Begin with an hour, and raise it to a year once a week went by without trouble:\n\n```python\nSECURE_HSTS_SECONDS = 3600\n```",
    bad: { "shop/settings.py": security },
    good: { "shop/settings.py": `SECURE_HSTS_SECONDS = 3600\n${security}` },
    notReported: [
      "Without SecurityMiddleware the setting has no effect: that is `security-middleware-missing`.",
      "A value under `if not DEBUG:` counts, as production has DEBUG off.",
      "A deployment that serves plain HTTP only.",
    ],
    links: ["https://docs.djangoproject.com/en/stable/ref/middleware/#http-strict-transport-security"],
  },
  *run({ settings, systemChecks, deployment }) {
    const off = withoutMiddleware({ settings, systemChecks }, "SecurityMiddleware");
    if (off) return yield off;
    const { tls, name } = deployment?.platform ?? {};
    if (tls?.endsAt === "none" && !systemChecks.alone)
      return yield notApplicable(`${name} serves plain HTTP as it stands`);
    yield* asDjango({ settings, systemChecks }, ["security.W004"], {
      setting: "SECURE_HSTS_SECONDS",
      fails: settings.get("SECURE_HSTS_SECONDS").explicit
        ? "SECURE_HSTS_SECONDS is 0, so browsers go on asking over plain HTTP"
        : "SECURE_HSTS_SECONDS is not set, so browsers go on asking over plain HTTP",
      passes: "SECURE_HSTS_SECONDS is set",
      fix: "SECURE_HSTS_SECONDS = 3600  # raise it to 31536000 after a week without trouble",
    });
  },
});

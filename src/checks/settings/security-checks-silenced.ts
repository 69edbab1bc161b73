import { defineCheck } from "../../check.ts";
import { evidence, fails, notApplicable } from "../../finding.ts";
import { textsIn } from "../../python/inspect.ts";

const start = 'MIDDLEWARE = ["django.middleware.security.SecurityMiddleware"]\nROOT_URLCONF = "shop.urls"\n';
/** Silenced for good reasons: subdomains and preload are decisions of their own. */
const decisions = ["security.W005", "security.W021"];

export default defineCheck({
  id: "security-checks-silenced",
  title: "No security check of Django's is silenced that would speak up",
  area: "settings",
  severity: "info",
  needs: ["settings", "systemChecks"],
  wants: ["deployment"],
  docs: {
    why: "`manage.py check --deploy` is green, and nobody remembers why. What SILENCED_SYSTEM_CHECKS names is not reported by deploy-check either; this is the list of what would be.",
    fix: 'Say why beside each of them, or mend what they report:\n\n```python\nSILENCED_SYSTEM_CHECKS = ["security.W008"]  # the load balancer redirects to HTTPS\n```',
    bad: { "shop/settings.py": `${start}SILENCED_SYSTEM_CHECKS = ["security.W004"]\n` },
    good: {
      "shop/settings.py": `${start}SECURE_HSTS_SECONDS = 3600\nSILENCED_SYSTEM_CHECKS = ["security.W004", "security.W021"]\n`,
    },
    notReported: [
      "Silenced checks that would not speak up.",
      "security.W005 and W021 (subdomains and preload of HSTS), and W008 where the platform redirects by itself.",
    ],
    links: ["https://docs.djangoproject.com/en/stable/ref/settings/#silenced-system-checks"],
  },
  *run({ settings, systemChecks, deployment }) {
    const setting = settings.get("SILENCED_SYSTEM_CHECKS");
    const silenced = textsIn(setting.value).filter((id) => id.startsWith("security."));
    if (silenced.length === 0) return yield notApplicable("SILENCED_SYSTEM_CHECKS names no security check");
    const edge = deployment?.platform.tls.redirects === "always" ? ["security.W008"] : [];
    const telling = silenced.filter(
      (id) => ![...decisions, ...edge].includes(id) && systemChecks.answer(id) === true,
    );
    if (telling.length === 0)
      return yield evidence("what SILENCED_SYSTEM_CHECKS names would not speak up", setting.at);
    yield fails(`SILENCED_SYSTEM_CHECKS hides ${telling.join(" and ")}, which Django would report`, {
      at: setting.at,
      fix: `SILENCED_SYSTEM_CHECKS = [${telling.map((id) => `"${id}"`).join(", ")}]  # why: …`,
    });
  },
});

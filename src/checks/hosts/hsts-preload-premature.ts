import { defineCheck } from "../../check.ts";
import { evidence, fails, notApplicable } from "../../finding.ts";
import { truthOf } from "../../python/inspect.ts";
import { asDjango, placeOf, withoutMiddleware } from "../told-by-django.ts";

const start =
  'MIDDLEWARE = ["django.middleware.security.SecurityMiddleware"]\nROOT_URLCONF = "shop.urls"\nSECURE_HSTS_PRELOAD = True\n';
/** What the browsers' list asks for (https://hstspreload.org, read on 2026-11-20). */
const leastSeconds = 31_536_000n;

export default defineCheck({
  id: "hsts-preload-premature",
  aliases: ["hsts-preload"],
  title: "HSTS preload is a decision that holds together",
  area: "hosts",
  severity: "info",
  django: ["security.W021"],
  needs: ["settings", "systemChecks"],
  docs: {
    why: "A domain on the browsers' preload list can only be reached over HTTPS, with all its subdomains, and it takes months to get off the list again. Django asks for it (security.W021); nobody should switch it on to silence that. Where it is on, it does nothing until SECURE_HSTS_SECONDS is a year and subdomains are included.",
    fix: "Leave it off until https://hstspreload.org passes every subdomain; then set all three:\n\n```python\nSECURE_HSTS_SECONDS = 31536000\nSECURE_HSTS_INCLUDE_SUBDOMAINS = True\nSECURE_HSTS_PRELOAD = True\n```",
    bad: { "shop/settings.py": `${start}SECURE_HSTS_SECONDS = 3600\n` },
    good: {
      "shop/settings.py": `${start}SECURE_HSTS_SECONDS = 31536000\nSECURE_HSTS_INCLUDE_SUBDOMAINS = True\n`,
    },
    notReported: [
      "Preload that is on together with a year and subdomains: whoever set all three meant it.",
      "HSTS that is off altogether: that is `hsts-unset`.",
    ],
    links: [
      "https://hstspreload.org",
      "https://docs.djangoproject.com/en/stable/ref/settings/#secure-hsts-preload",
    ],
  },
  *run({ settings, systemChecks }) {
    const off = withoutMiddleware({ settings, systemChecks }, "SecurityMiddleware");
    if (off) return yield off;
    const seconds = settings.get("SECURE_HSTS_SECONDS").value;
    if (systemChecks.answer("security.W004") === true)
      return yield notApplicable("SECURE_HSTS_SECONDS is not set: hsts-unset");
    const preload = settings.get("SECURE_HSTS_PRELOAD");
    if (systemChecks.answer("security.W021") !== false)
      return yield* asDjango({ settings, systemChecks }, ["security.W021"], {
        setting: "SECURE_HSTS_PRELOAD",
        fails:
          "SECURE_HSTS_PRELOAD is off, which Django reports and which is right until every subdomain serves HTTPS",
        passes: "SECURE_HSTS_PRELOAD is off",
        fix: 'SILENCED_SYSTEM_CHECKS = ["security.W021"]  # no preload: some subdomains may have no HTTPS',
      });
    const subdomains = truthOf(settings.get("SECURE_HSTS_INCLUDE_SUBDOMAINS").value);
    const lacks = [
      ...(seconds.kind === "int" && seconds.value < leastSeconds ? ["SECURE_HSTS_SECONDS of a year"] : []),
      ...(subdomains === false ? ["SECURE_HSTS_INCLUDE_SUBDOMAINS"] : []),
    ];
    // Django itself does not ask for the rest.
    if (lacks.length === 0 || systemChecks.alone)
      return yield evidence("SECURE_HSTS_PRELOAD is on, with what it needs", preload.at);
    yield fails(
      `SECURE_HSTS_PRELOAD is on without ${lacks.join(" and ")}, so no browser takes the domain up`,
      {
        at: placeOf(preload),
        fix: "SECURE_HSTS_PRELOAD = False  # until https://hstspreload.org passes every subdomain",
      },
    );
  },
});

import { defineCheck } from "../../check.ts";
import { middlewareIn } from "../../facts/django/middleware.ts";
import { fails } from "../../finding.ts";
import { truthOf } from "../../python/inspect.ts";
import { asDjango } from "../told-by-django.ts";

const requirements = { "requirements.txt": "django==6.1\n" };
const csp = "django.middleware.csp.ContentSecurityPolicyMiddleware";
const start = `MIDDLEWARE = ["${csp}"]\nROOT_URLCONF = "shop.urls"\nSECURE_CSP = {"script-src": ["<CSP_NONCE_SENTINEL>"]}\n`;
const templates = (processors: string) =>
  `TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "OPTIONS": {"context_processors": [${processors}]}}]\n`;

export default defineCheck({
  id: "csp-nonce-no-context",
  title: "The content security policy takes effect",
  area: "hosts",
  severity: "warning",
  django: ["security.W027"],
  needs: ["settings", "systemChecks"],
  docs: {
    why: "A policy with a nonce lets only those scripts run that carry it, and templates know it from a context processor: without that, none of the site's own inline scripts runs. A policy without the middleware is never sent at all, of which Django says nothing.",
    fix: 'Add the context processor, and the middleware:\n\n```python\n"django.template.context_processors.csp",  # in TEMPLATES["OPTIONS"]["context_processors"]\n"django.middleware.csp.ContentSecurityPolicyMiddleware",  # in MIDDLEWARE\n```',
    bad: { ...requirements, "shop/settings.py": start + templates("") },
    good: {
      ...requirements,
      "shop/settings.py": start + templates('"django.template.context_processors.csp"'),
    },
    notReported: ["Django before 6.1 does not ask for the context processor.", "A policy without a nonce."],
    links: ["https://docs.djangoproject.com/en/stable/ref/csp/"],
  },
  *run({ settings, systemChecks }) {
    // The setting is Django's since 6.0; before, the name means nothing.
    const known = systemChecks.answer("security.E026") !== undefined;
    const policy = ["SECURE_CSP", "SECURE_CSP_REPORT_ONLY"]
      .map((name) => settings.get(name))
      .find(({ explicit, value }) => explicit && truthOf(value) === true);
    if (known && policy && middlewareIn(settings).has(csp) === false) {
      yield fails(
        `${policy.name} is set and MIDDLEWARE lacks ContentSecurityPolicyMiddleware, so no policy is sent`,
        { at: policy.at, fix: `"${csp}",  # in MIDDLEWARE` },
      );
      return;
    }
    yield* asDjango({ settings, systemChecks }, ["security.W027"], {
      setting: "SECURE_CSP",
      fails: "the content security policy asks for a nonce, and no context processor gives it to templates",
      passes: "the content security policy asks for no nonce, or templates get it",
      fix: '"django.template.context_processors.csp",  # in OPTIONS["context_processors"] of TEMPLATES',
    });
  },
});

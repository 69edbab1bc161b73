import { defineCheck } from "../../check.ts";
import { middlewareIn } from "../../facts/django/middleware.ts";
import { evidence, fails, notApplicable } from "../../finding.ts";
import { textsIn } from "../../python/inspect.ts";
import { shop } from "../example-shop.ts";

const settings = `${shop["shop/settings.py"]}INSTALLED_APPS = ["django.contrib.admin", "django.contrib.auth", "django.contrib.contenttypes", "django.contrib.messages", "django.contrib.sessions"]\n`;
const urls = (path: string) =>
  `from django.contrib import admin\nfrom django.urls import path\n\nurlpatterns = [path("${path}", admin.site.urls)]\n`;

/** What slows guessing down, or asks for more than a password. */
const guards =
  /^(?:axes|defender|django_defender|django_otp|two_factor|allauth_2fa|allauth\.mfa|admin_honeypot|mfa|multifactor|deux|ratelimit|django_ratelimit|mozilla_django_oidc|djangosaml2|django_auth_adfs|kagi|trench|brutebuster|passkeys|admin_two_factor|django_mfa\w*|hijack_admin_otp|social_django|lockdown)(?:\.|$)/;
const gates = /axes|defender|otp|ratelimit|lockdown|ip.?(?:filter|restrict|allow|white)|allow.?ip|admin/i;

export default defineCheck({
  id: "admin-default-url",
  title: "The admin does not invite guessing",
  area: "exposure",
  severity: "info",
  needs: ["settings", "urls"],
  docs: {
    why: "Robots try passwords at `/admin/` of every host they find, and Django lets them try as often as they like. Another path keeps most of them away; what protects is a limit of attempts or a second factor.",
    fix: 'Limit the attempts (django-axes), ask for a second factor (django-otp), or move it:\n\n```python\npath("back-office/", admin.site.urls),\n```',
    bad: { ...shop, "shop/settings.py": settings, "shop/urls.py": urls("admin/") },
    good: { ...shop, "shop/settings.py": settings, "shop/urls.py": urls("back-office/") },
    notReported: [
      "An admin behind django-axes, django-otp or the like.",
      "A path that the settings or the environment name.",
      "It is advice: a VPN or a list of addresses in front of the app is nothing that the repository shows.",
    ],
    links: ["https://docs.djangoproject.com/en/stable/howto/deployment/checklist/"],
  },
  *run({ settings, urls }) {
    const admin = urls.routes.find(({ view }) => view === "django.contrib.admin.site.login");
    if (!admin) return yield notApplicable("the URLs are not known to have the admin");
    if (admin.pattern !== "admin/login/") return yield evidence("the admin is not at /admin/", admin.at);
    const guard =
      textsIn(settings.get("INSTALLED_APPS").value).find((app) => guards.test(app)) ??
      middlewareIn(settings).names.find((name) => !name.startsWith("django.") && gates.test(name));
    if (guard !== undefined) return yield evidence(`${guard} guards its login`, admin.at);
    yield fails("the admin's login answers at /admin/, and nothing limits how often passwords are tried", {
      at: admin.at,
      fix: 'path("back-office/", admin.site.urls),   # or: pip install django-axes',
    });
  },
});

import { defineCheck } from "../../check.ts";
import { middlewareIn } from "../../facts/django/middleware.ts";
import { classesFor } from "../../facts/django/rest-framework.ts";
import { evidence, fails, notApplicable } from "../../finding.ts";
import { shop } from "../example-shop.ts";

const orders = {
  ...shop,
  "requirements.txt": `${shop["requirements.txt"]}djangorestframework==3.16.1\n`,
  "orders/__init__.py": "",
  "orders/views.py":
    'from rest_framework import viewsets\n\n\nclass OrderViewSet(viewsets.ModelViewSet):\n    basename = "orders"\n',
};
const settings = (more: string) => `${shop["shop/settings.py"]}INSTALLED_APPS = ["rest_framework"]\n${more}`;
const entry = '"DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"]';
const closed = `REST_FRAMEWORK = {${entry}}`;

/** Views that have to answer people who are nobody yet, or machines with a signature. */
const isPublic =
  /(?:user|account|customer)s?_?creat|creat\w*(?:user|account|customer)|sms|resend|log_?in|log_?out|sign_?(?:up|in|out)|regist|token|jwt|o?auth|password|reset|verif|activat|confirm|hook|callback|health|ping|contact|subscri|newsletter|feedback|csrf|session|public|anonym|guest|payment|stripe|paypal|otp|invit|search|track|event|report/i;

export default defineCheck({
  id: "drf-open-by-default",
  title: "The API lets only known users change things",
  area: "exposure",
  severity: "warning",
  needs: ["settings", "apiViews"],
  docs: {
    why: "Django REST framework allows everything to everybody unless it is told otherwise. A new view without `permission_classes` is public, deletes included, and nothing in its code shows it.",
    fix: `Close the default, and open what is meant for everybody:\n\n\`\`\`python\n${closed}\n\`\`\`\n\n\`\`\`python\nclass CatalogueView(ListAPIView):\n    permission_classes = [AllowAny]\n\`\`\``,
    bad: { ...orders, "shop/settings.py": settings("") },
    good: { ...orders, "shop/settings.py": settings(`${closed}\n`) },
    notReported: [
      "An API that only reads, and views that say who may ask, by `permission_classes`, a decorator, or by asking for the user themselves.",
      "Views that have to be open, by their names: login, registration, webhooks.",
      "Views made from a class of a library, which may say so.",
      "A middleware that lets nobody in without a login.",
    ],
    links: ["https://www.django-rest-framework.org/api-guide/permissions/"],
  },
  *run({ settings, apiViews: { views } }) {
    if (views.length === 0) return yield notApplicable("no view of Django REST framework is in the project");
    const classes = classesFor(settings, "DEFAULT_PERMISSION_CLASSES");
    const { at } = settings.get("REST_FRAMEWORK");
    if (classes === undefined) return yield notApplicable("DEFAULT_PERMISSION_CLASSES is not known");
    if (classes !== "default" && classes.some((name) => !name.endsWith(".AllowAny")))
      return yield evidence(`DEFAULT_PERMISSION_CLASSES asks for ${classes.join(", ")}`, at);
    const gate = middlewareIn(settings).names.find(
      (name) => !name.startsWith("django.") && /login|require|keycloak|sso|oidc/i.test(name),
    );
    if (gate !== undefined) return yield evidence(`${gate} may ask for a login`);
    const open = views.filter(
      ({ name, writes, guarded }) => writes === true && guarded === false && !isPublic.test(name),
    );
    const [first] = open;
    if (!first) return yield evidence(`${views.length} views, none of which lets everybody change things`);
    const how =
      classes === "default" ? "has no DEFAULT_PERMISSION_CLASSES" : "allows everything to everybody";
    yield fails(
      `REST_FRAMEWORK ${how}, and ${open.length} of ${views.length} API views let everybody change things, such as ${first.name}`,
      // A second REST_FRAMEWORK would throw away what is in the first.
      { at: first.at, fix: settings.get("REST_FRAMEWORK").explicit ? `${entry},` : closed },
    );
  },
});

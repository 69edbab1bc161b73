import { defineCheck } from "../../check.ts";
import { classesFor } from "../../facts/django/rest-framework.ts";
import { isInstalled } from "../../facts/django/static-files.ts";
import { evidence, fails, notApplicable } from "../../finding.ts";
import { shop } from "../example-shop.ts";

const project = {
  ...shop,
  "requirements.txt": `${shop["requirements.txt"]}djangorestframework==3.16.1\n`,
};
const settings = (more: string) => `${shop["shop/settings.py"]}INSTALLED_APPS = ["rest_framework"]\n${more}`;
const json = 'REST_FRAMEWORK = {"DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"]}';

export default defineCheck({
  id: "drf-browsable-api",
  title: "The API answers browsers with data, not with forms",
  area: "exposure",
  severity: "info",
  needs: ["settings"],
  docs: {
    why: "Unless it is told otherwise, Django REST framework shows every view to a browser as a page with forms. Each of their drop-downs loads a whole table, and the page shows which fields can be written.",
    fix: `Render JSON only:\n\n\`\`\`python\n${json}\n\`\`\``,
    bad: { ...project, "shop/settings.py": settings("") },
    good: { ...project, "shop/settings.py": settings(`${json}\n`) },
    notReported: [
      "Renderers that are named, without BrowsableAPIRenderer.",
      "It is advice: the pages may be wanted.",
    ],
    links: ["https://www.django-rest-framework.org/api-guide/renderers/#setting-the-renderers"],
  },
  *run({ settings }) {
    if (isInstalled(settings, "rest_framework") !== true)
      return yield notApplicable("Django REST framework is not known to be installed");
    const classes = classesFor(settings, "DEFAULT_RENDERER_CLASSES");
    const { at, explicit } = settings.get("REST_FRAMEWORK");
    if (classes === undefined) return yield notApplicable("DEFAULT_RENDERER_CLASSES is not known");
    if (classes !== "default" && !classes.some((name) => /Browsable\w*Renderer$/.test(name)))
      return yield evidence("DEFAULT_RENDERER_CLASSES has no renderer for browsers", at);
    yield fails(
      classes === "default"
        ? "REST_FRAMEWORK has no DEFAULT_RENDERER_CLASSES, so every API view is a page with forms for browsers"
        : "DEFAULT_RENDERER_CLASSES shows every API view to browsers as a page with forms",
      { at, fix: explicit ? '"DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],' : json },
    );
  },
});

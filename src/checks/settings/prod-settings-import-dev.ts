import { defineCheck } from "../../check.ts";
import { isForDevelopment } from "../../facts/django/settings-names.ts";
import { evidence, fails, notApplicable } from "../../finding.ts";
import { shop } from "../example-shop.ts";

const { "shop/settings.py": base = "", ...others } = shop;
const project = (imports: string) => ({
  ...others,
  "shop/settings/__init__.py": "",
  "shop/settings/base.py": base,
  "shop/settings/dev.py":
    'from .base import *\n\nEMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"\n',
  "shop/settings/production.py": `from .${imports} import *\n`,
});

export default defineCheck({
  id: "prod-settings-import-dev",
  title: "The production settings do not build on those for development",
  area: "settings",
  severity: "warning",
  needs: ["settings"],
  docs: {
    why: "What is meant for one machine reaches production without being written there: the debug toolbar, mail to the console, SQLite. Each new line of the development settings is one in production too.",
    fix: "Import what they have in common only:\n\n```python\n# settings/production.py\nfrom .base import *\n```",
    bad: project("dev"),
    good: project("base"),
    notReported: [
      "A file for one's own machine that git ignores, and that is imported where it is there (`try: from .local import *`).",
      "An import in a branch that production does not take.",
      "Production that loads a module for development as a whole: what is wrong with it is reported setting by setting.",
    ],
    links: ["https://docs.djangoproject.com/en/stable/topics/settings/"],
  },
  *run({ settings }) {
    if (isForDevelopment(settings.module))
      return yield notApplicable(`production loads ${settings.module} itself`);
    for (const { file, at } of settings.developmentImports)
      yield fails(`${settings.module} takes settings for development from ${file}`, {
        at,
        fix: `# ${at.file}: import what both have in common instead of ${file}`,
      });
    yield evidence(`${settings.module} imports no module that is for development by its name`);
  },
});

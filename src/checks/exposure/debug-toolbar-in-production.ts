import { defineCheck } from "../../check.ts";
import { devTools, guardedBy } from "../../facts/django/dev-tools.ts";
import { leftUnset, whenUnset } from "../../facts/django/unset.ts";
import { cannotTell, evidence, fails } from "../../finding.ts";

const start = 'import os\n\nDEBUG = os.environ.get("DEBUG") == "1"\nROOT_URLCONF = "shop.urls"\n';
const toolbar = '"debug_toolbar.middleware.DebugToolbarMiddleware"';

export default defineCheck({
  id: "debug-toolbar-in-production",
  title: "Tools for developers are not installed in production",
  area: "exposure",
  severity: "warning",
  needs: ["settings"],
  docs: {
    why: "Tools like the debug toolbar show SQL, settings and headers. What keeps visitors from it is one callback; with one that says yes to everybody, everybody sees it. And where production does not install the package, it does not start.",
    fix: `Install it with DEBUG on only:\n\n\`\`\`python\nif DEBUG:\n    INSTALLED_APPS += ["debug_toolbar"]\n    MIDDLEWARE.insert(0, ${toolbar})\n\`\`\``,
    bad: {
      "shop/settings.py": `${start}INSTALLED_APPS = ["debug_toolbar"]\nMIDDLEWARE = [${toolbar}]\n`,
    },
    good: {
      "shop/settings.py": `${start}INSTALLED_APPS = []\nMIDDLEWARE = []\nif DEBUG:\n    INSTALLED_APPS += ["debug_toolbar"]\n    MIDDLEWARE.insert(0, ${toolbar})\n`,
    },
    notReported: [
      "Lists under `if DEBUG:`, a module for development, and a list from which it is taken out with DEBUG off.",
      "A tool that is listed as an app and has no middleware is advice: it does nothing by itself.",
      "A tool that a variable switches on, which is unset.",
    ],
    links: ["https://django-debug-toolbar.readthedocs.io/en/latest/configuration.html#show-toolbar-callback"],
  },
  *run({ settings }) {
    for (const { name, middleware, entry, at, otherwise, env } of devTools(settings)) {
      if (otherwise !== undefined) {
        yield cannotTell(`production loads ${name} if ${otherwise}`, { at, when: [otherwise] });
        continue;
      }
      const open = name === "the debug toolbar" ? guardedBy(settings) : undefined;
      const how = open === "everybody" ? ", and SHOW_TOOLBAR_CALLBACK shows it to everybody" : "";
      yield fails(`production loads ${name} (${entry})${how}`, {
        at,
        when: whenUnset(leftUnset(settings, env)),
        fix: `if DEBUG:\n    ${middleware ? "MIDDLEWARE" : "INSTALLED_APPS"} += ["${entry}"]`,
        severity: open === "everybody" ? "error" : middleware ? "warning" : "info",
      });
    }
    yield evidence("INSTALLED_APPS and MIDDLEWARE name no known tool for developers");
  },
});

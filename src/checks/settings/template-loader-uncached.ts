import { defineCheck } from "../../check.ts";
import { evidence, fails, notApplicable } from "../../finding.ts";
import { entryOf, itemsOf, textOf } from "../../python/inspect.ts";
import type { Value } from "../../python/value.ts";

const settings = (options: string) =>
  `ROOT_URLCONF = "shop.urls"\nTEMPLATES = [\n    {\n        "BACKEND": "django.template.backends.django.DjangoTemplates",\n        "OPTIONS": {${options}},\n    }\n]\n`;

export default defineCheck({
  id: "template-loader-uncached",
  title: "Templates are compiled once",
  area: "settings",
  severity: "info",
  needs: ["settings"],
  docs: {
    why: "Django keeps compiled templates by itself, unless OPTIONS names the loaders: then each page compiles its templates again.",
    fix: 'Drop "loaders", and use APP_DIRS:\n\n```python\n"APP_DIRS": True,\n```',
    bad: { "shop/settings.py": settings('"loaders": ["django.template.loaders.filesystem.Loader"]') },
    good: {
      "shop/settings.py": settings(
        '"loaders": [("django.template.loaders.cached.Loader", ["django.template.loaders.filesystem.Loader"])]',
      ),
    },
    notReported: [
      "Loaders under `if DEBUG:`.",
      "Other engines, such as Jinja2, which keep templates themselves.",
    ],
    links: [
      "https://docs.djangoproject.com/en/stable/ref/templates/api/#django.template.loaders.cached.Loader",
    ],
  },
  *run({ settings }) {
    const setting = settings.get("TEMPLATES");
    const engines = (itemsOf(setting.value) ?? []).filter(
      (engine) => textOf(entryOf(engine, "BACKEND")) === "django.template.backends.django.DjangoTemplates",
    );
    if (engines.length === 0) return yield notApplicable("TEMPLATES has no engine of Django's");
    for (const engine of engines) {
      const loaders = entryOf(entryOf(engine, "OPTIONS"), "loaders");
      const all = itemsOf(loaders);
      if (!loaders || !all || all.length === 0 || all.some(mayCache)) continue;
      yield fails(
        "TEMPLATES names loaders without the cached one, so each page compiles its templates again",
        {
          at: loaders.at ?? setting.at,
          fix: '"APP_DIRS": True,  # instead of "loaders"',
        },
      );
    }
    yield evidence("compiled templates are kept", setting.at);
  },
});

/** The cached loader, or one that cannot be seen. */
function mayCache(loader: Value): boolean {
  const name = textOf(loader) ?? textOf(itemsOf(loader)?.[0]);
  return name === undefined || name.includes(".cached.") || !name.startsWith("django.template.loaders.");
}

import { defineCheck } from "../../check.ts";
import { connectionsOf, poolerOf } from "../../facts/django/connections.ts";
import { evidence, fails, notApplicable } from "../../finding.ts";
import { entryOf, truthOf } from "../../python/inspect.ts";

const settings = (more: string) => ({
  "shop/settings.py": `import os\n\nDATABASES = {\n    "default": {\n        "ENGINE": "django.db.backends.postgresql",\n        "NAME": "shop",\n        "HOST": "ep-cool-1234-pooler.eu-central-1.aws.neon.tech",\n        "PASSWORD": os.environ["DB_PASSWORD"],\n${more}    }\n}\nROOT_URLCONF = "shop.urls"\n`,
});

export default defineCheck({
  id: "pooler-server-side-cursors",
  title: "Server-side cursors are off behind a pooler of transactions",
  area: "database",
  severity: "warning",
  needs: ["settings", "deployment"],
  docs: {
    why: 'A pooler of transactions gives each of them whatever connection is free. A cursor that Django declares on one of them, for `.iterator()` and for every ModelChoiceField, is not there on the next: `InvalidCursorName: cursor "_django_curs_…" does not exist`.',
    fix: 'Do without them:\n\n```python\nDATABASES["default"]["DISABLE_SERVER_SIDE_CURSORS"] = True\n```',
    bad: settings(""),
    good: settings('        "DISABLE_SERVER_SIDE_CURSORS": True,\n'),
    notReported: [
      "Poolers that a variable names, which nobody here sees.",
      "A pooler of sessions: Supabase's on port 5432, `POOL_MODE=session`.",
      "Databases that are no PostgreSQL.",
    ],
    links: [
      "https://docs.djangoproject.com/en/stable/ref/databases/#transaction-pooling-and-server-side-cursors",
    ],
  },
  *run({ settings, deployment }) {
    const pooled = connectionsOf(settings, deployment).flatMap((one) => {
      const pooler = one.sqlite ? undefined : poolerOf(one, deployment);
      return pooler ? [{ ...one, pooler }] : [];
    });
    const [first] = pooled;
    if (!first) return yield notApplicable("nothing tells of a pooler in front of the database");
    for (const { alias, entry, pooler } of pooled) {
      const disabled = entryOf(entry, "DISABLE_SERVER_SIDE_CURSORS");
      if (disabled && truthOf(disabled) !== false) continue;
      yield fails(
        `the database "${alias}" is behind a pooler (${pooler.hint}), and server-side cursors are on`,
        {
          at: pooler.at,
          ...(pooler.onlyIf !== undefined && { when: [pooler.onlyIf] }),
          fix: `DATABASES["${alias}"]["DISABLE_SERVER_SIDE_CURSORS"] = True`,
        },
      );
    }
    yield evidence("server-side cursors are off", first.at);
  },
});

import { defineCheck } from "../../check.ts";
import { assignment } from "../../facts/django/idiom.ts";
import type { Settings } from "../../facts/django/settings.ts";
import { literalAt } from "../../facts/django/settings-secrets.ts";
import { holds } from "../../facts/dotenv/secrecy.ts";
import { evidence, fails } from "../../finding.ts";
import { entryOf, textOf } from "../../python/inspect.ts";
import { shop } from "../example-shop.ts";

const settingsFile = shop["shop/settings.py"] ?? "";

export default defineCheck({
  id: "db-credentials-literal",
  title: "No database password is in the repository",
  area: "secrets",
  severity: "error",
  needs: ["settings", "writtenSecrets"],
  docs: {
    why: "Whoever can read the repository, now or in its history, can read and change the data, wherever the database can be reached from. To change the password means to change the code.",
    fix: 'Read the whole address from the environment, and give the database a new password:\n\n```python\nDATABASES = {"default": dj_database_url.config(conn_max_age=60, conn_health_checks=True)}\n```',
    bad: {
      ...shop,
      "shop/settings.py": `${settingsFile}DATABASES = {\n    "default": {\n        "ENGINE": "django.db.backends.postgresql",\n        "NAME": "shop",\n        "USER": "shop",\n        "PASSWORD": "v8Kq2mXw9rTz",\n        "HOST": "db.shop.example.net",\n    }\n}\n`,
    },
    good: {
      ...shop,
      "shop/settings.py": `${settingsFile}DATABASES = {\n    "default": {\n        "ENGINE": "django.db.backends.postgresql",\n        "NAME": "shop",\n        "USER": "shop",\n        "PASSWORD": os.environ["DB_PASSWORD"],\n        "HOST": "db.shop.example.net",\n    }\n}\n`,
    },
    notReported: [
      "Passwords that protect nothing: `postgres`, the name of the user, placeholders.",
      "SQLite, which has no password, and an empty one.",
      "`.env.example`, and URLs in tests, documentation and examples.",
      "A password for a database on the same machine is a warning, and none where variables replace it.",
      "A password that a variable replaces, for another machine, is a warning.",
    ],
    links: ["https://docs.djangoproject.com/en/stable/howto/deployment/checklist/#databases"],
  },
  *run({ settings, writtenSecrets }) {
    const databases = settings.get("DATABASES");
    const aliases = databases.value.kind === "dict" ? [...databases.value.entries.values()] : [];
    const seen = new Set<string>();
    for (const { key, value } of aliases) {
      const alias = textOf(key) ?? "default";
      const password = literalAt(settings, "DATABASES", alias, "PASSWORD");
      if (!password || /sqlite/.test(textOf(entryOf(value, "ENGINE")) ?? "")) continue;
      const open = new Set(["USER", "NAME", "HOST"].flatMap((name) => textOf(entryOf(value, name)) ?? []));
      if (holds("DATABASE_PASSWORD", password.text, open) !== "secret") continue;
      const host = textOf(entryOf(value, "HOST"));
      const isFallback = password.unless.length > 0;
      // What developers connect to where nothing is set.
      if (isFallback && isLocal(host)) continue;
      if (password.at) seen.add(password.at.file);
      yield fails(
        `the password of the database "${alias}" is written in the code: a text of ${password.length} characters${isFallback ? `, for the case that $${password.unless[0]} is unset` : ""}`,
        {
          at: password.at,
          fix: fixFor(settings, alias),
          ...((isFallback || isLocal(host)) && { severity: "warning" }),
        },
      );
    }
    for (const { is, at, length, opens, tracked, isForDevelopment } of writtenSecrets) {
      if (is !== "url" || tracked === false || seen.has(at.file)) continue;
      seen.add(at.file);
      yield fails(
        `${at.file} holds an address with a password of ${length} characters: whoever reads it ${opens}`,
        {
          at,
          ...(tracked === undefined && { when: [`${at.file} is in the repository`] }),
          ...(isForDevelopment && { severity: "warning" }),
        },
      );
    }
    yield evidence("no password of a database is in the code", databases.at);
  },
});

function isLocal(host: string | undefined): boolean {
  return (
    host === undefined ||
    host === "" ||
    host.startsWith("/") ||
    /^(?:localhost|127\.[\d.]+|::1|0\.0\.0\.0|[\w-]+)$/.test(host)
  );
}

function fixFor(settings: Settings, alias: string): string {
  return alias === "default"
    ? assignment(settings, "DATABASES", "database", "DATABASE_URL")
    : `DATABASES["${alias}"]["PASSWORD"] = os.environ["${alias.toUpperCase()}_DB_PASSWORD"]`;
}

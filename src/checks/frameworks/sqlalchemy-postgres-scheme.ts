import { defineCheck } from "../../check.ts";
import type { Packages } from "../../facts/packages.ts";
import { evidence, fails, notApplicable } from "../../finding.ts";
import { textOf } from "../../python/inspect.ts";
import { flaskShop } from "../example-apps.ts";

const uri = 'app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["DATABASE_URL"]';
const app = `import os\n\nfrom flask import Flask\nfrom flask_sqlalchemy import SQLAlchemy\n\napp = Flask(__name__)\n${uri}\ndb = SQLAlchemy(app)\n`;
const heroku = {
  ...flaskShop,
  "app.json": '{ "stack": "heroku-24" }\n',
  "requirements.txt": "flask==3.1.3\nflask-sqlalchemy==3.1.1\ngunicorn==27.0.1\npsycopg2-binary==2.9.11\n",
};

/** Tried with SQLAlchemy 2.1.9 and Flask-SQLAlchemy 3.1.1 on 2026-11-20. */
export default defineCheck({
  id: "sqlalchemy-postgres-scheme",
  title: "SQLAlchemy knows the scheme of the database's URL",
  area: "frameworks",
  severity: "error",
  needs: ["pythonApp", "deployment"],
  wants: ["packages"],
  docs: {
    why: "Some platforms give an address that begins with `postgres://`. SQLAlchemy 1.4 took that name away, so the application does not start: `NoSuchModuleError: Can't load plugin: sqlalchemy.dialects:postgres`. Without a driver in the address it takes psycopg2 up to 2.0 and psycopg since 2.1; an asynchronous engine wants an asynchronous one.",
    fix: 'Replace the beginning:\n\n```\nurl = os.environ["DATABASE_URL"].replace("postgres://", "postgresql://", 1)\n```',
    bad: { ...heroku, "app.py": app },
    good: {
      ...heroku,
      "app.py": app.replace('"]\ndb', '"].replace("postgres://", "postgresql://", 1)\ndb'),
    },
    notReported: [
      "A platform whose address begins with `postgresql://`, or of which that is not known.",
      "Code that replaces the scheme, however it does it: it is run with such an address.",
      "SQLAlchemy before 1.4, and an address that comes from another variable.",
      "Where sources disagree on the platform's address, it is a warning.",
    ],
    links: [
      "https://help.heroku.com/ZKNTJQSK/why-is-sqlalchemy-1-4-x-not-connecting-to-heroku-postgres",
      "https://docs.sqlalchemy.org/en/20/changelog/changelog_14.html#change-3687655465c25a39b968b4f5f6e9170b",
    ],
  },
  *run({ pythonApp, deployment, packages }) {
    const { platform } = deployment;
    const { variable, scheme, schemeDoubted } = platform.database;
    if (variable === undefined || scheme === undefined)
      return yield notApplicable(`how a database's URL begins on ${platform.name} is not known`);
    const version = packages?.get("sqlalchemy")?.version;
    if (version !== undefined && /^(?:0|1\.[0-3])\b/.test(version))
      return yield evidence(`SQLAlchemy ${version} takes postgres://`, packages?.get("sqlalchemy")?.at);
    const { engines } = pythonApp.under({ [variable]: `${scheme}://user:password@db.example.com:5432/name` });
    const given = engines.filter(
      ({ url }) => url.env.includes(variable) || textOf(url)?.includes("db.example.com"),
    );
    if (given.length === 0) return yield notApplicable(`SQLAlchemy is not seen to connect to $${variable}`);
    const doubt = schemeDoubted
      ? { severity: "warning" as const, when: [`$${variable} begins with ${scheme}://`] }
      : {};
    for (const { url, async } of given) {
      const text = textOf(url) ?? "";
      const fix = `os.environ["${variable}"].replace("${scheme}://", "postgresql+${driverOf(packages, async)}://", 1)`;
      if (text.startsWith("postgres://"))
        yield fails(
          `SQLAlchemy gets $${variable} as it is, and ${platform.name}'s begins with postgres://, which it does not know`,
          { at: url.at, ...doubt, fix },
        );
      else if (text.startsWith("postgresql://")) {
        const newest = version === undefined && isUnbounded(packages?.get("sqlalchemy")?.specifier);
        const isNew = newest || (version !== undefined && !/^(?:0|1|2\.0)\b/.test(version));
        if (async && version !== undefined && !isNew)
          yield fails(`an asynchronous engine gets $${variable} with postgresql://, which names psycopg2`, {
            at: url.at,
            fix,
          });
        else if (isNew && packages?.installs("psycopg") === "no" && driverOf(packages, async) !== "psycopg")
          yield fails(
            `SQLAlchemy ${version ?? "2.1, the newest,"} loads psycopg for postgresql://, and ${driverOf(packages, async)} is installed instead`,
            {
              at: url.at,
              fix,
              ...(newest && { severity: "warning" as const, when: ["SQLAlchemy 2.1 or newer is installed"] }),
            },
          );
      }
    }
    yield evidence(`SQLAlchemy takes $${variable} as ${platform.name} gives it`, given[0]?.url.at);
  },
});

/** The driver that is installed, as an address names it. */
function driverOf(packages: Packages | undefined, async: boolean): string {
  const has = (name: string) => packages?.get(name) !== undefined;
  if (async) return has("asyncpg") || !has("psycopg") ? "asyncpg" : "psycopg";
  return has("psycopg2") || has("psycopg2-binary") || !has("psycopg") ? "psycopg2" : "psycopg";
}

/** Whatever release is the newest satisfies it; undefined where nobody asks for it. */
function isUnbounded(specifier: string | undefined): boolean {
  return specifier !== undefined && !/[<~]|==/.test(specifier);
}

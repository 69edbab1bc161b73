import { lt, valid } from "@renovatebot/pep440";
import { defineCheck } from "../../check.ts";
import { type Driver, databaseEngines, driverOf } from "../../facts/django/engines.ts";
import type { Packages } from "../../facts/packages.ts";
import { type Answer, cannotTell, evidence, fails, notApplicable } from "../../finding.ts";
import type { Location } from "../../location.ts";

const project = {
  ".python-version": "3.13\n",
  Procfile: "web: gunicorn shop.wsgi\n",
  "app.json": '{ "stack": "heroku-24" }\n',
  "shop/settings.py":
    'import os\n\nimport dj_database_url\n\nALLOWED_HOSTS = ["shop.example.com"]\nDATABASES = {"default": dj_database_url.parse(os.environ["DATABASE_URL"], conn_max_age=60)}\nROOT_URLCONF = "shop.urls"\nSECRET_KEY = os.environ["SECRET_KEY"]\n',
  "shop/wsgi.py":
    'import os\n\nfrom django.core.wsgi import get_wsgi_application\n\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\napplication = get_wsgi_application()\n',
};

export default defineCheck({
  id: "db-driver-missing",
  title: "The driver of the database is installed",
  area: "database",
  severity: "error",
  needs: ["settings", "packages", "deployment"],
  docs: {
    why: "Django talks to a database server through a package that it does not bring. SQLite needs none, so what is missing shows in production only: every start of the application fails with `ImproperlyConfigured: Error loading psycopg2 or psycopg module`.",
    fix: "Add the driver to the packages of production:\n\n```\npsycopg[binary]>=3.2,<4\n```",
    bad: { ...project, "requirements.txt": "dj-database-url\ndjango\ngunicorn\n" },
    good: { ...project, "requirements.txt": "dj-database-url\ndjango\ngunicorn\npsycopg[binary]\n" },
    notReported: [
      "Any of `psycopg`, `psycopg2` and `psycopg2-binary`, also where a lock or another package brings it.",
      "SQLite, and engines that are packages themselves.",
      "A list of packages that is not complete makes the answer unknown.",
    ],
    links: ["https://docs.djangoproject.com/en/stable/ref/databases/#postgresql-notes"],
  },
  *run({ settings, packages, deployment }) {
    const { databaseVariable: variable } = deployment.platform;
    const asDeclared = databaseEngines(settings);
    const conventional =
      variable !== undefined &&
      settings.reads.some(({ name }) => name === variable) &&
      (!settings.given.has(variable) || asDeclared.some(({ engine }) => typeof engine !== "string"));
    // Where nothing says what the variable holds, it names what the platform offers.
    const attached = conventional
      ? databaseEngines(settings.under({ [variable]: "postgres://user:password@db.example.com:5432/name" }))
      : [];
    const known = asDeclared.flatMap(({ alias, engine, at }) =>
      typeof engine === "string" ? [{ alias, engine, at, when: undefined }] : [],
    );
    const byVariable = attached.flatMap(({ alias, engine, at }) =>
      typeof engine === "string" && !known.some((each) => each.alias === alias && each.engine === engine)
        ? [{ alias, engine, at, when: [`$${variable} names a PostgreSQL database`] }]
        : [],
    );
    const servers = [...known, ...byVariable].flatMap(({ engine, at, when }) => {
      const driver = driverOf(engine);
      return driver ? [{ driver, at, when }] : [];
    });
    const seen = new Set<string>();
    for (const { driver, at, when } of servers) {
      if (seen.has(driver.server)) continue;
      seen.add(driver.server);
      yield judge(driver, packages, settings.djangoVersion, { at, when });
    }
    if (servers.length > 0) return;
    const opaque = asDeclared.find(({ engine }) => typeof engine !== "string");
    if (opaque && typeof opaque.engine !== "string" && attached.length === 0) {
      return yield cannotTell(`the database engine cannot be read statically: it ${opaque.engine.because}`, {
        at: opaque.at,
      });
    }
    yield notApplicable("no database needs a driver that Django does not bring");
  },
});

function judge(
  { server, anyOf, advised, mayBring }: Driver,
  packages: Packages,
  django: string | undefined,
  place: { readonly at: Location | undefined; readonly when: readonly string[] | undefined },
): Answer {
  const [list = "the list of packages"] = packages.sources;
  const old = django !== undefined && valid(django) !== null && lt(django, "4.2");
  // https://docs.djangoproject.com/en/4.2/releases/4.2/#psycopg-3-support
  const usable = anyOf.filter((name) => !(old && name === "psycopg"));
  const answers = usable.map((name) => ({ name, answer: packages.installs(name) }));
  const there = answers.find(({ answer }) => answer === "yes");
  if (there) return evidence(`${there.name} is installed for ${server}`, packages.get(there.name)?.at);
  const unusable = old && anyOf.includes("psycopg") ? packages.get("psycopg") : undefined;
  if (unusable) {
    return fails(`psycopg 3 is the only driver for ${server}, and Django ${django} cannot use it`, {
      at: unusable.at,
      fix: packages.addition("psycopg2-binary"),
    });
  }
  const none = answers.every(({ answer }) => answer === "no");
  if (!none || (mayBring && !packages.locked)) {
    const why = packages.incomplete ?? `${list} may bring one along`;
    return cannotTell(`it is not known whether a driver for ${server} is installed: ${why}`, {
      at: place.at,
    });
  }
  return fails(
    `the database is ${server}, and ${list} has no driver for it (${anyOf.slice(0, 3).join(", ")})`,
    {
      ...place,
      fix: packages.addition(old ? "psycopg2-binary" : advised),
    },
  );
}

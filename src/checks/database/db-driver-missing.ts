import { lt, valid } from "@renovatebot/pep440";
import { defineCheck } from "../../check.ts";
import { type Driver, driverOf, type ExpectedEngine, expectedEngines } from "../../facts/django/engines.ts";
import { type Packages, unlessOptional } from "../../facts/packages.ts";
import { type Answer, cannotTell, evidence, fails, notApplicable } from "../../finding.ts";

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
      "A variable that nothing sets and that the settings do without: that is a warning.",
      "A list of packages that is not complete makes the answer unknown.",
    ],
    links: ["https://docs.djangoproject.com/en/stable/ref/databases/#postgresql-notes"],
  },
  *run({ settings, packages, deployment }) {
    const { named, unclear } = expectedEngines(settings, deployment.platform.database.variable);
    const servers = named.flatMap(({ engine, ...place }) => {
      const driver = driverOf(engine);
      return driver ? [{ driver, place }] : [];
    });
    for (const { driver, place } of servers.filter(isFirstOfItsKind)) {
      yield judge(driver, packages, settings.djangoVersion, place);
    }
    if (servers.length > 0) return;
    if (named.length === 0 && unclear) {
      const { value, at } = unclear;
      return yield cannotTell(`the database engine cannot be read statically: it ${value.because}`, { at });
    }
    yield notApplicable("no database needs a driver that Django does not bring");
  },
});

/** One word about each server, however many databases it has. */
function isFirstOfItsKind({ driver }: { driver: Driver }, index: number, all: readonly { driver: Driver }[]) {
  return all.findIndex((each) => each.driver.server === driver.server) === index;
}

function judge(
  { server, anyOf, advised, mayBring }: Driver,
  packages: Packages,
  django: string | undefined,
  { at, when, likely }: Omit<ExpectedEngine, "engine">,
): Answer {
  const [list = "the list of packages"] = packages.sources;
  // https://docs.djangoproject.com/en/4.2/releases/4.2/#psycopg-3-support
  const old = django !== undefined && valid(django) !== null && lt(django, "4.2");
  const usable = anyOf.filter((name) => !(old && name === "psycopg"));
  const answers = usable.map((name) => ({ name, answer: packages.installs(name) }));
  const there = answers.find(({ answer }) => answer === "yes");
  if (there) return evidence(`${there.name} is installed for ${server}`, packages.get(there.name)?.at);

  const fix = packages.addition(old ? "psycopg2-binary" : advised);
  const unusable = old && anyOf.includes("psycopg") ? packages.get("psycopg") : undefined;
  if (unusable) {
    const message = `psycopg 3 is the only driver for ${server}, and Django ${django} cannot use it`;
    return fails(message, { at: unusable.at, fix });
  }
  const none = answers.every(({ answer }) => answer === "no");
  if (!none || (mayBring && !packages.locked)) {
    const why = packages.incomplete ?? `${list} may bring one along`;
    return cannotTell(`it is not known whether a driver for ${server} is installed: ${why}`, { at });
  }
  const drivers = anyOf.slice(0, 3).join(", ");
  return fails(`the database is ${server}, and ${list} has no driver for it (${drivers})`, {
    at,
    when,
    fix,
    ...(!likely && { severity: "warning" }),
    ...unlessOptional(packages, usable),
  });
}

import { defineCheck } from "../../check.ts";
import type { Packages } from "../../facts/packages.ts";
import { type Answer, evidence, fails, notApplicable } from "../../finding.ts";
import type { Service } from "../../platforms/manifest.ts";
import type { Deployment } from "../../platforms/platform.ts";
import { shop } from "../example-shop.ts";

const settings =
  'import os\n\nimport dj_database_url\n\nDATABASES = {"default": dj_database_url.parse(os.environ["DATABASE_URL"])}\nROOT_URLCONF = "shop.urls"\nSECRET_KEY = os.environ["SECRET_KEY"]\n';

export default defineCheck({
  id: "heroku-addon-assumed",
  title: "The databases that the settings ask for are ordered",
  area: "platform",
  severity: "warning",
  needs: ["settings", "deployment"],
  wants: ["packages", "project"],
  docs: {
    why: "A manifest that lists add-ons or databases is what a new app is made from. What the settings read and the list lacks is not there: the app starts without DATABASE_URL, and falls back to SQLite or ends in a KeyError. Heroku adds Postgres by itself for psycopg2 only, and not for psycopg 3.",
    fix: 'Add it to the list:\n\n```json\n{ "addons": ["heroku-postgresql:essential-0"] }\n```',
    bad: {
      ...shop,
      Procfile: "web: gunicorn shop.wsgi\n",
      "app.json": '{ "addons": ["papertrail:choklad"] }\n',
      "shop/settings.py": settings,
    },
    good: {
      ...shop,
      Procfile: "web: gunicorn shop.wsgi\n",
      "app.json": '{ "addons": ["papertrail:choklad", "heroku-postgresql:essential-0"] }\n',
      "shop/settings.py": settings,
    },
    notReported: [
      "A manifest that lists no add-ons or databases at all: they are made by hand.",
      "A variable that the manifest declares in another way.",
      "psycopg2 and a `manage.py` in the root, for which Heroku and Scalingo add a database themselves.",
      "psycopg 3 where nothing lists add-ons is advice.",
    ],
    links: [
      "https://github.com/heroku/heroku-buildpack-python/blob/main/bin/release",
      "https://devcenter.heroku.com/articles/app-json-schema#addons",
    ],
  },
  *run({ settings, deployment, packages, project }) {
    const { platform } = deployment;
    const { variable, others, fix } = platform.database;
    if (fix === undefined) return yield notApplicable(`no manifest of ${platform.name} orders databases`);
    const read = (names: readonly (string | undefined)[]) =>
      settings.reads.find(({ name }) => names.includes(name));
    const needs: readonly Need[] = [
      {
        what: "a database",
        kinds: ["postgres", "mysql"],
        names: [variable ?? "DATABASE_URL", ...others],
        fix,
      },
      { what: "Redis", kinds: ["redis"], names: ["REDIS_URL"], fix: undefined },
    ];
    let asks = false;
    for (const need of needs) {
      const asked = read(need.names);
      if (!asked) continue;
      const answer = ordered(need, deployment) ?? automatic(need, deployment, packages, project?.managePy);
      if (answer) {
        asks = true;
        yield answer;
        continue;
      }
      const { services } = deployment;
      const listed = services && (services[0]?.at.file ?? deployment.manifests.at(-1));
      if (listed !== undefined) {
        yield fails(`the settings read $${asked.name}, and ${listed} orders no service that sets it`, {
          at: asked.at,
          when: [`nobody added ${need.what} by hand`],
          fix: need.fix,
        });
      } else if (need.fix !== undefined && platform.database.automaticWith && packages?.get("psycopg")) {
        yield fails(
          `the settings read $${asked.name}, and ${platform.name} adds a database by itself for psycopg2 only`,
          { at: asked.at, when: ["nobody added one by hand"], severity: "info", fix: need.fix },
        );
      }
    }
    if (!asks) yield notApplicable(`nothing lists the add-ons or databases that ${platform.name} is to make`);
  },
});

interface Need {
  readonly what: string;
  readonly kinds: readonly Service["kind"][];
  /** The variables that it sets. */
  readonly names: readonly string[];
  readonly fix: string | undefined;
}

function ordered({ kinds, names }: Need, { services = [], env }: Deployment): Answer | undefined {
  const service = services.find(({ kind }) => kinds.includes(kind));
  if (service) return evidence(`${service.at.file} orders ${service.name}`, service.at);
  const declared = env.find(({ name }) => names.includes(name));
  return declared && evidence(`${declared.at.file} declares ${declared.name}`, declared.at);
}

function automatic(
  { kinds }: Need,
  { platform }: Deployment,
  packages: Packages | undefined,
  managePy: string | undefined,
): Answer | undefined {
  if (!kinds.includes("postgres") || managePy !== "manage.py") return undefined;
  const driver = platform.database.automaticWith?.find((name) => packages?.installs(name) === "yes");
  return driver === undefined
    ? undefined
    : evidence(`${platform.name} adds a database by itself for ${driver}`);
}

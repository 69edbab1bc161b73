import { defineCheck } from "../../check.ts";
import { isProbablyUnset } from "../../facts/declaration.ts";
import { connectionsIn } from "../../facts/django/connections.ts";
import { ignoredDatabase } from "../../facts/django/provided-database.ts";
import type { Settings } from "../../facts/django/settings.ts";
import { isInstalled } from "../../facts/django/static-files.ts";
import { addressOnThisMachine, onThisMachine } from "../../facts/queues/celery-text.ts";
import { evidence, fails, notApplicable } from "../../finding.ts";
import type { Location } from "../../location.ts";
import { besidesOnLocalhost } from "../../platforms/rules.ts";
import { entryOf, textOf } from "../../python/inspect.ts";
import { shop } from "../example-shop.ts";

/** Programs that answer on localhost once a container starts them: servers, and proxies to servers elsewhere. */
const servers =
  /^(?:postgres|postmaster|pg_ctl\w*|mysqld\w*|mariadbd?\w*|cloud[_-]sql[_-]proxy|pgbouncer|pgpool|haproxy|stunnel4?|service|supervisord|elasticsearch|opensearch|tailscaled?|autossh|ssh)$/;

const project = (host: string) => ({
  ...shop,
  Procfile: "web: gunicorn shop.wsgi\n",
  "app.json": '{ "name": "shop" }\n',
  "requirements.txt": "django>=5.2,<6\ngunicorn>=23,<27\npsycopg[binary]>=3.2,<4\n",
  "shop/settings.py": `import os\n\nALLOWED_HOSTS = ["shop.example.com"]\nDATABASES = {\n    "default": {\n        "ENGINE": "django.db.backends.postgresql",\n        "NAME": "shop",\n        "HOST": ${host},\n    }\n}\nROOT_URLCONF = "shop.urls"\nSECRET_KEY = os.environ["SECRET_KEY"]\nWSGI_APPLICATION = "shop.wsgi.application"\n`,
});

/** `host.docker.internal`, which the catalogue names too, is the machine around the container: there may well be a database. */
export default defineCheck({
  id: "service-host-localhost",
  title: "The database is not looked for on localhost",
  area: "database",
  severity: "error",
  needs: ["settings", "deployment"],
  wants: ["deploySteps"],
  docs: {
    why: 'What is localhost on a laptop is the app\'s own container in production, where no database runs: `connection to server at "localhost" (127.0.0.1), port 5432 failed: Connection refused`.',
    fix: 'Take the host from the environment; between the services of a compose file it is the service\'s name:\n\n```python\n"HOST": os.environ["DB_HOST"],\n```',
    bad: project('"localhost"'),
    good: project('os.environ["DB_HOST"]'),
    notReported: [
      "A proxy or a pooler that is started beside the app (`cloud-sql-proxy`, `start-pgbouncer`), and the other containers of a pod.",
      "Machines that are the project's own, and hosts of which nothing is known.",
      "The fallback of a variable is a warning where a manifest declares the environment without it, and else advice.",
      "Where a manifest provides a database that the settings do not read: `database-url-ignored`.",
      "Brokers, caches and channel layers: `broker-localhost-default`.",
    ],
    links: ["https://docs.docker.com/compose/how-tos/networking/"],
  },
  *run({ settings, deployment, deploySteps }) {
    const { platform, processes } = deployment;
    const besides = besidesOnLocalhost(platform);
    if (besides !== "nothing")
      return yield notApplicable(`something else may run on the same machine as ${platform.name}`);
    const started = deploySteps?.all.find(({ launch }) => servers.test(launch.program))?.launch;
    if (started) return yield evidence(`the deployment starts ${started.program} itself`, started.at);
    const wrapped = processes.find(({ command }) => /\bstart-(?:pgbouncer|stunnel)|\bsocat\b/.test(command));
    if (wrapped) return yield evidence("a proxy to the database runs beside the app", wrapped.at);
    if (ignoredDatabase(settings, deployment))
      return yield notApplicable("the settings ignore a database that is there: database-url-ignored");
    const found = [...databasesOnThisMachine(settings), ...searchOnThisMachine(settings)];
    for (const { what, text, at, env } of found) {
      const unset = env.filter((name) => name !== "DJANGO_SETTINGS_MODULE" && !settings.assumed.has(name));
      const known = unset.every((variable) => isProbablyUnset(variable, deployment));
      yield fails(`${what} is looked for on ${text}, where nothing but the app itself runs`, {
        at,
        when: unset.map((name) => `$${name} is unset`),
        ...(unset.length > 0 && { severity: known ? ("warning" as const) : ("info" as const) }),
      });
    }
    yield evidence("no database is looked for on localhost", settings.get("DATABASES").at);
  },
});

interface OnThisMachine {
  readonly what: string;
  readonly text: string;
  readonly at: Location | undefined;
  /** The variables whose absence leaves it so. */
  readonly env: readonly string[];
}

function databasesOnThisMachine(settings: Settings): readonly OnThisMachine[] {
  const all = connectionsIn(settings);
  const inEntries = new Set(
    all.flatMap(({ entry }) => [...entry.entries.values()].flatMap(({ value }) => value.env)),
  );
  // What no part of an entry depends on decides which entry it is.
  const choosing = settings.get("DATABASES").env.filter((name) => !inEntries.has(name));
  return all.flatMap((one) => {
    const host = one.sqlite ? undefined : entryOf(one.entry, "HOST");
    const text = onThisMachine(textOf(host) ?? "");
    if (!host || text === undefined) return [];
    const at = host.at ?? one.at;
    // What a `.env` in the repository sets gives way to what the platform sets.
    const loaded = settings.reads.filter(
      ({ name }) => settings.variable(name)?.at === host.at && host.at !== undefined,
    );
    return [
      {
        what: `the database "${one.alias}"`,
        text,
        at,
        env: [...new Set([...host.env, ...choosing, ...loaded.map(({ name }) => name)])],
      },
    ];
  });
}

/** By the setting that holds the addresses, the app that uses it. */
const searches = [
  ["ELASTICSEARCH_DSL", "django_elasticsearch_dsl", "Elasticsearch"],
  ["HAYSTACK_CONNECTIONS", "haystack", "Haystack's search server"],
] as const;

function searchOnThisMachine(settings: Settings): readonly OnThisMachine[] {
  return searches.flatMap(([name, app, what]) => {
    if (isInstalled(settings, app) !== true) return [];
    const { value, env, at } = settings.get(name);
    const found = addressOnThisMachine(value);
    const text = found?.text;
    return found && text !== undefined
      ? [{ what, text, at: found.at ?? at, env: found.env.length > 0 ? found.env : env }]
      : [];
  });
}

import { lt, valid } from "@renovatebot/pep440";
import { defineCheck } from "../../check.ts";
import {
  type Connection,
  connectionsOf,
  keptFor,
  optionOf,
  poolerOf,
} from "../../facts/django/connections.ts";
import { threadPerRequest } from "../../facts/servers/request-threads.ts";
import { evidence, type Finding, fails, notApplicable } from "../../finding.ts";
import { truthOf } from "../../python/inspect.ts";
import { shop } from "../example-shop.ts";

const project = (age: string) => ({
  ...shop,
  Procfile: "web: uvicorn --host 0.0.0.0 --port $PORT shop.asgi:application\n",
  "requirements.txt": "django>=5.2,<6\npsycopg[binary]>=3.2,<4\nuvicorn>=0.35,<1\n",
  "shop/asgi.py":
    'import os\n\nfrom django.core.asgi import get_asgi_application\n\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\napplication = get_asgi_application()\n',
  "shop/settings.py": `import os\n\nALLOWED_HOSTS = ["shop.example.com"]\nDATABASES = {\n    "default": {\n        "ENGINE": "django.db.backends.postgresql",\n        "NAME": "shop",\n        "HOST": os.environ["DB_HOST"],\n${age}    }\n}\nROOT_URLCONF = "shop.urls"\nSECRET_KEY = os.environ["SECRET_KEY"]\nWSGI_APPLICATION = "shop.wsgi.application"\n`,
});

export default defineCheck({
  id: "conn-max-age-under-asgi",
  title: "Database connections end with their request where requests have threads of their own",
  area: "database",
  severity: "warning",
  needs: ["settings", "deployment"],
  wants: ["webServer", "application"],
  docs: {
    why: "Django keeps a connection for the thread that opened it. Under ASGI, and with greenlets, a request has a thread of its own, so the next one finds no connection to take up and opens another, while the kept ones pile up until PostgreSQL says `sorry, too many clients already`. A pool in `OPTIONS` and CONN_MAX_AGE together are an error.",
    fix: 'Keep none, or let the driver pool them (Django 5.1, psycopg 3):\n\n```python\n"CONN_MAX_AGE": 0,\n"OPTIONS": {"pool": True},\n```',
    bad: project('        "CONN_MAX_AGE": 600,\n'),
    good: project(""),
    notReported: [
      "gunicorn with `sync` or `gthread`, whose threads stay.",
      "A pooler in front of the database, whose connections are cheap.",
      "SQLite, and a CONN_MAX_AGE that nothing tells.",
    ],
    links: [
      "https://docs.djangoproject.com/en/stable/ref/databases/#persistent-database-connections",
      "https://docs.djangoproject.com/en/stable/ref/databases/#connection-pool",
    ],
  },
  *run({ settings, deployment, webServer, application }) {
    const servers = connectionsOf(settings, deployment).filter(({ sqlite }) => !sqlite);
    if (servers.length === 0) return yield notApplicable("no database server is known");
    const kept = servers.filter((one) => keptFor(one) !== undefined);
    const [first] = kept;
    if (!first) return yield evidence("no connection is kept, as far as the settings tell", servers[0]?.at);
    const pooled = kept.filter((one) => poolsItself(one, settings.djangoVersion));
    for (const one of pooled) yield both(one);
    if (pooled.length > 0) return;
    const under = webServer && threadPerRequest(webServer, application);
    if (under === undefined)
      return yield evidence("nothing tells that requests have threads of their own", first.at);
    for (const one of kept) {
      const { text, at = one.at } = keptFor(one) ?? {};
      if (poolerOf(one, deployment)) continue;
      yield fails(
        `CONN_MAX_AGE is ${text} under ${under}, where each request opens connections of its own that are then kept`,
        {
          at,
          fix: '"CONN_MAX_AGE": 0,\n"OPTIONS": {"pool": True},   # Django 5.1 and psycopg[pool]; else without this line',
        },
      );
    }
    yield evidence(`${under} talks to a pooler`, first.at);
  },
});

function poolsItself(connection: Connection, django: string | undefined): boolean {
  const pool = optionOf(connection, "pool");
  const isOld = django !== undefined && valid(django) !== null && lt(django, "5.1");
  return pool !== undefined && truthOf(pool) === true && !isOld;
}

/** django/db/backends/postgresql/base.py since 5.1: "Pooling doesn't support persistent connections." */
function both(connection: Connection): Finding {
  const { text, at = connection.at } = keptFor(connection) ?? {};
  const message = `CONN_MAX_AGE is ${text} beside a pool in OPTIONS, with which Django opens no connection`;
  return fails(message, { at, severity: "error", fix: '"CONN_MAX_AGE": 0,' });
}

import { expect, test } from "vitest";
import check from "../../../src/checks/database/service-host-localhost.ts";
import { shop } from "../../../src/checks/example-shop.ts";
import { told } from "../../support/told.ts";

const postgres = (more: string) =>
  `import os\nDATABASES = {"default": {"ENGINE": "django.db.backends.postgresql", "NAME": "shop", ${more}}}`;
const literal = postgres('"HOST": "localhost"');
const project = (settings: string, more: Readonly<Record<string, string>> = {}) => ({
  ...shop,
  Procfile: "web: gunicorn shop.wsgi\n",
  "app.json": '{ "name": "shop" }\n',
  "shop/settings.py": `${settings}\nROOT_URLCONF = "shop.urls"\n`,
  ...more,
});
const compose = (more = "", web = "") => ({
  Dockerfile: "FROM python:3.13\nCOPY . .\nCMD gunicorn shop.wsgi\n",
  "docker-compose.prod.yml": `services:\n  web:\n    build: .\n${web}  db:\n    image: postgres:17\n${more}`,
});
const nothing = "where nothing but the app itself runs";

test.each([
  [
    "localhost",
    literal,
    `error certain shop/settings.py:2:93 the database "default" is looked for on localhost, ${nothing}`,
  ],
  [
    "an address, with a port",
    postgres('"HOST": "127.0.0.1"'),
    `error certain shop/settings.py:2:93 the database "default" is looked for on 127.0.0.1, ${nothing}`,
  ],
  [
    "another database",
    `${postgres('"HOST": os.environ["DB_HOST"]')}\nDATABASES["log"] = {"ENGINE": "django.db.backends.mysql", "HOST": "localhost"}`,
    `error certain shop/settings.py:3:67 the database "log" is looked for on localhost, ${nothing}`,
  ],
  [
    "a search server",
    'INSTALLED_APPS = ["django_elasticsearch_dsl"]\nELASTICSEARCH_DSL = {"default": {"hosts": "localhost:9200"}}',
    `error certain shop/settings.py:2:43 Elasticsearch is looked for on localhost:9200, ${nothing}`,
  ],
])("%s", async (_, settings, line) => {
  expect(await told(check, project(settings))).toEqual([line]);
});

test("the fallback of a variable is advice, and a warning where a manifest declares others", async () => {
  const settings = postgres('"HOST": os.environ.get("DB_HOST", "localhost")');
  const says = `conditional shop/settings.py:2:119 the database "default" is looked for on localhost, ${nothing} (when $DB_HOST is unset)`;
  expect(await told(check, project(settings))).toEqual([`info ${says}`]);
  const declared = { "app.json": '{ "env": { "SENTRY_DSN": "x" } }' };
  expect(await told(check, project(settings, declared))).toEqual([`warning ${says}`]);
  const chosen = `import os\nif "RDS_HOSTNAME" in os.environ:\n    DATABASES = {"default": {"ENGINE": "django.db.backends.postgresql", "HOST": os.environ["RDS_HOSTNAME"]}}\nelse:\n    DATABASES = {"default": {"ENGINE": "django.db.backends.postgresql", "HOST": "localhost"}}`;
  const [line] = await told(check, project(chosen));
  expect(line).toMatch(/^info conditional .* \(when \$RDS_HOSTNAME is unset\)$/);
});

test("in compose the database is another service", async () => {
  const { "app.json": _, Procfile: __, ...files } = project(literal);
  const [line] = await told(check, { ...files, ...compose() });
  expect(line).toMatch(/^error certain shop\/settings\.py/);
  for (const right of [
    { ...files, ...compose("", '    network_mode: "host"\n') },
    {
      ...files,
      ...compose(),
      "shop/settings.py": `${postgres('"HOST": "db"')}\nROOT_URLCONF = "shop.urls"\n`,
    },
    {
      ...files,
      ...compose(),
      "shop/settings.py": `${postgres('"HOST": "host.docker.internal"')}\nROOT_URLCONF = "shop.urls"\n`,
    },
  ])
    expect(await told(check, right)).toEqual([expect.stringMatching(/^passed|^skipped: something else/)]);
});

const pod = (more: string) => ({
  "deployment.yaml": `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  selector:\n    matchLabels: {app: web}\n  template:\n    metadata:\n      labels: {app: web}\n    spec:\n      containers:\n        - name: web\n          image: shop\n          command: [gunicorn, shop.wsgi]\n${more}`,
});

test.each([
  ["one container", "", /^error certain/],
  [
    "a sidecar",
    "        - name: proxy\n          image: gcr.io/cloud-sql-connectors/cloud-sql-proxy:2\n",
    /^skipped: something else/,
  ],
  [
    "a sidecar that starts first",
    "      initContainers:\n        - name: proxy\n          image: cloud-sql-proxy:2\n          restartPolicy: Always\n",
    /^skipped: something else/,
  ],
  ["the machine's network", "      hostNetwork: true\n", /^skipped: something else/],
])("a pod with %s", async (_, more, says) => {
  const { "app.json": _app, Procfile: _procfile, ...files } = project(literal, pod(more));
  expect(await told(check, files, "kubernetes")).toEqual([expect.stringMatching(says)]);
});

test.each([
  ["a pooler", project(literal, { Procfile: "web: bin/start-pgbouncer gunicorn shop.wsgi\n" })],
  [
    "a proxy",
    project(literal, {
      Procfile: "web: sh start.sh\n",
      "start.sh": "cloud_sql_proxy -instances=a:b:c=tcp:5432 &\nexec gunicorn shop.wsgi\n",
    }),
  ],
  [
    "a server of its own",
    project(literal, { Procfile: "web: service postgresql start && gunicorn shop.wsgi\n" }),
  ],
  ["a host that a variable names", project(postgres('"HOST": os.environ["DB_HOST"]'))],
  [
    "development",
    project(
      `DEBUG = False\nif DEBUG:\n    DATABASES = {}\nelse:\n    DATABASES = {"default": {"ENGINE": "django.db.backends.mysql", "HOST": "db.example.com"}}`,
    ),
  ],
  [
    "SQLite",
    project('DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "HOST": "localhost"}}'),
  ],
  [
    "a search server that nothing uses",
    project('ELASTICSEARCH_DSL = {"default": {"hosts": "localhost:9200"}}'),
  ],
])("%s", async (_, files) => {
  expect(await told(check, files)).toEqual(["passed"]);
});

test.each(["pythonanywhere", "elastic-beanstalk", "procfile-host"])(
  "nothing is said of %s",
  async (platform) => {
    const [line] = await told(check, project(literal), platform);
    expect(line).toMatch(/^skipped: something else may run on the same machine/);
  },
);

test("a database that is there and ignored is another check's", async () => {
  const ordered = { "app.json": '{ "addons": ["heroku-postgresql"] }' };
  expect(await told(check, project(literal, ordered))).toEqual([
    "skipped: the settings ignore a database that is there: database-url-ignored",
  ]);
});

test("what a .env sets gives way to what the platform sets", async () => {
  const settings = `from dotenv import load_dotenv\nload_dotenv()\n${postgres('"HOST": os.environ["DB_HOST"]')}`;
  const [line] = await told(check, project(settings, { ".env": "DB_HOST=127.0.0.1\n" }));
  expect(line).toMatch(/^info conditional .* \(when \$DB_HOST is unset\)$/);
});

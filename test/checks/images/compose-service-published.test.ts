import { expect, test } from "vitest";
import check from "../../../src/checks/images/compose-service-published.ts";
import { told } from "../../support/told.ts";

const base = {
  "manage.py": "import django\n",
  Dockerfile: 'FROM python:3.13\nCMD ["gunicorn", "shop.wsgi"]\n',
};
const compose = (services: string) => `services:\n  web: {build: ., ports: ["80:8000"]}\n${services}`;
const ask = (
  services: string,
  name = "docker-compose.prod.yml",
  more: Readonly<Record<string, string>> = {},
) => told(check, { ...base, ...more, [name]: compose(services) });

test.each([
  ["Redis", "  cache: {image: 'redis:8', ports: ['6379:6379']}", "error", "without a password"],
  [
    "a weak password",
    "  db: {image: 'postgres:17', environment: {POSTGRES_PASSWORD: postgres}, ports: ['5432:5432']}",
    "error",
    "with a password that anybody guesses",
  ],
  [
    "trust",
    "  db: {image: 'postgres:17', environment: [POSTGRES_HOST_AUTH_METHOD=trust], ports: ['5432:5432']}",
    "error",
    "without a password",
  ],
  [
    "every address, said so",
    "  cache: {image: redis, ports: ['0.0.0.0:6379:6379']}",
    "error",
    "without a password",
  ],
  [
    "the long form",
    "  cache: {image: redis, ports: [{target: 6379, published: '6379'}]}",
    "error",
    "without a password",
  ],
  [
    "a default of a variable",
    "  cache: {image: redis, ports: ['${PORT:-6379}:6379']}",
    "error",
    "without a password",
  ],
  ["MongoDB", "  db: {image: 'mongo:8', ports: ['27017:27017']}", "error", "without a password"],
  [
    "an old Elasticsearch",
    "  es: {image: 'elasticsearch:7.17.0', ports: ['9200:9200']}",
    "error",
    "without a password",
  ],
  [
    "a password from a variable",
    "  db: {image: 'postgres:17', environment: {POSTGRES_PASSWORD: '${PW}'}, ports: ['5432:5432']}",
    "warning",
    "with nothing but its password before it",
  ],
  [
    "a password in a file",
    "  db: {image: 'postgres:17', env_file: .env, ports: ['5432:5432']}",
    "warning",
    "with nothing but its password before it",
  ],
  [
    "a Redis with a configuration",
    "  cache: {image: redis, command: 'redis-server /redis.conf', ports: ['6379:6379']}",
    "warning",
    "with nothing but its password before it",
  ],
])("%s", async (_name, services, severity, end) => {
  const lines = await ask(services);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(
    new RegExp(
      `^${severity} certain docker-compose.prod.yml:3:\\d+ docker-compose.prod.yml opens .* to the network`,
    ),
  );
  expect(lines[0]).toMatch(new RegExp(`${end}$`));
});

test.each([
  ["loopback", "  cache: {image: redis, ports: ['127.0.0.1:6379:6379']}"],
  ["loopback by a variable's default", "  cache: {image: redis, ports: ['${BIND:-127.0.0.1}:6379:6379']}"],
  ["an address that a variable holds", "  cache: {image: redis, ports: ['${BIND}:6379:6379']}"],
  [
    "a private address, in the long form",
    "  cache: {image: redis, ports: [{target: 6379, published: 6379, host_ip: 10.0.0.1}]}",
  ],
  ["expose", "  cache: {image: redis, expose: ['6379']}"],
  ["no ports", "  cache: {image: redis}"],
  ["a proxy", "  proxy: {image: 'nginx:1', ports: ['80:80', '443:443']}"],
  ["a profile", "  cache: {image: redis, profiles: [debug], ports: ['6379:6379']}"],
])("%s: nothing to tell", async (_name, services) => {
  expect(await ask(services)).toEqual(["passed"]);
});

test.each(["docker-compose.yml", "docker-compose.dev.yml", "docker-compose.override.yml", "local.yml"])(
  "%s is not for production",
  async (name) => {
    const [line] = await ask("  cache: {image: redis, ports: ['6379:6379']}", name);
    expect(line).toBe("skipped: no compose file for production is there");
  },
);

test("a default file that a script starts on a server", async () => {
  const lines = await ask("  cache: {image: redis, ports: ['6379:6379']}", "docker-compose.yml", {
    "deploy.sh": "ssh host docker compose up -d\n",
  });
  expect(lines[0]).toMatch(/^error certain docker-compose.yml:3/);
});

test("a file that only adds to the default one has its ports, unless it resets them", async () => {
  const services = "services:\n  web: {build: .}\n  cache: {image: redis, ports: ['6379:6379']}\n";
  const more = { "docker-compose.yml": services };
  const production = (text: string) =>
    told(check, {
      ...base,
      ...more,
      "docker-compose.prod.yml": `services:\n  web: {restart: always}\n${text}`,
    });
  expect((await production(""))[0]).toMatch(/^error certain docker-compose.yml:3/);
  expect(await production("  cache:\n    ports: !reset []\n")).toEqual(["passed"]);
});

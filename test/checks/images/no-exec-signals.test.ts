import { expect, test } from "vitest";
import check from "../../../src/checks/images/no-exec-signals.ts";
import { told } from "../../support/told.ts";

const base = { "manage.py": "import django\n", "requirements.txt": "django==5.2\ngunicorn==23.0\n" };
const ask = (rest: string, script: string, more: Readonly<Record<string, string>> = {}, on = "docker") =>
  told(
    check,
    {
      ...base,
      Dockerfile: `FROM python:3.13-slim\nWORKDIR /app\nCOPY . .\n${rest}\n`,
      "e.sh": script,
      ...more,
    },
    on,
  );
const entry = 'ENTRYPOINT ["/app/e.sh"]';
const kept = "#!/bin/sh\npython manage.py migrate\ngunicorn shop.wsgi\n";

test("a script without exec", async () => {
  expect(await ask(entry, kept)).toEqual([
    "warning certain e.sh:3:1 e.sh starts gunicorn without exec, so that the shell stays the first process and keeps SIGTERM to itself",
  ]);
  expect((await ask('CMD ["sh", "e.sh"]', kept))[0]).toMatch(/^warning certain e\.sh:3:1/);
});

test("several commands in one line", async () => {
  for (const rest of [
    "CMD python manage.py migrate && gunicorn shop.wsgi",
    'CMD ["sh", "-c", "python manage.py migrate && gunicorn shop.wsgi"]',
  ])
    expect((await ask(rest, ""))[0]).toMatch(
      /^warning certain Dockerfile:4:1 the command starts gunicorn without exec/,
    );
});

test.each([
  ["exec", entry, kept.replace("gunicorn", "exec gunicorn")],
  [
    'exec "$@"',
    `${entry}\nCMD ["gunicorn", "shop.wsgi"]`,
    '#!/bin/sh\npython manage.py migrate\nexec "$@"\n',
  ],
  ["exec in the line", "CMD python manage.py migrate && exec gunicorn shop.wsgi", ""],
  ["one command for a shell", "CMD gunicorn shop.wsgi", ""],
  ["one command for sh -c", 'CMD ["sh", "-c", "gunicorn shop.wsgi"]', ""],
  ["bash", 'CMD ["bash", "-c", "python manage.py migrate && gunicorn shop.wsgi"]', ""],
  ["no shell", 'CMD ["gunicorn", "shop.wsgi"]', ""],
  ["tini", 'ENTRYPOINT ["tini", "--", "/app/e.sh"]', kept],
  ["a trap", entry, kept.replace("python", "trap 'kill 0' TERM\npython")],
  ["programs in the background", entry, "#!/bin/sh\ncelery -A shop worker &\ngunicorn shop.wsgi &\nwait\n"],
])("%s: nothing to tell", async (_name, rest, script) => {
  expect(await ask(rest, script)).toEqual(["passed"]);
});

test("compose's own init, and platforms that tell every process", async () => {
  const compose = "services:\n  web: {build: ., init: true}\n";
  expect((await ask(entry, kept, { "docker-compose.prod.yml": compose }))[0]).toMatch(/^skipped/);
  expect((await ask(entry, kept, { "fly.toml": "app = 'x'\n" }, "fly"))[0]).toMatch(/^skipped/);
});

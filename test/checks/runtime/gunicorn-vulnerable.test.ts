import { expect, test } from "vitest";
import check from "../../../src/checks/runtime/gunicorn-vulnerable.ts";
import { told } from "../../support/told.ts";

const ask = (requirements: string, command = "gunicorn shop.wsgi") =>
  told(check, {
    "manage.py": "import django\n",
    "requirements.txt": `django==5.2\n${requirements}\n`,
    Procfile: `web: ${command}\n`,
  });

test("releases with holes", async () => {
  expect(await ask("gunicorn==20.1.0")).toEqual([
    "warning certain requirements.txt:2:1 requirements.txt asks for gunicorn 20.1.0, which is open to request smuggling (CVE-2024-1135 and CVE-2024-6827)",
  ]);
  expect((await ask("gunicorn==22.0.0"))[0]).toMatch(/\(CVE-2024-6827\)$/);
  expect((await ask("gunicorn<21"))[0]).toContain("asks for gunicorn <21");
});

test.each([
  ["a mended release", "gunicorn==23.0.0", undefined, "passed"],
  ["a range that one is in", "gunicorn>=20", undefined, "passed"],
  ["any version", "gunicorn", undefined, "passed"],
  [
    "another server",
    "gunicorn==20.1.0\nuvicorn==0.35",
    "uvicorn shop.asgi:application --port $PORT",
    "skipped: uvicorn answers the requests",
  ],
  ["no gunicorn", "uvicorn==0.35", undefined, "skipped: the list of packages does not name gunicorn"],
])("%s", async (_name, requirements, command, line) => {
  expect(await ask(requirements, command)).toEqual([line]);
});

import { expect, test } from "vitest";
import check from "../../../src/checks/secrets/data-dump-tracked.ts";
import { told } from "../../support/told.ts";

const users = '[{"model": "auth.user", "fields": {"password": "pbkdf2_sha256$1$c2FsdA$aGFzaA="}}]';
const dump = `--\n-- PostgreSQL database dump\n--\nCOPY public.auth_user (id, password, email) FROM stdin;\n1\tpbkdf2_sha256$1$x$y\tada@example.org\n`;
const ask = (more: Record<string, string>) => {
  const files = { "manage.py": "import django\n", ...more };
  return told(check, files, undefined, { tracked: Object.keys(files) });
};

test("rows of users", async () => {
  expect(await ask({ "backup.json": users })).toEqual([
    "warning certain backup.json:1:1 git tracks backup.json, a dump of data with the password hashes of users",
  ]);
  expect(await ask({ "backup.sql": dump.replace("\n--\n--", "\n--") })).toEqual([
    "warning certain backup.sql:1:1 git tracks backup.sql, a dump of a database with its users",
  ]);
});

test.each<[string, Record<string, string>]>([
  ["a fixture", { "shop/fixtures/users.json": users }],
  ["data of a test", { "tests/backup.sql": dump }],
  ["a schema", { "schema.sql": "-- PostgreSQL database dump\nCREATE TABLE auth_user (id int);\n" }],
  ["reference data", { "data/countries.json": '[{"model": "shop.country"}]' }],
])("%s is not reported", async (_name, more) => {
  expect(await ask(more)).toEqual(["passed"]);
});

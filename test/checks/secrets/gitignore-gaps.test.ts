import { expect, test } from "vitest";
import check from "../../../src/checks/secrets/gitignore-gaps.ts";
import { told } from "../../support/told.ts";

const settings = (head = "") => `${head}ROOT_URLCONF = "shop.urls"\n`;
const ask = (ignore: string, head = "", more: Record<string, string> = {}) => {
  const files = {
    "manage.py": "import django\n",
    "shop/settings.py": settings(head),
    ".gitignore": ignore,
    ...more,
  };
  return told(check, files, undefined, { tracked: Object.keys(files) });
};
const dotenv = "from dotenv import load_dotenv\n\nload_dotenv()\n";

test("a .env that the settings read, and nothing ignores", async () => {
  expect(await ask("__pycache__/\n", dotenv)).toEqual([
    'warning certain .gitignore does not name .env, so the next "git add ." commits it',
  ]);
  expect((await ask("", dotenv))[0]).toContain(".env and __pycache__/");
});

test("only what Python leaves is not reported, and only a database is advice", async () => {
  expect(await ask("node_modules/\n")).toEqual(["passed"]);
  const database =
    'DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "db.sqlite3"}}\n';
  expect(await ask("__pycache__/\n", database)).toEqual([
    'info certain .gitignore does not name *.sqlite3, so the next "git add ." commits it',
  ]);
});

test.each<[string, string, string]>([
  ["everything named", ".env*\n*.py[co]\n", dotenv],
  ["a .env that nothing reads", "__pycache__\n", ""],
  ["patterns that git takes so", "**/.env\n**/__pycache__/*\n", dotenv],
])("%s passes", async (_name, ignore, head) => {
  expect(await ask(ignore, head)).toEqual(["passed"]);
});

test("without git there is nothing to keep out", async () => {
  expect((await told(check, { "manage.py": "import django\n" }))[0]).toMatch(/^skipped/);
});

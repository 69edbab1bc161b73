import { expect, test } from "vitest";
import check from "../../../src/checks/images/dockerignore-missing.ts";
import { memoryFiles } from "../../../src/files/memory.ts";
import { told } from "../../support/told.ts";

const dockerfile = (copy: string) =>
  `FROM python:3.13-slim\nWORKDIR /app\n${copy}\nCMD ["gunicorn", "shop.wsgi"]\n`;
const base = { "manage.py": "import django\n", "requirements.txt": "django==5.2\n" };
const secret = { ".env": "EMAIL_HOST_PASSWORD=s9k2v0x7qzl4mfy8w3r5\n" };

const ask = (copy: string, files: Readonly<Record<string, string>> = {}, on?: string) => {
  const all = { ...base, Dockerfile: dockerfile(copy), ...files };
  return told(check, memoryFiles(all, { tracked: Object.keys(all) }), on);
};

test("secrets that are in the repository", async () => {
  expect(await ask("COPY . .", secret)).toEqual([
    "error certain Dockerfile:3:1 .env is copied into the image, with the secrets that are in it",
  ]);
  expect(await ask("COPY . .", { ...secret, ".dockerignore": "*.sqlite3\n.git\n" })).toHaveLength(1);
  const nested = { "backend/.env": secret[".env"], ".dockerignore": ".env\n" };
  expect((await ask("ADD . /app", nested))[0]).toMatch(
    /^error certain Dockerfile:3:1 backend\/\.env is copied/,
  );
});

test("also by way of another stage", async () => {
  const staged = "COPY . .\nFROM python:3.13-slim\nCOPY --from=0 /app /app";
  expect((await ask(staged, secret))[0]).toMatch(/^error certain Dockerfile:3:1 \.env/);
});

test("a .env that only machines have", async () => {
  const files = {
    ...base,
    Dockerfile: dockerfile("COPY . ."),
    ".env.example": "EMAIL_HOST_PASSWORD=\n",
    ".gitignore": ".env\n",
  };
  const lines = await told(check, memoryFiles(files, { tracked: Object.keys(files) }), "docker");
  expect(lines).toEqual([
    "warning conditional Dockerfile:3:1 Dockerfile copies .env into the image, and there is no .dockerignore (when the image is built from a folder that has one)",
  ]);
  const clone = {
    ...files,
    "fly.toml": "app = 'shop'\n",
    "render.yaml": "services:\n  - {type: web, name: a, runtime: docker}\n",
  };
  const onRender = await told(check, memoryFiles(clone, { tracked: Object.keys(clone) }), "render");
  expect(onRender[0]).toMatch(/^info certain .* copies \.git into the image/);
});

test("a pattern that Docker refuses", async () => {
  expect(await ask("COPY . .", { ".dockerignore": ".git\n[a\n" })).toEqual([
    "error certain .dockerignore:1:1 .dockerignore has a pattern that Docker refuses, so that nothing is built",
  ]);
});

test.each([
  ["it is kept out", "COPY . .", { ...secret, ".dockerignore": ".git\n.env\n" }],
  ["by a pattern", "COPY . .", { ...secret, ".dockerignore": "**/.*\n" }],
  ["by all but what is named", "COPY . .", { ...secret, ".dockerignore": "*\n!shop\n" }],
  ["by the Dockerfile's own file", "COPY . .", { ...secret, "Dockerfile.dockerignore": ".env\n.git\n" }],
  ["by COPY", "COPY --exclude=.env --exclude=.git . .", secret],
  ["single folders", "COPY shop /app/shop", secret],
  [
    "a stage that is thrown away",
    "COPY . .\nFROM python:3.13-slim\nCOPY --from=0 /usr/local/lib /usr/local/lib",
    secret,
  ],
  ["an example", "COPY . .", { ".env.example": secret[".env"], ".dockerignore": ".git\n" }],
  ["no secrets in it", "COPY . .", { ".env": "DEBUG=0\n", ".dockerignore": ".git\n" }],
  ["one for development", "COPY . .", { ".env.dev": secret[".env"], ".dockerignore": ".git\n" }],
])("%s: nothing to tell", async (_name, copy, files) => {
  expect(await ask(copy, files)).toEqual(["passed"]);
});

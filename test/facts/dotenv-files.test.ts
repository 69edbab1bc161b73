import { parse } from "dotenv";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { assignments } from "../../src/facts/dotenv/entries.ts";
import { type Holds, holds } from "../../src/facts/dotenv/secrecy.ts";
import { type DotenvFile, dotenvFiles } from "../../src/facts/dotenv-files.ts";
import { memoryFiles } from "../../src/files/memory.ts";
import { heroku } from "../../src/platforms/heroku.ts";

async function read(
  files: Record<string, string | Uint8Array>,
  options?: { tracked?: string[]; ignored?: string[] },
): Promise<readonly DotenvFile[]> {
  const source = {
    files: memoryFiles(files, options),
    options: { env: new Map(), closed: false, platformNamed: false },
    platform: heroku,
  };
  const fact = await dotenvFiles.read(source, {});
  if ("kind" in fact) throw new Error(fact.reason);
  return fact;
}

describe("which files", () => {
  test("are read, and which are examples", async () => {
    const paths = [
      ".env",
      ".env.production",
      ".env.example",
      ".env.prod.sample",
      "prod.env",
      "example.env",
      "backend/.env",
      ".envs/.production/.django",
      ".envs/.local/.django",
      ".envs/.template/.django",
      "templates/.env",
      "schema-registry/.env",
      "tests/.env",
      "docs/examples/.env",
      "{{cookiecutter.slug}}/.env",
      ".envrc",
      "env.py",
      ".env.py",
      "environment",
    ];
    const found = await read(Object.fromEntries(paths.map((path) => [path, ""])));
    expect(Object.fromEntries(found.map(({ path, isExample }) => [path, isExample]))).toEqual({
      ".env": false,
      ".env.production": false,
      ".env.example": true,
      ".env.prod.sample": true,
      ".envs/.production/.django": false,
      ".envs/.template/.django": true,
      "templates/.env": true,
      "schema-registry/.env": false,
      "prod.env": false,
      "example.env": true,
      "backend/.env": false,
    });
  });

  test("are for development by their path", async () => {
    const found = await read({
      ".env": "",
      ".env.dev": "",
      "docker/local/.env": "",
      ".env.test.local": "",
      "devices/.env": "",
    });
    expect(found.filter((file) => file.isForDevelopment).map(({ path }) => path)).toEqual([
      ".env.dev",
      ".env.test.local",
      "docker/local/.env",
    ]);
  });

  test("are tracked by git's index, whatever .gitignore says", async () => {
    const contents = { ".env": "", ".env.prod": "", ".env.staging": "" };
    expect((await read(contents)).map((file) => file.tracked)).toEqual([undefined, undefined, undefined]);
    const found = await read(contents, { tracked: [".env"], ignored: [".env", ".env.prod"] });
    expect(found.map(({ path, tracked }) => [path, tracked])).toEqual([
      [".env", true],
      [".env.staging", false],
    ]);
  });

  test("cannot be read", async () => {
    const [file] = await read({ ".env": Buffer.from("\0GITCRYPT\0") });
    expect([file?.entries, file?.unreadable]).toEqual([[], "is a binary file"]);
  });
});

describe("assignments", () => {
  test("have the place of their name", async () => {
    const [file] = await read({ ".env": '# a\n\nexport A=1\n  B="x\ny"\nC=\n' });
    expect(file?.entries.map(({ name, at }) => [name, at.line, at.column, at.endColumn])).toEqual([
      ["A", 3, 8, 9],
      ["B", 4, 3, 4],
      ["C", 6, 1, 2],
    ]);
  });

  test.each([
    ["A=x # comment", "x"],
    ["A=x#y", "x#y"],
    ["A=# comment", ""],
    ["A='x # y' # z", "x # y"],
    ['A="x\ny=z"', "x\ny=z"],
    ['A="x', '"x'],
    ["A: x", "x"],
    ["A = x y ", "x y"],
    ["export A=x\r\n", "x"],
  ])("%j", (text, value) => {
    expect(assignments(text).map((entry) => entry.value)).toEqual([value]);
  });

  test("are those that the dotenv library reads", () => {
    const name = fc.stringMatching(/^[A-Z][A-Z0-9_.-]{0,8}$/);
    const plain = fc.stringMatching(/^[a-z0-9:/@+=,.-]{0,12}$/);
    const value = fc.oneof(
      plain,
      plain.map((text) => `"${text}\n# ${text}=1"`),
      plain.map((text) => `'a # ${text}'`),
      plain.map((text) => `${text} # comment = 'x'`),
    );
    const line = fc.oneof(
      fc
        .tuple(fc.constantFrom("", "export ", "  "), name, fc.constantFrom("=", " = ", "="), value)
        .map((parts) => parts.join("")),
      fc.constantFrom("", "# comment", "#A=1"),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), (lines) => {
        const text = lines.join("\n");
        expect(Object.fromEntries(assignments(text).map((entry) => [entry.name, entry.value]))).toEqual(
          parse(text),
        );
      }),
      { seed: 7, numRuns: 500 },
    );
  });

  test("of a hostile file are read in time", () => {
    const started = performance.now();
    const many = 200_000;
    for (const text of [
      "\n".repeat(many),
      `A=x${" ".repeat(many)}x`,
      `A${"_".repeat(many)}=1`,
      "A='x\n".repeat(many / 5),
      `A="${"\\".repeat(many)}`,
      `SECRET=${"my".repeat(many)}`,
      `SECRET=${"<".repeat(many)}`,
      `A=a://${"b:".repeat(many)}`,
    ]) {
      for (const { name, value } of assignments(text)) holds(name, value);
    }
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

/** Random, but the same every day; nobody's key. */
const random = "q7Zt2mXw9LbK4vRc8NfH1sJd6PyG3aTe5UoVi0Qx";

describe("what a value is", () => {
  const table: Record<Holds, readonly (readonly [name: string, value: string])[]> = {
    nothing: [["SECRET_KEY", ""]],
    secret: [
      ["SECRET_KEY", random],
      ["SECRET_KEY", `django-insecure-${random}`],
      ["SECRET_KEY", "s9k2v!0x7qzl4mfy"],
      ["DJANGO_SECRET_KEY", "correct horse battery staple"],
      ["SECRET_KEY_PROD", random],
      ["DB_PASSWORD", "Tr0ub4dor&3"],
      ["dbPassword", "Tr0ub4dor&3"],
      ["EMAIL_HOST_PASSWORD", "abcd efgh ijkl mnop"],
      ["DATABASE_URL", "postgres://shop:Tr0ub4dor@db.example.com:5432/shop"],
      ["DATABASE_URL", "mysql://root:p@ss:w0rd@10.0.0.1/shop"],
      ["REDIS", "redis://:Tr0ub4dor@cache:6379/0"],
      ["AWS_ACCESS_KEY_ID", "AKIAQ3EGRIWQX7TGYN2B"],
      ["ANYTHING", `sk_live_${random}`],
      ["PAT", `ghp_${random}`],
      ["STRIPE_KEY", random],
      ["GOOGLE", '{"type": "service_account", "private_key": "-----BEGIN PRIVATE KEY-----\\nMIIEv"}'],
      ["TLS_KEY", `-----BEGIN RSA PRIVATE KEY-----\n${random}${random}xxx\n-----END`],
      ["SOME_JWT", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abcDEF123_x"],
      ["DOTENV_PRIVATE_KEY", random],
    ],
    placeholder: [
      ["SECRET_KEY", "changeme"],
      ["SECRET_KEY", "change-this-to-something-long"],
      ["SECRET_KEY", "<your secret key>"],
      ["SECRET_KEY", "your-secret-key-here"],
      ["SECRET_KEY", "${SECRET_KEY}"],
      ["SECRET_KEY", "$OTHER"],
      ["SECRET_KEY", "xxxxxxxxxxxxxxxx"],
      ["SECRET_KEY", "{{ secret_key }}"],
      ["SECRET_KEY", "secret_key"],
      ["SECRET_KEY", "dev-secret-key"],
      ["SECRET_KEY", "replace-with-a-secret-key"],
      ["SECRET_KEY", "sua-chave-secreta-super-segura"],
      ["SECRET_KEY", "generate-one-with-openssl-rand-hex-32"],
      ["SECRET_KEY", "django-insecure-change-me-in-production"],
      ["SECRET_KEY", "insecure-key-for-dev"],
      ["SECRET_KEY", "not-so-secret"],
      ["SECRET_KEY", "op://vault/item/field"],
      ["POSTGRES_PASSWORD", "postgres"],
      ["DB_PASSWORD", "password123"],
      ["TOKEN", "abc"],
      ["DATABASE_URL", "postgres://postgres:postgres@db:5432/app"],
      ["DATABASE_URL", "postgres://saleor:saleor@db/saleor"],
      ["DATABASE_URL", "postgres://user:password@localhost/app"],
      ["DATABASE_URL", "postgres://user:${DB_PASSWORD}@localhost/app"],
      ["AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE"],
      ["AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"],
      ["TLS_KEY", "-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----"],
    ],
    ciphertext: [
      ["SECRET_KEY", "encrypted:BDqDBibm4wsYqMpCjTQ6BsDHmMadg9K3dAt+Z9HPMfLEIRVz50hmLXPXRuDBXaJi"],
      ["SECRET_KEY", "ENC[AES256_GCM,data:CwE4O1s=,iv:2k=,aad:o=,tag:w==]"],
      ["DOTENV_VAULT_PRODUCTION", random],
    ],
    harmless: [
      ["ENVIRONMENT", "development"],
      ["DEBUG", "True"],
      ["DATABASE_URL", "postgres://localhost/app"],
      ["DATABASE_URL", "sqlite:///db.sqlite3"],
      ["SECRET_KEY_FILE", "/run/secrets/key"],
      ["JWT_SECRET", "/run/secrets/jwt"],
      ["ACCESS_TOKEN_LIFETIME", "3600"],
      ["AUTH_TOKEN", "false"],
      ["TOKEN_URL", "https://example.com/token"],
      ["PASSWORD_HASHER", "argon2"],
      ["SECRETS_BACKEND", "aws"],
      ["KEYCLOAK_REALM", "master"],
      ["SENTRY_DSN", `https://${random}@o1.ingest.sentry.io/1`],
      ["STRIPE_PUBLISHABLE_KEY", `pk_live_${random}`],
      ["STRIPE_SECRET_KEY", `sk_test_${random}`],
      ["REACT_APP_API_KEY", random],
      ["DOTENV_PUBLIC_KEY", random],
      ["GOOGLE_MAPS_API_KEY", `AIza${random}`],
      ["RECAPTCHA_SITE_KEY", random],
      ["COMPOSE_PROJECT_NAME", "shop"],
    ],
  };
  const rows = Object.entries(table).flatMap(([kind, pairs]) =>
    pairs.map(([name, value]) => [kind, name, value] as const),
  );

  test.each(rows)("%s: %s=%s", (kind, name, value) => {
    expect(holds(name, value)).toBe(kind);
  });

  test("is no secret if it is also the name of the user or the database", async () => {
    const [file] = await read({
      ".env": "DB_USER=warehouse\nDB_PASSWORD=warehouse\nSECRET_KEY=k3jh5g\nOTHER_SECRET=k3jh5g\n",
    });
    expect(file?.entries.map((entry) => entry.holds)).toEqual([
      "harmless",
      "placeholder",
      "secret",
      "secret",
    ]);
  });
});

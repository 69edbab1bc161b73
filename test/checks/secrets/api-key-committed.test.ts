import { expect, test } from "vitest";
import check from "../../../src/checks/secrets/api-key-committed.ts";
import { told } from "../../support/told.ts";

const settings = (line: string) =>
  `import os\n\nROOT_URLCONF = "shop.urls"\nSECRET_KEY = os.environ["SECRET_KEY"]\n${line}\n`;
const project = (line: string, more: Record<string, string> = {}) => ({
  "shop/settings.py": settings(line),
  ...more,
});
const ask = (files: Record<string, string>, tracked: readonly string[] = Object.keys(files)) =>
  told(check, files, undefined, { tracked });
// Made up, and put together here so that no scanner takes them for real ones.
const stripe = `sk_${"live"}_9aK2mQ7xT4vB8nR1cW5z`;
const github = `ghp_${"a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8"}`;

test("a key that its form tells", async () => {
  expect(await ask(project(`STRIPE_SECRET_KEY = "${stripe}"`))).toEqual([
    "error certain shop/settings.py:5:22 shop/settings.py holds a Stripe live key (28 characters): whoever reads it moves its owner's money",
  ]);
  expect(await ask(project("", { "deploy.sh": `git clone https://x:${github}@github.com/x/y\n` }))).toEqual([
    "error certain deploy.sh:1:21 deploy.sh holds a GitHub token (40 characters): whoever reads it acts as its owner at GitHub",
  ]);
});

test("the value is never in the answer", async () => {
  const lines = await ask(project(`STRIPE_SECRET_KEY = "${stripe}"\nMAIL_PASSWORD = "t7Gq2LmZ9xKc4VwB8rNp"`));
  expect(lines.length).toBe(2);
  expect(lines.join("\n")).not.toMatch(/9aK2mQ|t7Gq2L/);
});

test("a name and a generated value make a secret; a made-up value is a warning", async () => {
  expect(await ask(project('PAYMENT_API_KEY = "t7Gq2LmZ9xKc4VwB8rNp"'))).toEqual([
    "error certain shop/settings.py:5:19 PAYMENT_API_KEY is written in the code: a text of 20 characters",
  ]);
  expect(await ask(project('PAYMENT = {"PASSWORD": "mon-mot-de-passe!9"}'))).toEqual([
    'warning certain shop/settings.py:5:24 PAYMENT["PASSWORD"] is written in the code: a text of 18 characters',
  ]);
});

test("a generated fallback is a warning", async () => {
  expect(
    await ask(project('PAYMENT_API_KEY = os.environ.get("PAYMENT_API_KEY", "t7Gq2LmZ9xKc4VwB8rNp")')),
  ).toEqual([
    "warning certain shop/settings.py:5:53 PAYMENT_API_KEY is written in the code: a text of 20 characters, for the case that $PAYMENT_API_KEY is unset",
  ]);
});

test("a private key beside the project is a warning, a service account an error", async () => {
  const body = `${"Qk".repeat(40)}\n`;
  const pem = `-----BEGIN PRIVATE KEY-----\n${body}-----END PRIVATE KEY-----\n`;
  expect(await ask(project("", { "certs/server.key": pem }))).toEqual([
    "warning certain certs/server.key:1:1 certs/server.key holds a private key (88 characters): whoever reads it is taken for its owner",
  ]);
  const account = JSON.stringify({ type: "service_account", private_key: pem }, undefined, 1).replace(
    '":"',
    '": "',
  );
  expect((await ask(project("", { "google.json": account })))[0]).toMatch(/^error certain google\.json:/);
});

test("without git's index it depends on whether the file is in the repository", async () => {
  expect((await told(check, project(`X = "${stripe}"`)))[0]).toMatch(
    /\(when shop\/settings\.py is in the repository\)$/,
  );
});

test.each<[string, Record<string, string>]>([
  ["a key of a test mode", project(`STRIPE = "sk_${"test"}_9aK2mQ7xT4vB8nR1cW5z"`)],
  ["a publishable key", project(`STRIPE_PUBLISHABLE_KEY = "pk_${"live"}_9aK2mQ7xT4vB8nR1cW5z"`)],
  [
    "a DSN of Sentry",
    project('SENTRY_DSN = "https://0123abcd4567ef890123abcd4567ef89@o1.ingest.sentry.io/2"'),
  ],
  ["the key of a map", project('MAPBOX_TOKEN = "t7Gq2LmZ9xKc4VwB8rNp"')],
  ["a key from documentation", project('AWS_ACCESS_KEY_ID = "AKIAIOSFODNN7EXAMPLE"')],
  ["the scope of a signature", project('X = "AKIASOZLZI5FJDJ6XTSZ/20220405/eu-central-1/s3/aws4_request"')],
  ["a test", project("", { "shop/tests/keys.py": `KEY = "${stripe}"\n` })],
  ["documentation", project("", { "docs/setup.txt": `KEY = "${stripe}"\n` })],
  ["a placeholder", project('PAYMENT_API_KEY = "your-api-key-here"')],
  ["a name that is about a secret", project('TOKEN_URL = "https://sso.example.com/t7Gq2LmZ9xKc4VwB8rNp"')],
  ["a made-up fallback", project('PAYMENT_API_KEY = os.environ.get("PAYMENT_API_KEY", "geheim1")')],
  ["a rate", project('RATES = {"invite_token": "10/minute"}')],
  ["a .env file", project("", { ".env": `STRIPE=${stripe}\n` })],
  ["a comparison", project(`LIVE = os.environ.get("STRIPE", "").startswith("${stripe}")`)],
])("%s is not reported", async (_name, files) => {
  expect(await ask(files)).toEqual(["passed"]);
});

test("a key that a scanner's list allows, and the name of a model, are none", async () => {
  const key = `AKIA${"IT2Z5TDYPX3ARJBA"}`;
  const listed = { ".gitleaks.toml": `[allowlist]\nregexes = ["${key}"]\n`, "ci.yml": `MINIO_KEY: ${key}\n` };
  expect(await ask(project("", listed))).toEqual(["passed"]);
  expect(await ask(project('OAUTH2_PROVIDER_REFRESH_TOKEN_MODEL = "oauth.OAuth2RefreshToken"'))).toEqual([
    "passed",
  ]);
});

import { expect, test } from "vitest";
import check from "../../../src/checks/secrets/jwt-key-literal.ts";
import { told } from "../../support/told.ts";

const ask = (lines: string) =>
  told(check, {
    "shop/settings.py": `import os\n\nROOT_URLCONF = "shop.urls"\nSECRET_KEY = os.environ.get("SECRET_KEY", "dev")\n${lines}\n`,
  });

test("a key in the code", async () => {
  expect(await ask('SIMPLE_JWT = {"SIGNING_KEY": "sign-with-this"}')).toEqual([
    'error certain shop/settings.py:5:30 SIMPLE_JWT["SIGNING_KEY"] is written in the code: a text of 14 characters that signs tokens',
  ]);
  expect((await ask('JWT_AUTH = {"JWT_SECRET_KEY": "x"}'))[0]).toMatch(
    /^error certain .* JWT_AUTH\["JWT_SECRET_KEY"\] /,
  );
});

test("a key for the case that a variable is unset", async () => {
  expect((await ask('JWT_SECRET_KEY = os.environ.get("JWT_SECRET_KEY", "sign-with-this")'))[0]).toMatch(
    /^error conditional .* \(when \$JWT_SECRET_KEY is unset\)$/,
  );
});

test.each([
  ["SECRET_KEY, which other checks answer for", 'SIMPLE_JWT = {"SIGNING_KEY": SECRET_KEY}'],
  ["a key from the environment", 'SIMPLE_JWT = {"SIGNING_KEY": os.environ["JWT"]}'],
  ["a public key", 'SIMPLE_JWT = {"ALGORITHM": "RS256", "VERIFYING_KEY": "-----BEGIN PUBLIC KEY-----"}'],
  ["the path of a key", 'JWT_SECRET_KEY = "/run/secrets/jwt.pem"'],
  ["no key at all", 'SIMPLE_JWT = {"ROTATE_REFRESH_TOKENS": True}'],
])("%s is not reported", async (_name, line) => {
  expect(await ask(line)).toEqual(["passed"]);
});

test("a project without tokens", async () => {
  expect(await ask("")).toEqual(["skipped: no setting names a key that signs tokens"]);
});

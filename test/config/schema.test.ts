import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { checks } from "../../src/checks/index.ts";
import { fileSchema } from "../../src/config/keys.ts";
import { loadConfig, WrongConfig } from "../../src/config/load.ts";

const schema = fileSchema(checks);
const validate = new Ajv({ strict: true, allowUnionTypes: true }).compile(schema);

test("schema.json is what is checked", async () => {
  await expect(`${JSON.stringify(schema, undefined, 2)}\n`).toMatchFileSnapshot("../../schema.json");
});

/** Whether the command takes a file. */
async function taken(text: string): Promise<boolean> {
  const read = (path: string) => (path === "deploy-check.yaml" ? text : undefined);
  try {
    await loadConfig({ read, folder: "", checks });
    return true;
  } catch (error) {
    if (error instanceof WrongConfig) return false;
    throw error;
  }
}

describe("an editor with the schema and the command take the same files", () => {
  test.each([
    "settings: shop.settings",
    "settings: 3",
    "settings: [a]",
    "platforms: heroku",
    "platforms: [heroku, all]",
    "platforms: [herokku]",
    "env-files: [a.env, b.env]",
    "fail-level: warning",
    "fail-level: off",
    "strict: true",
    "strict: yes please",
    "max-warnings: 0",
    "max-warnings: -1",
    "max-warnings: '3'",
    "severity: { debug-enabled: warning, settings: 'off' }",
    "severity: { debug-enabled: loud }",
    "severity: { nope: info }",
    "severity: warning",
    "select: settings",
    "select: [security.W018]",
    "select: [nope]",
    "ignore: hsts-unset",
    "ignore: [hsts-unset, secrets]",
    "ignore: { hsts-unset: the proxy does it }",
    "ignore: { nope: it }",
    "per-path-ignores: { '**/x.py': [hsts-unset] }",
    "per-path-ignores: { '**/x.py': { hsts-unset: why } }",
    "per-path-ignores: { '**/x.py': [nope] }",
    "per-path-ignores: [hsts-unset]",
    "baseline: known.json",
    "unknown: true",
    "[]",
  ])("%s", async (text) => {
    expect(await taken(text)).toBe(validate(parse(text)));
  });
});

import { describe, expect, test } from "vitest";
import { checks } from "../../src/checks/index.ts";
import { emptyConfig } from "../../src/config/config.ts";
import { loadConfig } from "../../src/config/load.ts";

type Files = Readonly<Record<string, string>>;

function load(files: Files, { folder = "", named }: { folder?: string; named?: string } = {}) {
  return loadConfig({ read: (path) => files[path], folder, named, checks });
}

describe("where a configuration is", () => {
  const yaml = "settings: from.yaml\n";
  const toml = '[tool.deploy-check]\nsettings = "from.toml"\n';
  const json = '{"deploy-check": {"settings": "from.json"}}';

  test.each([
    ["deploy-check.yaml", yaml, "from.yaml"],
    ["deploy-check.yml", yaml, "from.yaml"],
    [".deploy-check.yaml", yaml, "from.yaml"],
    ["pyproject.toml", toml, "from.toml"],
    ["package.json", json, "from.json"],
  ])("%s", async (file, text, settings) => {
    expect((await load({ [file]: text })).config).toEqual({ ...emptyConfig, settings });
  });

  test("one wins, and the others are named", async () => {
    const files = { "deploy-check.yaml": yaml, "pyproject.toml": toml, "package.json": json };
    expect(await load(files)).toMatchObject({
      config: { settings: "from.yaml" },
      called: "deploy-check.yaml",
      passedOver: ["[tool.deploy-check] in pyproject.toml", '"deploy-check" in package.json'],
    });
  });

  test("files that say nothing of deploy-check are none", async () => {
    const files = { "pyproject.toml": '[project]\nname = "deploy-check-user"\n', "package.json": "{" };
    expect(await load(files)).toMatchObject({ config: emptyConfig, called: undefined });
  });

  test("the nearest counts, up to the top of the repository", async () => {
    const files = { "deploy-check.yaml": yaml, "backend/pyproject.toml": toml };
    expect(await load(files, { folder: "backend/api" })).toMatchObject({
      config: { settings: "from.toml" },
      folder: "backend",
    });
    expect(await load(files, { folder: "other" })).toMatchObject({
      config: { settings: "from.yaml" },
      folder: "",
    });
  });

  test("one that is named has to be there", async () => {
    const files = { "ci/strict.toml": 'settings = "named"\n', "pyproject.toml": "[project]\n" };
    expect(await load(files, { named: "ci/strict.toml" })).toMatchObject({
      config: { settings: "named" },
      folder: "ci",
    });
    await expect(load(files, { named: "none.yaml" })).rejects.toThrow(
      "none.yaml cannot be used as configuration: it is not there, or not in the repository",
    );
    await expect(load(files, { named: "pyproject.toml" })).rejects.toThrow("it says nothing of deploy-check");
  });
});

test("everything that a configuration can say", async () => {
  const text = `
$schema: https://unpkg.com/deploy-check/schema.json
root: backend
settings: shop.settings.production
platforms: [heroku, fly]
env-files: prod.env
fail-level: warning
strict: true
max-warnings: 3
severity:
  hsts-unset: "off"
  security.W018: warning
  logging: info
select: [settings, debug-enabled]
ignore:
  hsts-preload-premature: The registrar does it
per-path-ignores:
  "legacy/**": [secret-key-literal, security.W009]
baseline: ci/known.json
`;
  const { config } = await load({ "deploy-check.yaml": text });
  expect(config).toMatchObject({
    root: "backend",
    settings: "shop.settings.production",
    platforms: ["heroku", "fly"],
    envFiles: ["prod.env"],
    failLevel: "warning",
    strict: true,
    maxWarnings: 3,
    severity: [
      ["hsts-unset", "off"],
      ["security.W018", "warning"],
      ["logging", "info"],
    ],
    select: ["settings", "debug-enabled"],
    ignore: [{ name: "hsts-preload-premature", justification: "The registrar does it", at: { line: 16 } }],
    perPathIgnores: [
      { glob: "legacy/**", name: "secret-key-literal", justification: undefined },
      { glob: "legacy/**", name: "security.W009" },
    ],
    baseline: "ci/known.json",
  });
});

describe("extends", () => {
  test("what is nearer wins, and what is ignored adds up", async () => {
    const { config } = await load({
      "deploy-check.yaml":
        "extends: [./policy/base.yaml, acme-policy]\nfail-level: info\nignore: hsts-unset\n",
      "policy/base.yaml":
        "extends: ./more.toml\nfail-level: warning\nstrict: true\nignore: [debug-enabled]\n",
      "policy/more.toml": 'settings = "more"\nplatforms = "fly"\n',
      "node_modules/acme-policy/deploy-check.yaml": "platforms: heroku\nseverity: { hsts-unset: error }\n",
    });
    expect(config).toMatchObject({
      settings: "more",
      platforms: ["heroku"],
      failLevel: "info",
      strict: true,
      severity: [["hsts-unset", "error"]],
    });
    expect(config.ignore.map(({ name }) => name)).toEqual(["debug-enabled", "hsts-unset"]);
  });

  test.each([
    [
      "a file that is not there",
      { "deploy-check.yaml": "extends: ./none.yaml\n" },
      "deploy-check.yaml:1:10 extends names ./none.yaml, and there is no such file in the repository",
    ],
    [
      "one outside the repository",
      { "deploy-check.yaml": "extends: ../none.yaml\n", "../none.yaml": "" },
      "no such file in the repository",
    ],
    [
      "a package that is not there",
      { "deploy-check.yaml": "extends: acme\n" },
      "there is no package of that name with a deploy-check.yaml in node_modules",
    ],
    [
      "what is no name of a check, and no reason",
      { "deploy-check.yaml": "ignore:\n  debug-enabled: [x]\nselect:\n  - { a: b }\n" },
      "deploy-check.yaml:2:18 the reason to ignore debug-enabled is a text",
    ],
    [
      "each of a few files the next over and over",
      {
        "deploy-check.yaml": `extends: [${"./0.yaml, ".repeat(9)}]\n`,
        ...Object.fromEntries(
          [...Array(9).keys()].map((n) => [`${n}.yaml`, `extends: [${`./${n + 1}.yaml, `.repeat(9)}]\n`]),
        ),
        "9.yaml": "strict: true\n",
      },
      "deploy-check.yaml extends more than 50 files in all",
    ],
    [
      "a circle",
      { "deploy-check.yaml": "extends: ./a.yaml\n", "a.yaml": "extends: ./deploy-check.yaml\n" },
      "deploy-check.yaml extends a.yaml extends deploy-check.yaml, which goes round in a circle",
    ],
    [
      "a mistake in what is extended",
      { "deploy-check.yaml": "extends: ./a.yaml\n", "a.yaml": "strct: true\n" },
      "a.yaml:1:8 strct is no key that deploy-check knows; strict is one",
    ],
  ])("of %s is refused", async (_, files, message) => {
    await expect(load(files)).rejects.toThrow(message);
  });
});

describe("what is wrong is told with its place, and with what was meant", () => {
  test.each([
    ["fail-levl: error", "1:12 fail-levl is no key that deploy-check knows; fail-level is one"],
    ["fail-level: fatal", '1:13 fail-level is "fatal", and deploy-check takes "error", "warning", "info"'],
    ["platforms: [herokku]", 'platforms[0] is "herokku"'],
    ["strict: sometimes", "1:9 strict holds a text, and deploy-check takes true or false"],
    ["max-warnings: -1", "1:15 max-warnings takes a whole number from 0 on"],
    ["max-warnings: 1.5", "max-warnings takes a whole number"],
    ["severity: { debug-enable: info }", "there is no check debug-enable; did you mean debug-enabled?"],
    ["severity: { debug-enabled: loud }", 'severity.debug-enabled is "loud"'],
    ["select: [nope-nope-nope]", "there is no check nope-nope-nope; deploy-check list shows them all"],
    ["ignore: { hsts-unse: why }", "there is no check hsts-unse; did you mean hsts-unset?"],
    [
      "per-path-ignores:\n  '*.py': [hsts-unse]",
      "2:12 there is no check hsts-unse; did you mean hsts-unset?",
    ],
    ["strict: true\nstrict: false", "2:9 strict stands there twice"],
    ["- a list", "the file holds a list, and deploy-check takes a mapping"],
    ["settings: [", "deploy-check.yaml is not valid YAML"],
  ])("%s", async (text, message) => {
    await expect(load({ "deploy-check.yaml": `${text}\n` })).rejects.toThrow(message);
  });
});

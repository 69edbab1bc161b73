import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, test } from "vitest";
import { complete, findProduction } from "../../../src/facts/django/scenarios.ts";
import type { SettingsView } from "../../../src/facts/django/settings.ts";
import { viewOf } from "../../../src/facts/django/view.ts";
import { gather } from "../../../src/facts/gather.ts";
import { openDisk } from "../../../src/files/disk.ts";
import { memoryFiles } from "../../../src/files/memory.ts";
import { choosePlatforms } from "../../../src/platforms/index.ts";
import { createInterpreter } from "../../../src/python/interpreter.ts";
import { models } from "../../../src/python/models/index.ts";
import { toPlain } from "../../../src/python/plain.ts";
import { parseFixture } from "../../python/settings-fixture.ts";

// How much we cannot tell of the fixtures' settings in production, where the operator's variables are not seen, and why:
// snapshots, so that precision cannot decay unnoticed.

const fixtures = join(import.meta.dirname, "../../../fixtures");

const isProject = (path: string) =>
  ["manage.py", "Procfile"].some((file) => existsSync(join(fixtures, path, file)));

const projects = ["", ...foldersIn("platforms").map((name) => `platforms/${name}`)]
  .flatMap((parent) => foldersIn(parent).map((name) => (parent ? `${parent}/${name}` : name)))
  .filter(isProject);

function foldersIn(path: string): readonly string[] {
  return readdirSync(join(fixtures, path), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

/** The settings that hold something unknown, wherever in them. */
function unknownIn(name: string, { names, get }: Pick<SettingsView, "names" | "get">): string {
  const unknown = names.flatMap((setting) => {
    const reason = /"\$opaque":"((?:[^"\\]|\\.)*)"/.exec(JSON.stringify(toPlain(get(setting).value)));
    return reason ? [`  ${setting}: it ${reason[1]}`] : [];
  });
  return [`${name}: ${unknown.length} of ${names.length}`, ...unknown, ""].join("\n");
}

async function settingsOf(name: string): Promise<SettingsView> {
  const files = await openDisk(join(fixtures, name));
  const [target] = choosePlatforms(files, "");
  if (!target) throw new Error("no platform was chosen");
  const options = { settings: undefined, env: new Map(), closed: false, platformNamed: false };
  const result = await gather({ files, options, platform: target.platform }).get("settings");
  if (result.kind !== "present") throw new Error(`${name} has no settings`);
  return result.value;
}

test("what is unknown of the settings of the projects in fixtures/", async () => {
  const lines: string[] = [];
  for (const name of projects) lines.push(unknownIn(name, await settingsOf(name)));
  await expect(lines.join("")).toMatchFileSnapshot("../../../fixtures/unknown.txt");
});

test("what is unknown of the settings modules in fixtures/python/settings", async () => {
  const folder = join(fixtures, "python/settings");
  const lines = readdirSync(folder)
    .filter((file) => file.endsWith(".py"))
    .sort()
    .map((file) => {
      const { files, module, environments } = parseFixture(readFileSync(join(folder, file), "utf8"));
      const world = { path: [""], installed: () => undefined, djangoVersion: "5.2", pythonVersion: "3.11" };
      const interpreter = createInterpreter(memoryFiles(files), world, models);
      // What manage.py says.
      const configuration = environments[0]?.DJANGO_CONFIGURATION;
      const said = Object.entries({
        DJANGO_SETTINGS_MODULE: module,
        ...(configuration ? { DJANGO_CONFIGURATION: configuration } : {}),
      });
      const env = new Map(said.map(([name, text]) => [name, { kind: "text", text } as const]));
      const start = { env, held: new Map(), branches: new Map() };
      const declared = complete(interpreter, module, start, false);
      const production = findProduction(interpreter, module, declared, new Set());
      const { outcome } = production.run;
      const end = outcome.kind === "raised" ? ` (${outcome.error}: ${outcome.message.split("\n")[0]})` : "";
      return unknownIn(basename(file, ".py") + end, viewOf(interpreter, production, "5.2"));
    });
  await expect(lines.join("")).toMatchFileSnapshot("../../../fixtures/python/unknown.txt");
});

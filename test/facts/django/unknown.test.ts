import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { gather } from "../../../src/facts/gather.ts";
import { openDisk } from "../../../src/files/disk.ts";
import { choosePlatforms } from "../../../src/platforms/index.ts";

// How much of the fixtures' settings we cannot tell, and why: a snapshot, so that precision cannot decay unnoticed.

const fixtures = join(import.meta.dirname, "../../../fixtures");
const projects = readdirSync(fixtures, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== "python")
  .map(({ name }) => name);

async function unknownIn(name: string): Promise<string> {
  const files = await openDisk(join(fixtures, name));
  const [target] = choosePlatforms(files, "");
  if (!target) throw new Error("no platform was chosen");
  const options = { settings: undefined, env: new Map(), closed: false, platformNamed: false };
  const result = await gather({ files, options, platform: target.platform }).get("settings");
  if (result.kind !== "present") throw new Error(`${name} has no settings`);
  const { names, get } = result.value;
  const opaque = names.flatMap((setting) => {
    const { value } = get(setting);
    return value.kind === "opaque" ? [`  ${setting}: it ${value.because}`] : [];
  });
  return [`${name}: ${opaque.length} of ${names.length}`, ...opaque].join("\n");
}

test("what is unknown of the fixtures' settings", async () => {
  const lines: string[] = [];
  for (const name of projects) lines.push(await unknownIn(name));
  expect(`\n${lines.join("\n")}\n`).toMatchInlineSnapshot(`
    "
    blog: 0 of 12
    clinic: 1 of 12
      SECRET_KEY: it is read from the environment variable SECRET_KEY
    library: 1 of 12
      SECRET_KEY: it is read from the environment variable SECRET_KEY
    museum: 1 of 12
      SECRET_KEY: it is read from the environment variable SECRET_KEY
    shop: 0 of 11
    "
  `);
});

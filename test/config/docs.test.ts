import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { checks } from "../../src/checks/index.ts";
import { variableOf } from "../../src/cli/from-environment.ts";
import { commandLine } from "../../src/cli/program.ts";
import { configsIn } from "../../src/config/find.ts";
import { keys } from "../../src/config/keys.ts";
import { loadConfig } from "../../src/config/load.ts";

const page = readFileSync(join(import.meta.dirname, "../../docs/configuration.md"), "utf8");

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), `|${head.map(() => "---").join("|")}|`, ...rows.map(line)].join("\n");
}

function written(text: string, name: string, content: string): string {
  const part = new RegExp(`(<!-- ${name}: [^\n]*-->\n)[\\s\\S]*?(<!-- /${name} -->)`);
  expect(text).toMatch(part);
  return text.replace(part, (_, start: string, end: string) => `${start}\n${content}\n\n${end}`);
}

test("docs/configuration.md tells of every key and every variable", async () => {
  const byKey = Object.entries(keys).map(([name, { says, example }]) => [
    `\`${name}\``,
    says.replaceAll("|", "\\|"),
    `\`${name === "$schema" ? `"$schema"` : name}: ${example}\``,
  ]);
  const surroundings = { argv: [], env: {}, cwd: "/", isTTY: false, columns: undefined };
  const program = commandLine({ world: surroundings, end: () => undefined }, () => undefined);
  const variables = new Map<string, readonly string[]>();
  for (const command of [program, ...program.commands]) {
    for (const { long } of command.options) {
      const of = command === program ? "check" : command.name();
      const variable = long && variableOf(long, of);
      if (!variable) continue;
      variables.set(`${variable}\n${long}`, [...(variables.get(`${variable}\n${long}`) ?? []), of]);
    }
  }
  const byVariable = [...variables].map(([key, commands]) => {
    const [variable, long] = key.split("\n");
    return [`\`${variable}\``, `\`${long}\``, commands.join(", ")];
  });
  const text = written(
    written(page, "keys", table(["Key", "", "For example"], byKey)),
    "variables",
    table(["Variable", "Option", "Of"], byVariable),
  );
  await expect(text).toMatchFileSnapshot("../../docs/configuration.md");
});

test("each file that it shows is one that the command takes", async () => {
  const examples = [...page.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(([, text = ""]) => text);
  expect(examples).toHaveLength(3);
  for (const text of examples) {
    const files: Readonly<Record<string, string>> = {
      "deploy-check.yaml": text,
      "base/deploy-check.yaml": "strict: true\n",
    };
    const loaded = await loadConfig({ read: (path) => files[path], folder: "", checks });
    expect(loaded.called).toBe("deploy-check.yaml");
    expect(Object.keys(parse(text)).length).toBeGreaterThan(0);
  }
});

test("the places that it names are those that are looked at, in their order", async () => {
  const [, list = ""] = /\n\n((?:\d\. .*\n)+)/.exec(page) ?? [];
  const named = [...list.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name);
  const found = await configsIn((path) =>
    path.endsWith(".toml")
      ? "[tool.deploy-check]\n"
      : path.endsWith(".json")
        ? '{"deploy-check": {}}'
        : "strict: true\n",
  );
  expect(named.filter((name) => !/^(pyproject\.toml|package\.json)$/.test(name))).toEqual(
    found.map(({ called }) => called.replace(/ in .*/, "")),
  );
});

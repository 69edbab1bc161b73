import type { Requirement } from "../packages.ts";
import { evaluateMarker } from "./markers.ts";
import { normalName } from "./names.ts";
import { asRequirement, type ListSource, mainOnly, type Selection } from "./package-list.ts";
import { anySpelling, asTable, asText, asTexts, find, inside, type TableFile } from "./toml.ts";

/**
 * `[tool.poetry.dependencies]` and the chosen `[tool.poetry.group.*.dependencies]`:
 * https://python-poetry.org/docs/pyproject/#dependencies-and-dependency-groups
 */
export function poetryDependencies(
  { python }: ListSource,
  file: TableFile,
  { extras, groups }: Selection = mainOnly,
): readonly Requirement[] {
  const poetry = inside(file.table, "tool", "poetry");
  const wanted = new Set(extras.flatMap((extra) => asTexts(asTable(poetry.extras)[extra])).map(normalName));
  const tables = [
    { table: asTable(poetry.dependencies), header: /^\s*\[tool\.poetry\.dependencies\]/ },
    ...(groups.includes("dev")
      ? [
          {
            table: asTable(poetry["dev-dependencies"]),
            header: /^\s*\[tool\.poetry\.dev-dependencies\]/,
          },
        ]
      : []),
    ...groups.map((group) => ({
      table: inside(poetry, "group", group, "dependencies"),
      header: new RegExp(`^\\s*\\[tool\\.poetry\\.group\\.${anySpelling(group)}\\.dependencies\\]`),
    })),
  ];
  return tables.flatMap(({ table, header }) =>
    Object.entries(table).flatMap(([key, value]) => {
      const name = normalName(key);
      if (name === "python") return [];
      const variants = (Array.isArray(value) ? value : [value]).map(variantOf);
      const installed = variants.find(
        ({ optional, marker }) =>
          (!optional || wanted.has(name)) &&
          (marker === undefined || evaluateMarker(marker, { python, extras }) !== false),
      );
      if (!installed) return [];
      const at = find(file, new RegExp(`^\\s*["']?${anySpelling(name)}["']?\\s*=.*`, "i"), header, name);
      return [asRequirement({ name, ...installed }, at)];
    }),
  );
}

function variantOf(value: unknown) {
  const table = asTable(value);
  const version = asText(value) ?? asText(table.version) ?? "*";
  return {
    extras: asTexts(table.extras).map(normalName),
    specifier: poetrySpecifier(version),
    marker: asText(table.markers),
    url: asText(table.git) ?? asText(table.url) ?? asText(table.path),
    optional: table.optional === true,
  };
}

/** Poetry's `^` and `~` as PEP 440 has them: https://python-poetry.org/docs/dependency-specification/#version-constraints */
export function poetrySpecifier(constraint: string): string {
  if (constraint.includes("|")) return "";
  return constraint
    .split(/(?<!\s)\s*,\s*|(?<!\s)\s+(?=[\^~<>=!])/)
    .map((part) => part.trim())
    .map((part) => {
      if (part === "*" || part === "") return "";
      const [, operator = "", version = ""] = /^(\^|~(?!=))?\s*(.*)$/.exec(part) ?? [];
      const numbers = version.split(".").map(Number);
      if (operator === "^") {
        const index = numbers.findIndex((number) => number > 0);
        return `>=${version},<${bump(numbers, index === -1 ? numbers.length - 1 : index)}`;
      }
      if (operator === "~") return `>=${version},<${bump(numbers, Math.min(1, numbers.length - 1))}`;
      return /^\d/.test(version) ? `==${version}` : part.replace(/\s+/g, "");
    })
    .filter((part) => part !== "")
    .join(",");
}

function bump(numbers: readonly number[], index: number): string {
  return [...numbers.slice(0, index), (numbers[index] ?? 0) + 1].join(".");
}

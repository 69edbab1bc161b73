import { readdirSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { dirname, join, posix } from "node:path";
import { describe, expect, test } from "vitest";

/** Who may import whom, lowest first: a module imports from its own layer or from a lower one (design.md §1). */
const layers: readonly (readonly string[])[] = [
  ["location.ts", "finding.ts", "version.ts", "edit-distance.ts"],
  ["files"],
  ["python"],
  ["platforms"],
  ["facts"],
  ["check.ts"],
  ["checks", "explain.ts"],
  ["config"],
  ["run.ts"],
  ["ignores"],
  ["judge.ts"],
  ["plan"],
  ["report"],
  ["commands"],
  ["cli", "cli.ts"],
  ["api", "index.ts"],
];

/** The only modules that touch the world outside. Everything else is a function of its arguments. */
const effects = new Set([
  "files/disk.ts",
  "files/named-file.ts",
  "files/git.ts",
  "files/changes.ts",
  "cli.ts",
]);

/** Modules of Node that only compute. */
const pure = new Set(["node:path", "node:util", "node:url", "node:crypto"]);

/** Libraries, and who may use them. Anything not named here may be used nowhere. */
const libraries: Readonly<Record<string, readonly string[]>> = {
  commander: ["cli", "cli.ts"],
  dotenv: ["cli/environment.ts"],
  chalk: ["cli/paint.ts"],
  yaml: ["platforms", "facts", "python/models", "ignores", "config", "commands/hook"],
  "smol-toml": ["platforms", "facts", "python/models"],
  "dockerfile-ast": ["platforms", "facts"],
  "@renovatebot/pep440": ["facts", "checks"],
};

const src = join(import.meta.dirname, "../src");
const modules = readdirSync(src, { recursive: true, encoding: "utf8" })
  .map((file) => file.replaceAll("\\", "/"))
  .filter((file) => file.endsWith(".ts"))
  .sort();

const codeOf = (file: string): string => withoutComments(readFileSync(join(src, file), "utf8"));

/** What a module imports: types too, and what it imports only when needed. */
function importsOf(code: string): readonly string[] {
  const patterns = [
    /^(?:import|export)\b[^;"'`]*?\bfrom\s+"([^"]+)"/gm,
    /^import\s+"([^"]+)"/gm,
    /(?<![.\w])import\(\s*"([^"]+)"/g,
  ];
  return patterns.flatMap((pattern) => [...code.matchAll(pattern)].map(([, target = ""]) => target));
}

function withoutComments(code: string): string {
  return code.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, "");
}

const layerOf = (file: string): number =>
  layers.findIndex((names) => names.some((name) => file === name || file.startsWith(`${name}/`)));

const inProject = (file: string): readonly string[] =>
  importsOf(codeOf(file))
    .filter((target) => target.startsWith("."))
    .map((target) => posix.join(dirname(file), target));

describe.each(modules)("src/%s", (file) => {
  test("has its layer, and imports from no higher one", () => {
    expect(layerOf(file)).not.toBe(-1);
    expect(inProject(file).filter((target) => layerOf(target) > layerOf(file))).toEqual([]);
  });

  test("uses the libraries that it may", () => {
    const used = importsOf(codeOf(file)).filter(
      (target) => !target.startsWith(".") && !target.startsWith("node:"),
    );
    const allowed = used.filter((target) =>
      libraries[target]?.some((place) => file === place || file.startsWith(`${place}/`)),
    );
    expect(used).toEqual(allowed);
  });

  test("touches the world outside only where that is its job", () => {
    if (effects.has(file)) return;
    const code = codeOf(file);
    const asked = importsOf(code).filter((target) => builtinModules.includes(target.replace(/^node:/, "")));
    expect(asked.filter((target) => !pure.has(target))).toEqual([]);
    expect(reachesOutside(withoutStrings(code))).toEqual([]);
  });

  test("goes through many empty lines once", () => {
    // From each line's beginning `\s*` runs over all empty lines that follow: a megabyte of them takes minutes.
    expect(codeOf(file).match(/[/|(]\^\\s[*+][^\n]*\/[dgisuvy]*m[dgisuvy]*[,;.)\s]/)).toBeNull();
  });

  test("can be read in one go", () => {
    expect(readFileSync(join(src, file), "utf8").split("\n").length).toBeLessThanOrEqual(maxLines(file));
  });
});

/** A list of what there is may be as long as there is of it. */
function maxLines(file: string): number {
  return file === "python/tree.ts" || file === "checks/index.ts" ? 800 : 401;
}

/** Globals that reach outside, or that make a second run differ from the first. */
function reachesOutside(code: string): readonly string[] {
  return [
    ...code.matchAll(
      /(?<![\w.$])(process\.(?:env|argv|cwd|chdir|exit|exitCode|std(?:in|out|err)|platform|hrtime|nextTick|pid|kill|versions?|on)\b|console\.\w+|fetch\(|Date\.now\(|new Date\(\)|performance\.now\(|Math\.random\(|setTimeout\()|\.(localeCompare|toLocale\w+)\(/g,
    ),
  ].map(([found]) => found);
}

/** Code with its strings emptied: a check may well speak of `process.env`. */
function withoutStrings(code: string): string {
  return code.replace(/"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/g, '""');
}

describe("these tests see", () => {
  test("every way to import", () => {
    const code =
      'import a from "./a.ts";\nimport {\n  b,\n} from "./b.ts";\nimport "./c.ts";\nexport * from "./d.ts";\nimport type { E } from "./e.ts";\nexport type { F } from "./f.ts";\nconst g = await import("./g.ts");\nmachine.import("h");\n';
    expect([...importsOf(code)].sort()).toEqual(
      ["a", "b", "c", "d", "e", "f", "g"].map((name) => `./${name}.ts`),
    );
  });

  test("an effect, and not one in a text", () => {
    expect(reachesOutside("process.env.A; x.process.env; process.command; Date.now()")).toEqual([
      "process.env",
      "Date.now(",
    ]);
    expect(reachesOutside(withoutStrings("\"process.env\" + 'Date.now()'"))).toEqual([]);
  });

  test("what is below what", () => {
    expect(layerOf("python/models/os.ts")).toBeLessThan(layerOf("facts/facts.ts"));
    expect(layerOf("check.ts")).toBeLessThan(layerOf("checks/index.ts"));
    expect(layerOf("nowhere.ts")).toBe(-1);
  });
});

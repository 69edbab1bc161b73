import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { characterNamed } from "../../../src/python/parse/character-names.ts";
import { parseModule } from "../../../src/python/parse.ts";
import { commandReference, type Reference } from "./ask-python.ts";
import { digestOf, dumpTree } from "./dump-tree.ts";

/** The newest CPython that can be called; the script that asks it needs 3.10. */
const command = ["python3.14", "python3.13", "python3.12", "python3"].find((name) => {
  try {
    execFileSync(name, ["-c", "import sys; sys.exit(sys.version_info < (3, 10))"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
});
const python: Reference | undefined =
  command === undefined
    ? undefined
    : await commandReference(command, join(import.meta.dirname, "reference.py"));
afterAll(() => python?.end());

function run(code: string): string {
  return execFileSync(command ?? "python3", ["-c", code], { encoding: "utf8" }).trim();
}

// Without a CPython there is nothing to compare with; samples.test.ts has recorded answers.
describe.skipIf(python === undefined)("agrees with the CPython at hand", () => {
  test("about a fifteenth of its standard library and of its tests", { timeout: 60_000 }, async () => {
    if (python === undefined) return;
    const folder = run("import os; print(os.path.dirname(os.__file__))");
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter(
        (file) => file.endsWith(".py") && !/site-packages|lib2to3|bad_coding|encoded_modules/.test(file),
      )
      .sort();
    const [major = 3, minor = 0] = python.version;
    let judged = 0;
    const different: string[] = [];
    for (const file of files.filter((_, index) => index % 15 === 0)) {
      const bytes = readFileSync(join(folder, file));
      const text = bytes.toString("utf8");
      if (text.includes("\ufffd") || text.length > 150_000) continue;
      const theirs = await python.ask({ text });
      const ours = parseModule(text, file);
      judged++;
      // Before 3.13, the parts of f-strings have other places.
      const isComparable = theirs.state === "module" && (!theirs.hasTemplates || major * 100 + minor >= 313);
      const agrees =
        ours.kind === "module"
          ? theirs.state === "module" && (!isComparable || digestOf(dumpTree(ours.module)) === theirs.digest)
          : theirs.state === "error";
      // Names of characters that our table does not have.
      if (!agrees && !text.includes("\\N{")) different.push(file);
    }
    expect(judged).toBeGreaterThan(50);
    expect(different).toEqual([]);
  });

  test("about the characters that our table of names has", () => {
    const source = readFileSync(
      join(import.meta.dirname, "../../../src/python/parse/character-names.ts"),
      "utf8",
    );
    const listed = [...source.matchAll(/^ {2}"?([A-Z][A-Z -]+)"?: 0x/gm)].flatMap(([, name = ""]) => [
      name,
      `LATIN SMALL LETTER E WITH ${name}`,
      `LATIN CAPITAL LETTER O WITH ${name}`,
      `GREEK SMALL LETTER ${name}`,
    ]);
    const letters = ["A", "Z", "SHARP S", "ALPHA", "OMEGA", "LAMDA", "SIGMA", "PI"].flatMap((letter) =>
      ["LATIN", "GREEK"].flatMap((script) => [
        `${script} SMALL LETTER ${letter}`,
        `${script} CAPITAL LETTER ${letter}`,
      ]),
    );
    const names = [...listed, ...letters];
    const code = `import unicodedata, json
def find(name):
    try: return unicodedata.lookup(name)
    except KeyError: return None
print(json.dumps([find(name) for name in json.loads(${JSON.stringify(JSON.stringify(names))})]))`;
    const theirs: (string | null)[] = JSON.parse(run(code));
    const wrong = names.filter((name, index) => {
      const ours = characterNamed(name);
      return ours !== "\ufffd" && ours !== theirs[index];
    });
    expect(wrong).toEqual(
      ["REPLACEMENT CHARACTER"].filter((name) => theirs[names.indexOf(name)] !== "\ufffd"),
    );
    expect(names.filter((name) => characterNamed(name) !== "\ufffd").length).toBeGreaterThan(100);
  });
});

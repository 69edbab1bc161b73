// The projects of fixtures/builders/cases.json as folders, and the verdicts about them as files.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const fixtures = new URL("../../fixtures/builders/", import.meta.url);
const { bases, cases: described } = JSON.parse(readFileSync(new URL("cases.json", fixtures), "utf8"));

/** Every case with all its files, as bytes. */
export const cases = described.map(({ name, base, files = {}, env = {} }) => ({
  name,
  env,
  files: Object.fromEntries(
    Object.entries({ ...bases[base], ...files })
      .filter(([, content]) => content !== null)
      .map(([path, content]) => [
        path,
        typeof content === "string" ? Buffer.from(content) : Buffer.from(content.hex, "hex"),
      ]),
  ),
}));

/** What `ask` says of a case, which lies in a folder of its own for as long as that takes. */
export function inFolder({ files }, ask) {
  // The name of the folder shows in messages, and some of the builders look into the parents.
  const parent = mkdtempSync(join(tmpdir(), "builders-"));
  const folder = join(parent, "app");
  mkdirSync(folder);
  for (const [path, bytes] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
  try {
    return ask(folder, parent);
  } finally {
    rmSync(parent, { recursive: true, force: true });
  }
}

/** A program's outcome; nothing of this machine's environment but the search path reaches it. */
export function run(command, args, { env = {}, cwd = "/" } = {}) {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd,
    encoding: "utf8",
    env: { PATH: process.env.PATH, LANG: "C.UTF-8", ...env },
    maxBuffer: 64 * 1024 * 1024,
  });
  return { status, stdout, stderr };
}

/** The commit that a checkout is at. */
export const commitOf = (checkout) =>
  execFileSync("git", ["-C", checkout, "rev-parse", "HEAD"], { encoding: "utf8" }).trim();

/** Whether the packages that a manager installs include Django. `undefined` is: no manager. */
export function installsDjango({ files }, manager) {
  const text = (path) => readText(files[path]);
  if (manager === "pip") return requires("requirements.txt");
  if (manager === "pipenv") {
    try {
      return "django" in JSON.parse(text("Pipfile.lock")).default;
    } catch {
      return false;
    }
  }
  return /^name = "django"$/im.test(text(`${manager}.lock`));

  function requires(path) {
    return text(path)
      .split(/\r?\n/)
      .some((line) => {
        const included = /^-r (.+)/.exec(line)?.[1];
        if (included) return requires(included);
        return line === "--editable ." ? /"django"/.test(text("setup.py")) : /^django\b(?!-)/i.test(line);
      });
  }
}

/** The minor version of a version of any length. */
export const minorOf = (version) => /^\d+\.\d+/.exec(version)?.[0] ?? version;

/** A text as pip reads it: by its byte order mark. */
function readText(bytes = Buffer.alloc(0)) {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.subarray(2).toString("utf16le");
  return bytes.toString("utf8").replace(/^\uFEFF/, "");
}

/** Writes fixtures/builders/verdicts/<name>.json, one verdict a line. */
export function record(name, about, judge) {
  const lines = cases.map((one) => `    ${JSON.stringify(one.name)}: ${JSON.stringify(judge(one))}`);
  const head = JSON.stringify({ ...about, recorded: new Date().toISOString().slice(0, 10) }, null, 2);
  writeFileSync(
    new URL(`verdicts/${name}.json`, fixtures),
    `${head.slice(0, -2)},\n  "verdicts": {\n${lines.join(",\n")}\n  }\n}\n`,
  );
}

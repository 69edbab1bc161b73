// Records what Nixpacks decides about every case of fixtures/builders.
//
//   node scripts/record-builders/nixpacks.mjs CHECKOUT NIXPACKS      (railwayapp/nixpacks and its executable)
//
// It names a package of its pinned nixpkgs, not a version. Its `python3` is read, not run: nixpkgs has had
// Python 3.12 under that name since July 2024, and the pinned commit is of November 2024.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { parse } from "smol-toml";
import { cases, commitOf, inFolder, record, run } from "./cases.mjs";

const [checkout, nixpacks] = process.argv.slice(2);
if (!nixpacks) {
  console.error("usage: node scripts/record-builders/nixpacks.mjs CHECKOUT NIXPACKS");
  process.exit(2);
}

const failures = [
  [/^Error: Reading Procfile/, "procfile-invalid"],
  [/^Error: Error reading (\.python-version|runtime\.txt)/, "version-file-unreadable"],
  [/WSGI_APPLICATION/, "wsgi-application-absent"],
  [/^Error: Config file .* does not exist/, "config-not-found"],
  [/^Error: Failed to parse Nixpacks config/, "config-invalid"],
  [/^Error: Provider .* not found/, "provider-unknown"],
  [/panicked at src\/providers\/python/, "tool-versions-crash"],
  [/ruby's version/, "ruby-version-absent"],
];

const managers = [
  [/pip install -r requirements\.txt/, "pip", ["requirements.txt"]],
  [/poetry install/, "poetry", ["poetry.lock"]],
  [/pdm install/, "pdm", ["pdm.lock"]],
  [/uv sync/, "uv", ["uv.lock"]],
  [/pipenv install/, "pipenv", ["Pipfile.lock", "Pipfile"]],
  [/pip install \.$/, "setuptools", ["pyproject.toml"]],
];

record(
  "nixpacks",
  {
    builder: "railwayapp/nixpacks",
    version: parse(readFileSync(join(checkout, "Cargo.toml"), "utf8")).package.version,
    commit: commitOf(checkout),
    read: ["python.version of python3", "python.source"],
  },
  (one) => inFolder(one, (folder) => judge(one, folder)),
);
console.log(`${cases.length} verdicts`);

function judge(one, folder) {
  const variables = Object.entries(one.env).flatMap(([name, value]) => ["--env", `${name}=${value}`]);
  const { status, stdout, stderr } = run(nixpacks, ["plan", "--format", "json", ...variables, folder]);
  if (status !== 0) {
    const failure = failures.find(([pattern]) => pattern.test(stderr.trim()))?.[1];
    if (failure === undefined) throw new Error(`${one.name}: ${stderr}`);
    const nothing = { provider: null, python: null, manager: null, file: null, install: [], build: [] };
    return { failure, ...nothing, release: null, start: null, collectstatic: null };
  }
  const { phases = {}, start, variables: told = {} } = JSON.parse(stdout);
  const commands = (name) => phases[name]?.cmds ?? [];
  const install = commands("install");
  const [, manager, files = []] =
    managers.find(([pattern]) => install.some((cmd) => cmd.includes("/opt/venv") && pattern.test(cmd))) ?? [];
  const release = commands("release").filter((cmd) => cmd !== "..." && cmd !== "");
  const planned = Object.keys(phases).length > 0;
  return {
    failure: planned ? (start?.cmd ? null : "no-start-command") : "no-provider",
    provider: told.NIXPACKS_METADATA?.split(",")[0] || null,
    python: pythonOf(phases.setup?.nixPkgs ?? [], one, told),
    manager: manager ?? null,
    file: files.find((file) => file in one.files || `site/${file}` in one.files) ?? null,
    install,
    // The release command is a phase of the build here, where there is no database.
    build: [...commands("build"), ...release],
    release: release[0] ?? null,
    start: start?.cmd || null,
    collectstatic: null,
  };
}

function pythonOf(packages, one, variables) {
  const name = packages.find((pkg) => /^python[23]\d*$/.test(pkg));
  if (!name) return null;
  if (name === "python3") return { version: "3.12", source: "default" };
  const [, major, minor] = /^python(\d)(\d*)$/.exec(name);
  return { version: `${major}.${minor}`, source: sourceOf(one, variables) };
}

/** Where it looked, in its order: the variable only keeps .python-version from being read. */
function sourceOf({ name, files }, variables) {
  const variable = "NIXPACKS_PYTHON_VERSION" in variables && "NIXPACKS_PYTHON_VERSION";
  const there = Object.keys(files).map((path) => path.replace(/^site\//, ""));
  if (name === "nixpacks-packages-replaced") return "nixpacks.toml";
  if (!variable && there.includes(".python-version")) return ".python-version";
  return ["runtime.txt", "Pipfile", ".tool-versions"].find((file) => there.includes(file)) ?? variable;
}

// Records what Heroku's Cloud Native Buildpacks decide about every case of fixtures/builders.
//
//   node scripts/record-builders/heroku-fir.mjs PYTHON PYTHON_BUILDPACK PROCFILE PROCFILE_BUILDPACK
//
// PYTHON and PROCFILE are checkouts of heroku/buildpacks-python and heroku/buildpacks-procfile; the two
// others are executables of theirs. They are run up to where Python is downloaded, which is denied by a proxy
// that nobody listens on. Read, not run: the command that installs, and whether collectstatic is run.
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import process from "node:process";
import { stripVTControlCharacters } from "node:util";
import { parse } from "smol-toml";
import { cases, commitOf, inFolder, installsDjango, minorOf, record, run } from "./cases.mjs";

const [python, pythonBuildpack, procfile, procfileBuildpack] = process.argv
  .slice(2)
  .map((path) => resolve(path));
if (!procfileBuildpack) {
  console.error(
    "usage: node scripts/record-builders/heroku-fir.mjs PYTHON PYTHON_BUILDPACK PROCFILE PROCFILE_BUILDPACK",
  );
  process.exit(2);
}
const versionOf = (checkout) =>
  parse(readFileSync(join(checkout, "buildpack.toml"), "utf8")).buildpack.version;
const source = readFileSync(join(python, "src/python_version.rs"), "utf8");
/** The newest patch that the buildpack knows of a minor version. */
const latest = new Map(
  [...source.matchAll(/const LATEST_\w+: PythonVersion = PythonVersion::new\((\d+), (\d+), (\d+)\)/g)].map(
    ([, major, minor, patch]) => [`${major}.${minor}`, Number(patch)],
  ),
);

/** The headings of the errors, as the ids that the classic buildpack has for the same. */
const failures = [
  [/^Unsafe environment variable/, "checks::forbidden-env-vars"],
  [/^Multiple Python package manager files/, "package-manager::multiple-found"],
  [/^Couldn't find any supported Python package manager/, "package-manager::none-found"],
  [/^Invalid Python version in \.python-version/, "python-version-file::invalid"],
  [/^No Python version was specified/, "python-version-file::not-found"],
  [/^The runtime\.txt file isn't supported/, "runtime-txt::not-supported"],
  [/^The requested Python version has reached end-of-life/, "python-version::eol"],
  [/^The requested Python version isn't recognised/, "python-version::unknown-major"],
  [/^Unable to read \.python-version/, "python-version-file::unreadable"],
  [/^Unable to download Python/, null],
];

const managers = {
  pip: { file: "requirements.txt", install: "pip install -r requirements.txt" },
  poetry: { file: "poetry.lock", install: "poetry sync --only main" },
  uv: { file: "uv.lock", install: "uv sync --locked --no-default-groups" },
};

record(
  "heroku-fir",
  {
    builder: "heroku/buildpacks-python, heroku/buildpacks-procfile",
    version: `${versionOf(python)}, ${versionOf(procfile)}`,
    commit: `${commitOf(python)}, ${commitOf(procfile)}`,
    read: ["manager", "file", "install", "collectstatic"],
  },
  (one) => inFolder(one, (folder, parent) => both(one, folder, parent)),
);
console.log(`${cases.length} verdicts of ${versionOf(python)} and ${versionOf(procfile)}`);

function both(one, folder, parent) {
  const built = build(one, folder, parent);
  if (built.failure === "detect") return { ...built, start: null, release: null, processes: {} };
  const launched = launch(one, folder, parent);
  return { ...built, ...launched, failure: built.failure ?? launched.failure };
}

/** Runs a buildpack as the lifecycle does. */
function phase(name, executable, buildpack, { folder, parent, env }) {
  const at = (...names) => join(parent, buildpack === python ? "python" : "procfile", ...names);
  mkdirSync(at("layers"), { recursive: true });
  mkdirSync(at("platform/env"), { recursive: true });
  writeFileSync(at("plan.toml"), "");
  const link = at(name);
  symlinkSync(executable, link);
  const args =
    name === "detect" ? [at("platform"), at("plan.toml")] : [at("layers"), at("platform"), at("plan.toml")];
  const outcome = run(link, args, {
    cwd: folder,
    env: {
      CNB_BUILDPACK_DIR: buildpack,
      CNB_TARGET_OS: "linux",
      CNB_TARGET_ARCH: "amd64",
      CNB_TARGET_DISTRO_NAME: "ubuntu",
      CNB_TARGET_DISTRO_VERSION: "24.04",
      HTTPS_PROXY: "http://127.0.0.1:9",
      ...env,
    },
  });
  const said = stripVTControlCharacters(`${outcome.stdout}\n${outcome.stderr}`);
  return { ...outcome, said, layers: at("layers") };
}

function build(one, folder, parent) {
  const nothing = { python: null, manager: null, file: null, install: [], build: [], collectstatic: null };
  const where = { folder, parent, env: one.env };
  if (phase("detect", pythonBuildpack, python, where).status !== 0) return { failure: "detect", ...nothing };
  const { said } = phase("build", pythonBuildpack, python, where);
  const heading = /\[Error: (.*)\]/.exec(said)?.[1] ?? "";
  const failure = failures.find(([pattern]) => pattern.test(heading))?.[1];
  if (failure === undefined) throw new Error(`${one.name}: ${said}`);

  const asked = /Using Python version ([\d.]+) specified in \.python-version/.exec(said)?.[1];
  const version = asked ?? /the current default of Python (\d+\.\d+)/.exec(said)?.[1];
  // They are looked at before the version is, and only one alone is accepted.
  const found = Object.keys(managers).filter((manager) => managers[manager].file in one.files);
  const chosen =
    failure?.startsWith("package-manager") || failure?.startsWith("checks") ? undefined : found[0];
  const installs = failure === null && chosen !== undefined;
  return {
    ...(version && isNewerPatch(version) && { unsettled: ["failure"] }),
    failure,
    python: version ? { version: minorOf(version), source: asked ? ".python-version" : "default" } : null,
    manager: chosen ?? null,
    file: managers[chosen]?.file ?? null,
    install: installs ? [managers[chosen].install] : [],
    build: [],
    collectstatic: installs && installsDjango(one, chosen) && collects(one.files) ? "manage.py" : null,
  };
}

/** Whether there is a manage.py in the root, and the settings have the app that brings collectstatic. */
function collects(files) {
  const settings = Object.keys(files).filter((path) => path.includes("settings") && path.endsWith(".py"));
  return "manage.py" in files && settings.some((path) => files[path].includes("django.contrib.staticfiles"));
}

function isNewerPatch(version) {
  const [major, minor, patch] = version.split(".");
  return Number(patch ?? 0) > (latest.get(`${major}.${minor}`) ?? Number.POSITIVE_INFINITY);
}

function launch(one, folder, parent) {
  if (!("Procfile" in one.files)) return { failure: null, start: null, release: null, processes: {} };
  const { status, said, layers } = phase("build", procfileBuildpack, procfile, { folder, parent, env: {} });
  if (status !== 0) {
    const unreadable = /Cannot read Procfile/.test(said);
    const failure = unreadable ? "procfile::unreadable" : "procfile::invalid";
    return { failure, start: null, release: null, processes: {} };
  }
  const { processes = [] } = parse(readFileSync(join(layers, "launch.toml"), "utf8"));
  const commands = Object.fromEntries(processes.map(({ type, args }) => [type, args[0]]));
  return {
    failure: null,
    start: commands.web ?? null,
    release: commands.release ?? null,
    processes: commands,
  };
}

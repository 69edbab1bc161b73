// Records what Heroku's classic Python buildpack decides about every case of fixtures/builders.
//
//   node scripts/record-builders/heroku.mjs CHECKOUT      (heroku/heroku-buildpack-python; Linux, with jq and file)
//
// Decided by running it: detection, dependency file, Python version, failures, collectstatic (which manage.py).
// Read, not run: which lines of a Procfile are processes, by the expression that heroku/buildpacks-procfile
// quotes for the classic platform in its SPEC.md; the platform's own code is not public.
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { cases, commitOf, inFolder, installsDjango, minorOf, record, run } from "./cases.mjs";

const [checkout] = process.argv.slice(2);
if (!checkout) {
  console.error("usage: node scripts/record-builders/heroku.mjs CHECKOUT");
  process.exit(2);
}
const harness = new URL("heroku.sh", import.meta.url).pathname;
const version = /## \[(v\d+)\]/.exec(readFileSync(join(checkout, "CHANGELOG.md"), "utf8"))?.[1];

/** The buildpack's name of a manager: its dependency file and the command that it says it runs. */
const managers = {
  pip: { file: "requirements.txt", install: "pip install -r requirements.txt" },
  pipenv: { file: "Pipfile.lock", install: "pipenv install --deploy" },
  poetry: { file: "poetry.lock", install: "poetry sync --only main" },
  uv: { file: "uv.lock", install: "uv sync --locked --no-default-groups" },
};

record(
  "heroku",
  {
    builder: "heroku/heroku-buildpack-python",
    version,
    commit: commitOf(checkout),
    read: ["processes", "install"],
  },
  (one) => inFolder(one, (folder, parent) => ({ ...build(one, folder, parent), ...processesOf(one) })),
);
console.log(`${cases.length} verdicts of ${version}`);

function build(one, folder, parent) {
  const nothing = { python: null, manager: null, file: null, install: [], build: [], collectstatic: null };
  if (run(join(checkout, "bin/detect"), [folder]).status !== 0) return { failure: "detect", ...nothing };

  const at = (name) => join(parent, name);
  for (const name of ["cache", "env", "python", "asked"]) mkdirSync(at(name));
  for (const [name, value] of Object.entries(one.env)) writeFileSync(join(at("env"), name), value);
  // Stands for the Python that the buildpack installs, with the app's dependencies.
  const django = ["pip", "pipenv", "poetry", "uv"].some(
    (manager) => managers[manager].file in one.files && installsDjango(one, manager),
  );
  writeFileSync(
    join(at("python"), "python"),
    `#!/bin/sh\ncase "$1" in -c) exit ${django ? 0 : 1};; *) echo "$*" > "${at("asked")}/command";; esac\n`,
  );
  chmodSync(join(at("python"), "python"), 0o755);

  const { status, stderr } = run("bash", [harness, checkout, folder, at("cache"), at("env"), at("python")]);
  const data = JSON.parse(readFileSync(join(at("cache"), "build-data/python.json"), "utf8"));
  if (status !== 0 && !data.failure_reason) throw new Error(`${one.name}: ${stderr}`);
  const manager = managers[data.package_manager];
  const patch = (version = "") => Number(version.split(".")[2] ?? 0);
  return {
    // A patch that the buildpack does not know yet fails or not when it is downloaded, which is not tried.
    ...(patch(data.python_version) > patch(data.latest_patch) && { unsettled: ["failure"] }),
    failure: data.failure_reason ?? null,
    python: pythonOf(data),
    manager: data.package_manager ?? null,
    file: manager?.file ?? null,
    install: data.failure_reason === undefined ? [manager.install] : [],
    build: [],
    collectstatic: collected(join(at("asked"), "command")),
  };
}

function pythonOf({
  python_version_requested: requested,
  python_version_origin: source,
  python_version: full,
}) {
  if (!requested) return null;
  return { version: minorOf(requested), source, ...(full && { full }) };
}

/** The manage.py that the collectstatic step ran. */
function collected(file) {
  try {
    return readFileSync(file, "utf8").split(" ")[0];
  } catch {
    return null;
  }
}

function processesOf({ files }) {
  const procfile = files.Procfile;
  if (procfile === undefined) return { start: null, release: null, processes: {} };
  const lines = procfile.toString("utf8").split(/\r?\n/);
  const matches = lines.flatMap((line) => [...line.matchAll(/^\s*([\w-]+):?\s+(.*)/g)]);
  const processes = Object.fromEntries(matches.map(([, name, command]) => [name, command.trimEnd()]));
  // The expression alone does not say what two lines of a name mean, nor a name with nothing behind it.
  const names = matches.map(([, name]) => name);
  const bare = lines.some((line) => /^\s*[\w-]+:\s*$/.test(line));
  const unsettled =
    bare || new Set(names).size < names.length || !/^[\t\r\n -~]*$/.test(procfile.toString("latin1"));
  return {
    start: processes.web || null,
    release: processes.release || null,
    processes,
    ...(unsettled && { unsettled: ["start", "release", "processes"] }),
  };
}

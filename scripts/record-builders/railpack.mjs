// Records what Railpack decides about every case of fixtures/builders.
//
//   node scripts/record-builders/railpack.mjs CHECKOUT RAILPACK
//
// CHECKOUT is railwayapp/railpack, RAILPACK its executable. It is asked as Railway asks it, where no start
// command is an error. It asks mise in turn for the versions of tools; a mise of the version in
// core/mise/version.txt has to lie in /tmp/railpack/mise, and to know the versions of Python. `full` is the
// newest patch that that mise knew, and says nothing more than that.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { cases, commitOf, inFolder, minorOf, record, run } from "./cases.mjs";

const [checkout, railpack] = process.argv.slice(2);
if (!railpack) {
  console.error("usage: node scripts/record-builders/railpack.mjs CHECKOUT RAILPACK");
  process.exit(2);
}

const failures = [
  [/could not determine how to build/, "no-provider"],
  [/^No start command/, "no-start-command"],
  [/^error reading Procfile/, "procfile-invalid"],
  [/^config file .* not found/, "config-not-found"],
  [/^hujson|as JSON/, "config-invalid"],
  [/^failed to (resolve version|get latest version)/, "version-unavailable"],
];

const files = { pip: ["requirements.txt"], uv: ["uv.lock"], poetry: ["poetry.lock"], pdm: ["pdm.lock"] };
files.pipenv = ["Pipfile.lock", "Pipfile"];

/** What mise reads in a project. */
const miseFiles = [".python-version", ".python-versions", ".tool-versions", "mise.toml", ".mise.toml"];

record(
  "railpack",
  {
    builder: "railwayapp/railpack",
    version: `with mise ${readFileSync(join(checkout, "core/mise/version.txt"), "utf8").trim()}`,
    commit: commitOf(checkout),
    read: [],
  },
  (one) => inFolder(one, (folder) => judge(one, folder)),
);
console.log(`${cases.length} verdicts`);

function judge(one, folder) {
  const { success, logs } = ask(one, folder, ["--error-missing-start"]);
  // The plan is not told where it fails for want of a start command alone; asked without that, it is.
  const { plan, resolvedPackages = {}, detectedProviders } = ask(one, folder, []);
  const said = logs.filter(({ Level }) => Level === "error").map(({ Msg }) => Msg);
  const failure = success ? null : failures.find(([pattern]) => pattern.test(said.at(-1) ?? ""))?.[1];
  if (failure === undefined) throw new Error(`${one.name}: ${said}`);

  const manager = logs.map(({ Msg }) => /^Using (pip|uv|poetry|pdm|pipenv)$/.exec(Msg)?.[1]).find(Boolean);
  const commands = (name) =>
    (plan?.steps?.find((step) => step.name === name)?.commands ?? []).flatMap(({ cmd }) => cmd ?? []);
  const open = unsettled(resolvedPackages.python, logs, one);
  return {
    ...(open.length > 0 && { unsettled: open }),
    failure,
    provider: detectedProviders?.[0] || null,
    python: pythonOf(resolvedPackages.python, one.files),
    manager: manager ?? null,
    file: files[manager]?.find((file) => file in one.files) ?? null,
    install: commands("install"),
    build: commands("build"),
    release: null,
    ...startOf(plan?.deploy?.startCommand ?? null, logs, one, folder),
    collectstatic: null,
  };
}

function ask({ env }, folder, flags) {
  const variables = Object.entries(env).flatMap(([name, value]) => ["--env", `${name}=${value}`]);
  return JSON.parse(run(railpack, ["info", "--format", "json", ...flags, ...variables, folder]).stdout);
}

/** An entry of a Procfile that is neither web nor worker is taken as a hash map gives it: at random. */
function startOf(start, logs, one, folder) {
  const any = logs.some(({ Msg }) => /^Found (?!web |worker )\w+ command in Procfile/.test(Msg));
  const again = any ? Array.from({ length: 24 }, () => ask(one, folder, []).plan.deploy.startCommand) : [];
  const all = [...new Set([start, ...again])].sort();
  return all.length > 1 ? { start: null, startOneOf: all } : { start };
}

function pythonOf(resolved, project) {
  if (!resolved) return null;
  const { resolvedVersion, source } = resolved;
  return { version: minorOf(resolvedVersion), source: sourceOf(source, project), full: resolvedVersion };
}

/**
 * What the image may have otherwise than the plan says: mise reads the project's files there again, and
 * prefers them to what Railpack decided.
 */
function unsettled(python, logs, { files: project, env }) {
  if (logs.some(({ Msg }) => Msg.startsWith("Failed to get package versions from mise"))) {
    return ["failure", "python"];
  }
  if (!python) return [];
  const ofMise = ["idiomatic-version-file", "mise.toml", ".tool-versions"].includes(python.source);
  const several = logs.some(({ Msg }) => Msg.startsWith("Multiple versions of tool 'python'"));
  // What is not plainly a version of CPython, mise may not find, or take for another Python.
  if (ofMise && !/^\d+(\.\d+){1,2}$/.test(python.requestedVersion)) return ["failure", "python"];
  // "3" or "latest" is whatever was the newest when it was asked.
  const named = [...Object.values(project), ...Object.values(env)].some((text) =>
    text.includes(minorOf(python.resolvedVersion)),
  );
  if (!named && python.source !== "railpack default") return ["python"];
  if (ofMise) return several ? ["python"] : [];
  const overridden =
    /^RAILPACK_|^custom config$/.test(python.source) && miseFiles.some((file) => file in project);
  return overridden ? ["python"] : [];
}

/** Railpack and mise name a kind of file; this is the file. */
function sourceOf(source, project) {
  const there = (...paths) => paths.find((path) => path in project);
  if (source === "idiomatic-version-file") return there(".python-version", ".python-versions");
  if (source === "mise.toml") return there("mise.toml", ".mise.toml");
  if (source === "custom config") return "railpack.json";
  if (source === "railpack default") return "default";
  return source.split(" > ")[0];
}

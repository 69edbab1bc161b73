// Compares the interpreter with what real Django said of real projects.
//
//   node scripts/agreement.mjs CASES.json CHECKOUTS [--only TEXT] [--verbose]
//
// CASES.json is a list of recorded cases (repository, commit, root, settings, environment, expect);
// CHECKOUTS holds a git clone of each repository as owner+name. The commit of a case is unpacked into a
// temporary folder. Prints, over all settings, how many are right, opaque (unknown where the reference
// knows) and wrong (differ), how many import outcomes agree, and in how many cases the ids of Django's system
// checks are exactly those that Django reports. For development: the repositories are not kept here.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import process from "node:process";
import { build } from "esbuild";

const [casesFile, checkouts, ...flags] = process.argv.slice(2);
if (!casesFile || !checkouts) {
  console.error("usage: node scripts/agreement.mjs CASES.json CHECKOUTS [--only TEXT] [--verbose]");
  process.exit(2);
}
const only = flags.includes("--only") ? flags[flags.indexOf("--only") + 1] : undefined;
const verbose = flags.includes("--verbose");

const bundle = join(mkdtempSync(join(tmpdir(), "agreement-")), "agreement.cjs");
await build({
  stdin: {
    contents: `
      export { openDisk } from "./src/files/disk.ts";
      export { createInterpreter } from "./src/python/interpreter.ts";
      export { models } from "./src/python/models/index.ts";
      export { toPlain } from "./src/python/plain.ts";
      export { gather } from "./src/facts/gather.ts";
      export { platforms } from "./src/platforms/index.ts";
      export { projectRoot } from "./src/python/machine.ts";
      export { viewOf } from "./src/facts/django/view.ts";
      export { systemChecks } from "./src/facts/django/system-checks/index.ts";
      export { checkout } from "./src/facts/django/system-checks/surroundings.ts";
    `,
    resolveDir: new URL("..", import.meta.url).pathname,
    loader: "ts",
  },
  bundle: true,
  platform: "node",
  format: "cjs",
  outfile: bundle,
  logLevel: "error",
});
const {
  openDisk,
  createInterpreter,
  models,
  toPlain,
  gather,
  platforms,
  projectRoot,
  viewOf,
  systemChecks,
  checkout,
} = createRequire(import.meta.url)(bundle);

/** What Django writes into each database itself (django.db.utils.ConnectionHandler.configure_settings). */
const filledIn = {
  ATOMIC_REQUESTS: "false",
  AUTOCOMMIT: "true",
  CONN_MAX_AGE: "0",
  CONN_HEALTH_CHECKS: "false",
  OPTIONS: "{}",
  TIME_ZONE: "null",
  NAME: '""',
  USER: '""',
  PASSWORD: '""',
  HOST: '""',
  PORT: '""',
};

const critical = /^(DEBUG|SECRET_KEY|ALLOWED_HOSTS|DATABASES|SECURE_.*|.*_COOKIE_.*)$/;
const totals = { right: 0, opaque: 0, wrong: 0, imports: 0, cases: 0, criticalWrong: 0, ms: 0 };
/** Cases by whether the ids are exactly Django's. */
const checkTotals = { same: 0, cases: 0 };
const reasons = new Map();

for (const recorded of JSON.parse(readFileSync(casesFile, "utf8"))) {
  if (recorded.tainted || (only && !recorded.id.includes(only))) continue;
  const root = unpack(recorded);
  try {
    await compare(recorded, root);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
console.log(
  `\n${checkTotals.same} of ${checkTotals.cases} cases have exactly Django's check ids (${percent(checkTotals.same, checkTotals.cases)})`,
);
const settings = totals.right + totals.opaque + totals.wrong;
console.log(
  `\n${totals.cases} cases: ${totals.imports} import outcomes agree (${percent(totals.imports, totals.cases)})`,
);
console.log(
  `${settings} settings: ${totals.right} right (${percent(totals.right, settings)}), ${totals.opaque} opaque, ${totals.wrong} wrong, of which ${totals.criticalWrong} critical; ${Math.round(totals.ms)} ms`,
);
for (const [reason, names] of [...reasons].sort((a, b) => b[1].length - a[1].length).slice(0, 60)) {
  console.log(`  ${names.length} × ${reason}  (${names.slice(0, 3).join(", ")})`);
}

/** Writes a commit's files; those that the clone lacks or that are large cannot matter and are left out. */
function unpack({ repo, commit, files = {}, oracle_patch: patches = [] }) {
  const root = mkdtempSync(join(tmpdir(), "case-"));
  const git = (args, input) =>
    execFileSync("git", ["-C", join(checkouts, repo.replace("/", "+")), ...args], {
      input,
      maxBuffer: 2 ** 31 - 1,
    });
  const entries = git(["ls-tree", "-r", "-z", commit]).toString().split("\0").filter(Boolean);
  const blobs = entries
    .map((entry) => /^(\d+) blob (\w+)\t(.*)$/s.exec(entry))
    .filter((match) => match && match[1] !== "120000");
  const sizes = git(["cat-file", "--batch-check"], blobs.map(([, , id]) => id).join("\n"))
    .toString()
    .split("\n");
  const small = blobs.filter(
    (_, index) => /blob (\d+)$/.test(sizes[index]) && Number(sizes[index].split(" ")[2]) < 1e6,
  );
  const content = git(["cat-file", "--batch"], small.map(([, , id]) => id).join("\n"));
  let offset = 0;
  for (const [, , , path] of small) {
    const end = content.indexOf(10, offset);
    const size = Number(content.toString("utf8", offset, end).split(" ")[2]);
    // The commit is all there is: what it holds although it is ignored is there, too, as in a repository.
    if (!/(^|\/)\.gitignore$/.test(path)) write(join(root, path), content.subarray(end + 1, end + 1 + size));
    offset = end + 1 + size + 1;
  }
  for (const [path, text] of Object.entries(files)) write(join(root, path), text);
  for (const [path, from, to] of patches)
    write(join(root, path), readFileSync(join(root, path), "utf8").replaceAll(from, to));
  return root;
}

function write(path, text) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

async function compare(
  {
    id,
    root: folder,
    settings: module,
    env,
    configuration,
    nondeterministic = [],
    tainted_settings = [],
    expect,
  },
  root,
) {
  const files = await openDisk(root);
  const base = folder === "." ? "" : folder;
  const world = {
    path: [base],
    ...(await packagesOf(files, module)),
    djangoVersion: expect.django,
    pythonVersion: expect.python.split(".").slice(0, 2).join("."),
  };
  const interpreter = createInterpreter(files, world, models);
  const variables = {
    DJANGO_SETTINGS_MODULE: module,
    ...(configuration && { DJANGO_CONFIGURATION: configuration }),
    ...env,
  };
  const values = new Map(
    Object.entries(variables).map(([name, text]) => [
      name,
      { kind: "text", text: text.replaceAll("$REPO", projectRoot) },
    ]),
  );
  const started = performance.now();
  const scenario = { env: values, held: new Map(), branches: new Map() };
  const run = interpreter.run(module, scenario);
  totals.ms += performance.now() - started;
  totals.cases++;

  const expected = expect.import === "ok" ? "ok" : expect.import.error.type;
  const got =
    run.outcome.kind === "completed" ? "ok" : run.outcome.kind === "raised" ? run.outcome.error : "stopped";
  if (expected === got) totals.imports++;
  else {
    console.log(
      `${id}: import ${expected}, here ${got} ${run.outcome.message ?? run.outcome.because ?? ""} ${JSON.stringify(run.outcome.at ?? null)}`,
    );
  }
  const view = viewOf(interpreter, { scenario, run, required: [] }, expect.django);
  compareChecks(id, expect, {
    got,
    view,
    surroundings: checkout(files, [base]),
  });
  const ignored = new Set([...nondeterministic, ...tainted_settings, ...(expect.stub_settings ?? [])]);
  for (const [name, value] of Object.entries(expect.settings)) {
    if (ignored.has(name)) continue;
    const setting = run.outcome.kind === "completed" ? view.get(name) : undefined;
    const [other] = setting?.otherwise ?? [];
    const plain = !setting
      ? { $opaque: "the import did not complete" }
      : other
        ? { $opaque: `depends on whether ${other.when}` }
        : normalSetting(name, toPlain(setting.value, secret(name)));
    const wanted = normalSetting(name, value);
    const verdict =
      JSON.stringify(plain) === JSON.stringify(wanted) ? "right" : hasOpaque(plain) ? "opaque" : "wrong";
    totals[verdict]++;
    if (verdict === "right") continue;
    if (verdict === "wrong" && critical.test(name)) totals.criticalWrong++;
    const reason = verdict === "wrong" ? "WRONG" : firstOpaque(plain);
    reasons.set(reason, [...(reasons.get(reason) ?? []), `${id.split(":")[0]} ${name}`]);
    if (verdict === "wrong" || verbose) {
      console.log(`${id} ${name}: ${verdict}\n    wanted ${short(wanted)}\n    found  ${short(plain)}`);
    }
  }
}

/** Django's own check ids: those it reports, and those that SILENCED_SYSTEM_CHECKS names. */
function compareChecks(id, expect, { got, view, surroundings }) {
  checkTotals.cases++;
  const none = { checks: [], unknown: [], silenced: [], reasons: new Map() };
  const found = got === "ok" ? systemChecks(view, expect.django, surroundings) : none;
  const differences = [
    ...expect.checks.filter((each) => !found.checks.includes(each)).map((each) => `lacks ${each}`),
    ...found.checks.filter((each) => !expect.checks.includes(each)).map((each) => `has ${each}`),
    ...expect.checks_silenced
      .filter((each) => !found.silenced.includes(each))
      .map((each) => `does not silence ${each}`),
    ...found.silenced
      .filter((each) => !expect.checks_silenced.includes(each))
      .map((each) => `silences ${each}`),
  ];
  if (differences.length === 0) checkTotals.same++;
  const unknown = [...found.reasons].map(([each, because]) => `unknown ${each}: ${because}`);
  if (differences.length === 0 && !(verbose && unknown.length > 0)) return;
  console.log(`${id} checks:\n${[...differences, ...unknown].map((each) => `    ${each}`).join("\n")}`);
}

/** Texts of secret settings are recorded by their shape and digest. */
function secret(setting) {
  return (text, path) => {
    const isSecret =
      text !== "" && (setting === "SECRET_KEY" || (setting === "DATABASES" && path.at(-1) === "PASSWORD"));
    if (!isSecret || text === "") return text.replaceAll(projectRoot, "$REPO");
    const sha256 = createHash("sha256").update(text).digest("hex").slice(0, 12);
    const prefix = text.startsWith("django-insecure-") ? "django-insecure-" : null;
    return { $secret: { length: [...text].length, unique: new Set(text).size, prefix, sha256 } };
  };
}

/** What the project installs, as its own files say. */
async function packagesOf(files, settings) {
  const options = { settings, env: new Map(), closed: true, platformNamed: false };
  const [platform] = platforms;
  const packages = await gather({ files, options, platform }).get("packages");
  const provided = { yes: true, no: false, unknown: undefined };
  if (packages.kind !== "present") return { installed: () => undefined };
  return {
    installed: (module) => provided[packages.value.provides(module)],
    requiredDjango: packages.value.get("django")?.version,
  };
}

/** What Django makes of a setting as soon as it is loaded is not what the module says. */
function normalSetting(name, value) {
  const found = normal(value);
  const isObject = typeof found === "object" && found !== null && !Array.isArray(found);
  if (name !== "DATABASES" || !isObject || "$opaque" in found) return found;
  return Object.keys(found).length === 0 ? { default: { ENGINE: "django.db.backends.dummy" } } : found;
}

/** One form for what is recorded and what is found: sorted keys, sets in order, inner tuples as lists, Django's own database keys left out. */
function normal(value, depth = 0) {
  if (Array.isArray(value)) return value.map((item) => normal(item, depth + 1));
  if (value === null || typeof value !== "object") return value;
  if ("$tuple" in value) {
    const items = normal(value.$tuple, depth);
    return depth === 0 ? { $tuple: items } : items;
  }
  if ("$set" in value)
    return {
      $set: normal(value.$set, depth)
        .map((item) => JSON.stringify(item))
        .sort(),
    };
  if ("$path" in value) {
    const path = value.$path;
    return {
      $path:
        path === "." ? "$REPO" : path.startsWith("/") || path.startsWith("$REPO") ? path : `$REPO/${path}`,
    };
  }
  if ("__type__" in value) return { __repr__: value.__type__ };
  if ("$object" in value || "__repr__" in value) {
    const name = value.$object ?? value.__repr__;
    return { __repr__: name.endsWith("Value") ? name.slice(name.lastIndexOf(".") + 1) : name };
  }
  if ("$regex" in value) return { __regex__: value.$regex };
  const keys = Object.keys(value).filter(
    // What a database is called in tests is not recorded.
    (key) => !("ENGINE" in value && (key === "TEST" || JSON.stringify(value[key]) === filledIn[key])),
  );
  return Object.fromEntries(keys.sort().map((key) => [key, normal(value[key], depth + 1)]));
}

function hasOpaque(plain) {
  return JSON.stringify(plain).includes('"$opaque"');
}

function firstOpaque(plain) {
  return /"\$opaque":"((?:[^"\\]|\\.)*)"/.exec(JSON.stringify(plain))?.[1] ?? "?";
}

function short(value) {
  const text = JSON.stringify(value);
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}

function percent(part, whole) {
  return whole === 0 ? "–" : `${((100 * part) / whole).toFixed(1)} %`;
}

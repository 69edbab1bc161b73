/**
 * How long a run takes, as its user waits for it: whole processes, in a clean environment.
 *
 *     npm run bench                          on fixtures/blog
 *     npm run bench -- path/to/project 25    another project, 25 runs of each
 *
 * The commands take turns, so that a busy moment of the machine hits all of them alike; what counts is
 * the median. `manage.py check --deploy` is compared with if Django is installed for the Python in
 * .cache/venv (`.ci/run` makes it) or for `python3`, and the project's settings load with it.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join, relative, resolve } from "node:path";
import process from "node:process";

const root = join(import.meta.dirname, "..");
const [path = join(root, "fixtures/blog"), runs = "15"] = process.argv.slice(2);
const project = resolve(path);
const rounds = Math.max(15, Number(runs));
const env = { PATH: process.env.PATH ?? "" };
const command = join(root, "bin/deploy-check.js");

if (!existsSync(join(root, "dist/deploy-check.cjs"))) fail("nothing is built: npm run build");

const candidates = [
  { name: "node -e 0", program: process.execPath, args: ["-e", "0"] },
  { name: "deploy-check --version", program: process.execPath, args: [command, "--version"] },
  { name: "deploy-check", program: process.execPath, args: [command, project] },
  ...django(),
];
const subjects = candidates.map((subject) => ({ ...subject, times: [] }));

for (let round = -1; round < rounds; round += 1) {
  for (const subject of subjects) {
    const time = run(subject);
    // The first round only warms the caches of the system.
    if (round >= 0) subject.times.push(time);
  }
}
report();

/** Milliseconds from start to end. */
function run({ name, program, args, cwd }) {
  const started = process.hrtime.bigint();
  const { status, error, signal, stderr } = spawnSync(program, args, { cwd, env, encoding: "utf8" });
  const time = Number(process.hrtime.bigint() - started) / 1e6;
  // 1 says that something is wrong with the project, which is an answer.
  if (error || signal || status > 1) fail(`${name} ended with ${error ?? signal ?? status}:\n${stderr}`);
  return time;
}

function django() {
  const managePy = join(project, "manage.py");
  if (!existsSync(managePy)) return absent(`${relative(process.cwd(), managePy)} does not exist`);
  const own = join(root, ".cache/venv/bin/python");
  const program = existsSync(own) ? own : "python3";
  const args = ["-B", "manage.py", "check", "--deploy"];
  const { status, stderr } = spawnSync(program, args, { cwd: project, env, encoding: "utf8" });
  if (status === 0) return [{ name: "manage.py check --deploy", program, args, cwd: project }];
  return absent(stderr?.trim().split("\n").at(-1) ?? `${program} does not start`);
}

function absent(because) {
  console.error(`without manage.py check --deploy: ${because}\n`);
  return [];
}

function report() {
  const base = median(subjects[0].times);
  const own = median(subjects.find(({ name }) => name === "deploy-check").times);
  const rows = subjects.map(({ name, times }) => {
    const middle = median(times);
    return {
      name,
      median: middle,
      fastest: Math.min(...times),
      slowest: Math.max(...times),
      timesNode: middle / base,
      timesDeployCheck: middle / own,
    };
  });
  const shown = rows.map((row) => [
    row.name,
    ...[row.median, row.fastest, row.slowest].map((time) => `${time.toFixed(1)} ms`),
    ...[row.timesNode, row.timesDeployCheck].map((ratio) => `${ratio.toFixed(2)} x`),
  ]);
  const table = [["", "median", "fastest", "slowest", "to node", "to deploy-check"], ...shown];
  const widths = table[0].map((_, at) => Math.max(...table.map((row) => row[at].length)));
  for (const row of table) {
    console.log(
      row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at]) : cell.padStart(widths[at]))).join("  "),
    );
  }
  const where = {
    node: process.version,
    platform: process.platform,
    cpu: cpus()[0]?.model,
    cores: cpus().length,
  };
  mkdirSync(join(root, "bench"), { recursive: true });
  const results = { project: relative(root, project), rounds, ...where, rows };
  writeFileSync(join(root, "bench/results.json"), `${JSON.stringify(results, null, 2)}\n`);
}

function median(times) {
  const sorted = [...times].sort((one, other) => one - other);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

function fail(message) {
  console.error(message);
  process.exit(1);
}

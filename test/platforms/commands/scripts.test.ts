import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { memoryFiles } from "../../../src/files/memory.ts";
import { launchesOf } from "../../../src/platforms/commands/follow.ts";

const at = { file: "Procfile", line: 1, column: 1 };

function follow(command: string, files: Record<string, string>, variables: Record<string, string> = {}) {
  return launchesOf({ command, at }, memoryFiles(files), new Map(Object.entries(variables)));
}

/** What runs for certain, then what may, in parentheses. */
const show = (...input: Parameters<typeof follow>) =>
  follow(...input).launches.map(({ program, args, conditional }) => {
    const line = [program, ...args.map(({ text }) => text)].join(" ");
    return conditional ? `(${line})` : line;
  });

const dispatching = `#!/bin/sh
set -e
if [ "\${1#-}" != "$1" ]; then
  set -- gunicorn "$@"
fi
case "$1" in
  web|serve)
    shift
    exec gunicorn shop.wsgi "$@"
    ;;
  worker) exec celery -A shop worker ;;
  manage) shift; exec python manage.py "$@" ;;
  *) exec "$@" ;;
esac
`;

test.each<[string, string[]]>([
  ["./entry.sh web --workers 3", ["gunicorn shop.wsgi --workers 3"]],
  ["./entry.sh serve", ["gunicorn shop.wsgi"]],
  ["./entry.sh worker", ["celery -A shop worker"]],
  ["./entry.sh manage migrate --noinput", ["manage.py migrate --noinput"]],
  ["./entry.sh uvicorn shop.asgi:application", ["uvicorn shop.asgi:application"]],
  ["./entry.sh --bind :80 shop.wsgi", ["gunicorn --bind :80 shop.wsgi"]],
])("an entry point dispatches on its argument: %s", (command, expected) => {
  expect(show(command, { "entry.sh": dispatching })).toEqual(expected);
});

const decided = (script: string, more = "", variables: Record<string, string> = {}) =>
  show(`sh run.sh ${more}`, { "run.sh": script }, variables);

test("a variable of the environment decides nothing, even where a value is declared", () => {
  const script = 'if [ "$ROLE" = worker ]; then exec rq worker; else exec gunicorn shop.wsgi; fi\nnever\n';
  expect(decided(script, "", { ROLE: "web" })).toEqual(["(rq worker)", "(gunicorn shop.wsgi)"]);
});

test.each<[string, string, string[]]>([
  ['ROLE="${1:-web}"\n[ "$ROLE" = web ] && gunicorn shop.wsgi\n', "", ["gunicorn shop.wsgi"]],
  ['ROLE="${1:-web}"\n[ "$ROLE" = web ] && gunicorn shop.wsgi\n', "worker", []],
  ['if [ $# -eq 0 ]; then set -- gunicorn shop.wsgi; fi\nexec "$@"\n', "", ["gunicorn shop.wsgi"]],
  ['if [ $# -eq 0 ]; then set -- gunicorn shop.wsgi; fi\nexec "$@"\n', "daphne x:y", ["daphne x:y"]],
  ['if [[ "$1" == web* ]]; then a; elif [ -z "$1" ]; then b; else c; fi\n', "web-1", ["a"]],
  ['if [[ "$1" == web* ]]; then a; elif [ -z "$1" ]; then b; else c; fi\n', "", ["b"]],
  ['if ! [ "$1" = x ]; then a; fi\nb\n', "x", ["b"]],
  ["false || a\ntrue && b\ntrue || c\n", "", ["a", "b"]],
  ["if python manage.py migrate; then a; fi\n", "", ["manage.py migrate", "(a)"]],
  ["until python manage.py migrate; do sleep 1; done\na\n", "", ["manage.py migrate", "a"]],
  ["while true; do python manage.py poll; sleep 5; done\n", "", ["manage.py poll"]],
  ["exec gunicorn shop.wsgi\npython manage.py migrate\n", "", ["gunicorn shop.wsgi"]],
  ["celery -A shop worker &\nexec gunicorn x\n", "", ["celery -A shop worker", "gunicorn x"]],
  ["( exec a )\nb\n", "", ["a", "b"]],
  ["a\nexit 0\nb\n", "", ["a"]],
  ["[ -f x ] && exit 1\nb\n", "", ["b"]],
  [
    'serve() {\n  gunicorn "$1"\n  return\n  never\n}\nserve shop.wsgi\nafter\n',
    "",
    ["gunicorn shop.wsgi", "after"],
  ],
  ['function web() { gunicorn x; }\nworker() { celery; }\n"$1"\n', "web", ["gunicorn x"]],
  ["cmd='gunicorn shop.wsgi'\neval $cmd\n", "", ["gunicorn shop.wsgi"]],
  ["echo shop.wsgi | xargs -n 1 gunicorn\n", "", ["gunicorn"]],
  ["command -v nginx && a\n", "", ["a"]],
  ['for job in a b; do python manage.py "$job"; done\n', "", ["(manage.py $job)"]],
  ["( a\n", "", ["a"]],
])("%j with %j", (script, args, expected) => {
  expect(decided(script, args)).toEqual(expected);
});

test("what a branch changes is not known behind it", () => {
  const script = 'if [ "$X" ]; then\n  PORT=1\n  cd src\nfi\ngunicorn -b :$PORT\n';
  const [launch] = follow("sh run.sh", { "run.sh": script }).launches;
  expect(launch?.args.at(-1)).toEqual({ text: ":$PORT", known: false });
  expect(launch?.folder).toBeUndefined();
  const both = 'if [ "$X" ]; then\n  PORT=1\nelse\n  PORT=1\nfi\ngunicorn -b :$PORT\n';
  expect(show("sh run.sh", { "run.sh": both })).toEqual(["gunicorn -b :1"]);
  const guarded = "[ -d src ] && cd src\ngunicorn x\n";
  expect(follow("sh r.sh", { "r.sh": guarded, "src/a.py": "" }).launches[0]?.folder).toBe("src");
});

test("sourced files run in the same shell", () => {
  const files = {
    "run.sh": "source ./env.sh\n. missing/bin/activate\nserve\ngunicorn -b :$PORT\n",
    "env.sh": "PORT=9\nserve() { python manage.py migrate; }\n",
  };
  expect(show("bash run.sh", files)).toEqual(["manage.py migrate", "gunicorn -b :9"]);
  expect(follow("bash run.sh", files).unclear).toEqual([]);
});

const scripts = [
  dispatching,
  'f() { echo "in $1"; return; echo no; }\nf one && echo yes || echo no\n',
  'if [ "$1" = a ]; then echo A; elif [ "$1" = "" ]; then echo none; else echo other; fi\n',
  'case "$1" in a|b) echo ab ;; c*) echo c ;; *) echo star ;; esac\necho end\n',
  'x="${1:-web}"; [ "$x" = web ] && echo web; [ "$x" != web ] || echo again\nset -- p q\nshift\necho "$1" $#\n',
  "{ echo a; echo b; } && ( echo c; exit 1 ) || echo d\nexec echo last\necho never\n",
  'if test -n "$1"; then\n  while true; do echo once; exit; done\nfi\necho none\n',
];

test("a real shell runs the same commands", () => {
  const folder = mkdtempSync(join(tmpdir(), "deploy-check-shell-"));
  try {
    for (const [index, script] of scripts.slice(1).entries()) {
      for (const args of [[], ["a"], ["b"], ["cat"], ["web"]]) {
        const path = join(folder, `${index}.sh`);
        writeFileSync(path, script);
        const real = execFileSync("bash", [path, ...args], { encoding: "utf8" })
          .trim()
          .split("\n");
        // `echo` is a program that is told of here.
        const told = script.replaceAll("echo", "say");
        const ours = follow(`bash s.sh ${args.join(" ")}`, { "s.sh": told }).launches;
        const certain = ours.filter(({ conditional }) => !conditional);
        const lines = certain.map(({ args: words }) => words.map(({ text }) => text).join(" "));
        const may = ours.map(({ args: words }) => words.map(({ text }) => text).join(" "));
        for (const line of lines)
          expect(real, `${script} ${args.join(" ")}`).toContain(line.replace("$#", "1"));
        for (const line of real)
          expect(
            may.map((one) => one.replace("$#", "1")),
            script,
          ).toContain(line);
      }
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});

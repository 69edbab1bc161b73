import { defineCheck } from "../../check.ts";
import type { Procfile } from "../../facts/procfiles.ts";
import { withoutSecrets } from "../../facts/servers/start-line.ts";
import { evidence, type Finding, fails, notApplicable } from "../../finding.ts";
import { startOf } from "../../location.ts";
import type { Process } from "../../platforms/manifest.ts";
import type { Deployment } from "../../platforms/platform.ts";
import { type ProcfileRules, releaseNames, servingProcess } from "../../platforms/rules.ts";
import { shop } from "../example-shop.ts";

/** What people write for `web`. */
const meantWeb = /^(?:wep|wbe|we|webb|www|web-?server|web[_-]?app|server|app|django|site|gunicorn)$/i;

export default defineCheck({
  id: "procfile-process-types",
  title: "The Procfile declares one web process",
  area: "processes",
  severity: "error",
  needs: ["procfiles", "deployment", "project"],
  docs: {
    why: "Only the process that is called `web`, in lower case, gets requests. Of two lines with the same type one wins, silently. A line that is not of the form `type: command` is skipped or stops the deployment.",
    fix: "Keep one line that begins with `web:`:\n\n```\nweb: gunicorn shop.wsgi\n```",
    bad: { ...shop, Procfile: "Web: gunicorn shop.wsgi\n" },
    good: { ...shop, Procfile: "web: gunicorn shop.wsgi\n" },
    notReported: [
      "Blanks before a type, comments and empty lines; no blank behind the colon, where the platform does not mind.",
      "A Procfile with workers only in a project that is no web application, such as a bot.",
      "Platforms that read no Procfile.",
      "`release` beside `postdeploy`: one Procfile for Heroku and Scalingo.",
      "Another case or `_` in a name, where the platform does not mind.",
    ],
    links: ["https://devcenter.heroku.com/articles/procfile#procfile-format"],
  },
  *run({ procfiles: { procfile }, deployment, project }) {
    const { platform, manifests } = deployment;
    const rules = platform.procfile;
    if (!procfile) return yield notApplicable("there is no Procfile");
    if (!rules || !manifests.includes(procfile.path)) {
      return yield notApplicable(`${platform.name} does not read the Procfile`);
    }
    const { processes, malformed } = procfile;
    const unreadable = deployment.problems?.some(
      ({ kind, at }) => kind === "invalid" && at.file === procfile.path,
    );
    if (unreadable && processes.length === 0) {
      return yield notApplicable("the Procfile cannot be read, which manifest-invalid tells");
    }
    const web = servingProcess(processes, rules);
    const refuses = `${platform.name} refuses the Procfile`;
    for (const { text, at } of malformed) {
      const [, type, command = ""] = /^([\w-]+):(\S.*)$/.exec(text) ?? [];
      if (type !== undefined && rules.line && !rules.line.test(text)) {
        yield fails(`the line of ${type} has no blank behind the colon, so ${platform.name} passes it over`, {
          at,
          severity: web ? "warning" : undefined,
          fix: `${type}: ${withoutSecrets(command)}`,
        });
        continue;
      }
      const line = `the line "${shorten(text)}" is not of the form "type: command"`;
      const refused = rules.invalidLine === "fails";
      const severity = web && !refused ? ("warning" as const) : undefined;
      yield fails(refused ? `${line}, so ${refuses}` : line, { at, severity });
    }
    for (const { written, name, at } of procfile.corrected) {
      const message = `Procfile calls a process ${written}, which ${platform.name} corrects to ${name}`;
      const { command = "" } = processes.find((process) => process.at === at) ?? {};
      yield fails(message, { at, severity: "warning", fix: `${name}: ${withoutSecrets(command)}` });
    }
    for (const { name, at } of procfile.misnamed) {
      const allowed = `a name is made of ${rules.namesInWords ?? "other characters"}`;
      const message = `Procfile calls a process ${name}, and on ${platform.name} ${allowed}`;
      const severity = rules.otherNames === "fails" ? undefined : ("warning" as const);
      const { command = "" } = processes.find((process) => process.at === at) ?? {};
      const better = [name.toLowerCase().replaceAll("_", "-"), name.replace(/[^A-Za-z0-9]/g, "")];
      const allowedName = better.find((one) => rules.names.test(one)) ?? "worker";
      yield fails(message, { at, severity, fix: `${allowedName}: ${withoutSecrets(command)}` });
    }
    const seen = new Map(processes.map(({ name }) => [name, 0]));
    for (const { name, at } of processes) {
      const before = seen.get(name) ?? 0;
      seen.set(name, before + 1);
      if (before !== 1) continue;
      const refused = rules.duplicates === "fails";
      const severity = name !== web?.name && !refused ? ("warning" as const) : undefined;
      yield fails(`Procfile declares ${name} more than once, ${whichRuns(rules, refuses)}`, { at, severity });
    }
    yield* notOneLine(procfile, platform.name, rules);
    yield* releaseElsewhere(processes, deployment);
    if (web) return yield evidence(`Procfile declares a ${web.name} process`, web.at);
    if (project.framework === "python") return yield notApplicable("the project is no web application");
    if (malformed.length > 0) return;
    const meant = processes.find(({ name }) => name.toLowerCase() === "web" || meantWeb.test(name));
    const names = [...seen.keys()].join(", ");
    yield fails(
      processes.length === 0
        ? "Procfile declares no process, so nothing answers requests"
        : `Procfile declares ${names} and no process called "web", so nothing answers requests`,
      {
        at: meant?.at ?? startOf(procfile.path),
        fix: `web: ${withoutSecrets(meant?.command ?? deployment.suggestedStart)}`,
      },
    );
  },
});

/** Entries that are there, and were meant as something else. */
function* notOneLine(
  { processes, uncoloned }: Procfile,
  platform: string,
  { syntax }: ProcfileRules,
): Generator<Finding> {
  if (syntax !== "lines") return;
  for (const { name, command, at } of processes) {
    if (/^[|>][+-]?$/.test(command)) {
      const message = `the command of ${name} is "${command}", because ${platform} reads each line of a Procfile by itself`;
      yield fails(message, { at, fix: `${name}: first && second   # in one line` });
    } else if (/^:(?:\s|$)/.test(command)) {
      const message = `the colon does not stand right behind ${name}, so its command begins with ":", which ends at once`;
      yield fails(message, { at, fix: `${name}${withoutSecrets(command)}` });
    }
  }
  for (const { name, at } of uncoloned.filter((entry) => entry.name !== "web")) {
    const message = `a line of the Procfile begins with ${name} and has no colon, so ${platform} takes it for a process called ${name}`;
    yield fails(message, { at, severity: "warning" });
  }
}

function whichRuns({ duplicates }: ProcfileRules, refuses: string): string {
  if (duplicates === "fails") return `so ${refuses}`;
  return duplicates === "unknown"
    ? "and only one of the commands runs"
    : `and only the ${duplicates} of the commands runs`;
}

/** The release step of another platform, with none for this one beside it: it waits for nobody. */
function* releaseElsewhere(processes: readonly Process[], { platform }: Deployment): Generator<Finding> {
  const own = platform.procfile?.release?.name;
  if (processes.some(({ name }) => name === own)) return;
  const other = processes.find(({ name }) => name !== own && releaseNames.includes(name));
  // Where any process may be started, another check says which one is.
  if (!other || platform.procfile?.serves.includes("*")) return;
  const consequence =
    own === undefined
      ? "and no entry of a Procfile is a release step there"
      : `where ${own} is the release step`;
  yield fails(`nothing on ${platform.name} runs ${other.name} of the Procfile, ${consequence}`, {
    at: other.at,
    severity: "warning",
    fix:
      platform.release?.fix(withoutSecrets(other.command)) ?? "# run it by hand, or in front of the server",
  });
}

/** Malformed lines can be anything: enough to recognise one. */
function shorten(text: string): string {
  const [beginning = ""] = text.split(/[=:]/);
  return beginning.length > 30 || beginning.length < text.length ? `${beginning.slice(0, 30)}…` : beginning;
}

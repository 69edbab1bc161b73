import { defineCheck } from "../../check.ts";
import { withoutSecrets } from "../../facts/servers/start-line.ts";
import { evidence, fails, notApplicable } from "../../finding.ts";
import { startOf } from "../../location.ts";
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
      "Blanks before a type, none behind the colon, comments and empty lines.",
      "A Procfile with workers only in a project that is no web application, such as a bot.",
      "Platforms that read no Procfile.",
    ],
    links: ["https://devcenter.heroku.com/articles/procfile#procfile-format"],
  },
  *run({ procfiles: { procfile }, deployment, project }) {
    const { platform, manifests } = deployment;
    if (!procfile) return yield notApplicable("there is no Procfile");
    if (!manifests.includes(procfile.path)) {
      return yield notApplicable(`${platform.name} does not read the Procfile`);
    }
    const { processes, malformed } = procfile;
    const web = processes.find(({ name }) => name === "web");
    for (const { text, at } of malformed) {
      yield fails(`the line "${shorten(text)}" is not of the form "type: command"`, {
        at,
        ...(web && { severity: "warning" as const }),
      });
    }
    const seen = new Map(processes.map(({ name }) => [name, 0]));
    for (const { name, at } of processes) {
      const before = seen.get(name) ?? 0;
      seen.set(name, before + 1);
      if (before !== 1) continue;
      yield fails(`Procfile declares ${name} more than once, and only one of the commands runs`, {
        at,
        ...(name !== "web" && { severity: "warning" as const }),
      });
    }
    if (web) return yield evidence("Procfile declares a web process", web.at);
    if (project.framework !== "django") return yield notApplicable("the project is no web application");
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

/** Malformed lines can be anything: enough to recognise one. */
function shorten(text: string): string {
  const [beginning = ""] = text.split(/[=:]/);
  return beginning.length > 30 || beginning.length < text.length ? `${beginning.slice(0, 30)}…` : beginning;
}

import { defineCheck } from "../../check.ts";
import { evidence, fails } from "../../finding.ts";
import { shop } from "../example-shop.ts";

const dockerfile = (cmd: string) =>
  `FROM python:3.13-slim\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\nCMD ${cmd}\n`;

export default defineCheck({
  id: "port-not-expanded",
  title: "A shell puts the variables into the start command",
  area: "processes",
  severity: "error",
  needs: ["deploySteps", "deployment"],
  docs: {
    why: "Only a shell puts the value of `$PORT` into a command. Without one, or within single quotes, the server gets the five characters, and ends with \"'$PORT' is not a valid port number\".",
    fix: 'Let a shell read it, and let the server take its place:\n\n```dockerfile\nCMD ["sh", "-c", "exec gunicorn shop.wsgi --bind 0.0.0.0:${PORT:-8000}"]\n```',
    bad: { ...shop, Dockerfile: dockerfile('["gunicorn", "shop.wsgi", "--bind", "0.0.0.0:$PORT"]') },
    good: {
      ...shop,
      Dockerfile: dockerfile('["sh", "-c", "exec gunicorn shop.wsgi --bind 0.0.0.0:${PORT:-8000}"]'),
    },
    notReported: [
      '`["sh", "-c", "… $PORT"]`, and the shell form of CMD.',
      "`${PORT}` in a compose file, which Compose puts in itself, and `$(PORT)` in Kubernetes.",
      "What the platform's own check already says of its start command.",
    ],
    links: [
      "https://docs.docker.com/reference/dockerfile/#shell-and-exec-form",
      "https://docs.railway.com/deployments/start-command",
    ],
  },
  *run({ deploySteps, deployment }) {
    const servers = deploySteps.of("server").filter(({ phase }) => phase === "start");
    for (const { launch, declaredBy } of servers) {
      const literal = launch.args.find(({ text, known }) => known && unexpanded.test(text));
      // Compose puts variables in before anything runs.
      if (
        !literal ||
        /compose[\w.-]*\.ya?ml$/.test(declaredBy.at.file) ||
        isTold(deployment.problems ?? [], declaredBy.at)
      )
        continue;
      const why =
        declaredBy.shell === false || /^[A-Za-z]*\s*\[/.test(declaredBy.command)
          ? "no shell reads the command"
          : "the shell is kept from reading it";
      yield fails(`${launch.program} gets "${literal.text}" as it is written, because ${why}`, {
        at: launch.at,
        fix: fixFor(
          launch.program,
          launch.args.map(({ text }) => text),
        ),
        ...(declaredBy.onlyIf !== undefined && { when: [declaredBy.onlyIf], severity: "warning" }),
      });
    }
    yield evidence(
      `every variable of the start command is put in${servers[0] ? "" : ", as there is none"}`,
      servers[0]?.launch.at,
    );
  },
});

/** `$PORT`, `${PORT:-8000}` in capitals, as environment variables are written; not `$(PORT)`, which Kubernetes reads. */
const unexpanded = /\$\{?[A-Z][A-Z\d_]+\b/;

function isTold(
  problems: readonly { readonly at: { readonly file: string; readonly line: number } }[],
  at: { readonly file: string; readonly line: number },
): boolean {
  return problems.some((problem) => problem.at.file === at.file && problem.at.line === at.line);
}

function fixFor(program: string, args: readonly string[]): string {
  return `["sh", "-c", ${JSON.stringify(["exec", program, ...args].join(" "))}]`;
}

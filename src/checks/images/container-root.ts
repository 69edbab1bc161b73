import { defineCheck } from "../../check.ts";
import type { FinalImage } from "../../facts/image/final-image.ts";
import { evidence, fails, notApplicable } from "../../finding.ts";
import { shop } from "../example-shop.ts";

const dockerfile = (user: string) =>
  `FROM python:3.13-slim\nENV PYTHONUNBUFFERED=1\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\n${user}CMD ["gunicorn", "--bind", "0.0.0.0:8000", "shop.wsgi"]\n`;

export default defineCheck({
  id: "container-root",
  title: "The container does not run as root",
  area: "images",
  severity: "warning",
  needs: ["deployment", "imageFile", "deploySteps", "scripts"],
  docs: {
    why: "Whoever finds a way to run code in the app is then root in its container: free to change the app and its packages, and one flaw of the kernel or one mounted folder away from being root on the machine. Kubernetes with `runAsNonRoot` does not even start such an image.",
    fix: "Make a user, and become it at the end:\n\n```dockerfile\nRUN useradd --system --uid 10001 app\nUSER app\n```",
    bad: { ...shop, Dockerfile: dockerfile("") },
    good: { ...shop, Dockerfile: dockerfile("RUN useradd --system --uid 10001 app\nUSER app\n") },
    notReported: [
      "An entry point that gives root away: `gosu`, `su-exec`, `setpriv`, `runuser`, `su -c`, supervisor, gunicorn's `--user`.",
      "A user that the manifest names: compose's `user`, Kubernetes' `runAsUser` and `runAsNonRoot`.",
      "An image of somebody else's, which may have another user than root.",
      "A platform that keeps containers apart from each other by itself (Fly.io, Cloud Run, Render): advice only.",
    ],
    links: [
      "https://docs.docker.com/build/building/best-practices/#user",
      "https://github.com/hadolint/hadolint/wiki/DL3002",
    ],
  },
  *run({ deployment, imageFile, deploySteps, scripts }) {
    const { final, path } = imageFile;
    if (!final) return yield notApplicable(`${path} makes no image`);
    const { text, at } = final.runsAs;
    if (text !== undefined && !isRoot(text)) return yield evidence(`the container runs as ${text}`, at);
    if (!final.cmd && !final.entrypoint && deployment.processes.length === 0)
      return yield notApplicable(`nothing says what ${path} starts: image-no-command`);
    if (text?.includes("$")) return yield notApplicable(`nothing tells what ${text} is`);
    if (text === undefined && final.flavour === undefined)
      return yield notApplicable(`which user ${final.image.name} has is not known`);
    const started = deploySteps.all.filter(({ phase }) => phase === "start");
    const commands = [
      final.entrypoint?.command ?? "",
      ...deployment.processes.map(({ command }) => command),
      ...scripts.started.map(({ file }) => file?.text ?? ""),
      ...started.map(({ launch }) => [launch.program, ...launch.args.map((one) => one.text)].join(" ")),
    ];
    if (givesRootAway(final, commands))
      return yield notApplicable("what it starts may become another user by itself");
    const managed = deployment.platform.images?.host !== "own";
    const onlyIf = deployment.processes[0]?.onlyIf;
    yield fails(
      text === undefined
        ? `${path} sets no USER, so the app runs as root, the user of ${final.image.name}`
        : `the app runs as ${text} in its container`,
      {
        at: at ?? final.image.at,
        ...(managed && { severity: "info" }),
        ...(onlyIf !== undefined && { when: [onlyIf] }),
      },
    );
  },
});

/** `root`, `0`, `root:root`, `0:0` */
function isRoot(user: string): boolean {
  return /^(?:root|0)(?::|$)/.test(user) || user === "" || user.includes("$");
}

const dropping =
  /\b(?:gosu|su-exec|setpriv|runuser|setuidgid|s6-setuidgid|setuser|chpst|supervisord|s6-svscan|runsvdir|chroot|uwsgi|capsh)\b|\bsu\s+(?:-|\w+\s+-)|\bsudo\s+-\w*u|\bgunicorn\b[^\n]*\s(?:-u|--user)\b/;

/** It needs root at first, and gives it away later. */
function givesRootAway({ steps }: FinalImage, commands: readonly string[]): boolean {
  return (
    commands.some((command) => dropping.test(command)) ||
    steps.some(({ command }) => /\b(?:gosu|su-exec|s6-overlay|runit|supervisor)\b/.test(command))
  );
}

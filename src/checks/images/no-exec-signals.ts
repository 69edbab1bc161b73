import { defineCheck } from "../../check.ts";
import { stayingShell } from "../../facts/image/first-process.ts";
import { evidence, fails, notApplicable } from "../../finding.ts";
import { shop } from "../example-shop.ts";

const project = {
  ...shop,
  Dockerfile:
    'FROM python:3.13-slim\nENV PYTHONUNBUFFERED=1\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\nCMD ["sh", "entrypoint.sh"]\n',
};
const script = (exec: string) =>
  `#!/bin/sh\nset -e\npython manage.py check\n${exec}gunicorn --bind 0.0.0.0:8000 shop.wsgi\n`;

export default defineCheck({
  id: "no-exec-signals",
  title: "The server is told when its container stops",
  area: "images",
  severity: "warning",
  needs: ["deployment", "imageFile", "webServer", "scripts"],
  docs: {
    why: "Docker and Kubernetes tell only the first process of a container to end. Where that is a shell that waits for the server, the shell does not pass it on: nothing happens for 10 seconds (Kubernetes: 30), then everything is killed, and with it the requests that were being answered. Each deployment takes that much longer.",
    fix: "Let the server take the shell's place:\n\n```sh\nexec gunicorn --bind 0.0.0.0:8000 shop.wsgi\n```",
    bad: { ...project, "entrypoint.sh": script("") },
    good: { ...project, "entrypoint.sh": script("exec ") },
    notReported: [
      '`exec` before the server, and an entry point that ends with `exec "$@"`.',
      "A single command, with which a shell does the same by itself; bash does it with the last of several, too.",
      "tini, dumb-init, supervisor, compose's `init: true`.",
      "A script that sets traps, or starts programs in the background and waits for them.",
      "A platform that tells every process (Heroku), or of which that is not known.",
    ],
    links: [
      "https://docs.docker.com/reference/dockerfile/#entrypoint",
      "https://docs.docker.com/reference/cli/docker/container/stop/",
    ],
  },
  *run({ deployment, imageFile, webServer, scripts }) {
    const { platform } = deployment;
    if (platform.images?.tellsFirstProcess !== true)
      return yield notApplicable(
        `${platform.name} is not known to tell only the first process of a container`,
      );
    if (!imageFile.final || imageFile.final.flavour === undefined)
      return yield notApplicable("which shell the image has is not known");
    if (webServer.development) return yield notApplicable("it is a server for development");
    const shell = stayingShell(webServer, scripts, imageFile.final);
    if (!shell)
      return yield evidence(`nothing shows that a shell stays before ${webServer.program}`, webServer.at);
    const { onlyIf } = webServer.process;
    yield fails(
      `${shell.what} starts ${webServer.program} without exec, so that the shell stays the first process and keeps SIGTERM to itself`,
      { at: shell.at, ...(onlyIf !== undefined && { when: [onlyIf] }) },
    );
  },
});

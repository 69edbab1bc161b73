import { defineCheck } from "../../check.ts";
import { evidence, notApplicable } from "../../finding.ts";
import { shop } from "../example-shop.ts";
import { findingsOf } from "../told-by-platform.ts";

const id = "railway-manifest";

export default defineCheck({
  id,
  title: "Railway runs the commands that were meant to run",
  area: "platform",
  severity: "warning",
  needs: ["deployment"],
  docs: {
    why: "Railway runs one command for each service. Of a Procfile it takes the web line alone: what stands behind `release:`, most often the migrations, never runs. Where a Dockerfile is built, no shell reads the start command, so gunicorn is told to listen on the text `$PORT`.",
    fix: 'Declare what runs before a new version, in the settings of the service or while it lasts in `railway.toml`:\n\n```toml\n[deploy]\npreDeployCommand = ["python manage.py migrate --noinput"]\n```',
    bad: {
      ...shop,
      Procfile: "web: gunicorn shop.wsgi\nrelease: python manage.py migrate --noinput\n",
      "railpack.json": '{ "deploy": {} }\n',
    },
    good: { ...shop, "railpack.json": '{ "deploy": { "startCommand": "gunicorn shop.wsgi" } }\n' },
    notReported: [
      "A release line beside a `preDeployCommand`, or one that only migrates where the start command does so too.",
      "A project without a Procfile and a start command: Railpack starts it with `migrate` in front of gunicorn.",
      'A start command that begins its own shell: `/bin/sh -c "…"`.',
      "Variables and `&&` in the start command of a service that Railpack builds: a shell reads it.",
    ],
    links: [
      "https://docs.railway.com/deployments/start-command",
      "https://docs.railway.com/deployments/pre-deploy-command",
    ],
  },
  *run({ deployment }) {
    const findings = findingsOf(deployment, id);
    yield* findings;
    if (findings.length > 0) return;
    const [started] = deployment.processes;
    if (!deployment.platform.ownChecks?.includes(id))
      return yield notApplicable(`${deployment.platform.name} has no such rules`);
    if (!started) return yield notApplicable("no start command is declared");
    yield evidence(`Railway starts "${started.command}"`, started.at);
  },
});

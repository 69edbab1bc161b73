import { defineCheck } from "../../check.ts";
import { evidence, fails, notApplicable } from "../../finding.ts";
import { shop } from "../example-shop.ts";

export default defineCheck({
  id: "reload-in-production",
  title: "No deployed server watches its files",
  area: "processes",
  severity: "warning",
  needs: ["deploySteps", "project"],
  docs: {
    why: "A server that reloads keeps a second process that looks at every file, ends requests in the middle when one changes, and with uvicorn runs a single worker, whatever else is asked for.",
    fix: "Leave the option out:\n\n```\nweb: gunicorn shop.wsgi\n```",
    bad: { ...shop, Procfile: "web: gunicorn --reload shop.wsgi\n" },
    good: { ...shop, Procfile: "web: gunicorn shop.wsgi\n" },
    notReported: [
      "The same option where a test in a script decides, and in a compose file for development.",
      "Django's own development server: `dev-server-in-production` reports it.",
    ],
    links: [
      "https://docs.gunicorn.org/en/stable/settings.html#reload",
      "https://www.uvicorn.org/settings/#development",
    ],
  },
  *run({ deploySteps, project }) {
    if (project.framework === "fastapi" || project.framework === "starlette")
      return yield notApplicable("asgi-dev-command asks it of FastAPI and Starlette");
    const servers = deploySteps
      .of("server")
      .filter(({ phase, launch }) => phase === "start" && Object.hasOwn(flags, launch.program));
    for (const { launch, declaredBy } of servers) {
      const flag = launch.args.find(({ text }) => flags[launch.program]?.test(text))?.text;
      if (flag === undefined || launch.conditional) continue;
      yield fails(`${launch.program} is started with ${flag}`, {
        at: launch.at,
        ...(declaredBy.onlyIf !== undefined && { when: [declaredBy.onlyIf] }),
      });
    }
    yield evidence("no server is started with an option that reloads it", servers[0]?.launch.at);
  },
});

const flags: Readonly<Record<string, RegExp>> = {
  gunicorn: /^--reload$/,
  uvicorn: /^--reload$/,
  hypercorn: /^--(?:reload|debug)$/,
  granian: /^--reload$/,
  uwsgi: /^--(?:py-autoreload|python-autoreload)\b/,
};

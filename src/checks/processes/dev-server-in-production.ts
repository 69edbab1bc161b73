import { defineCheck } from "../../check.ts";
import { flaskDebugger } from "../../facts/frameworks/flask-debugger.ts";
import type { ServerProgram } from "../../facts/web-server.ts";
import { evidence, fails, notApplicable } from "../../finding.ts";
import { shop } from "../example-shop.ts";

const names: Partial<Record<ServerProgram, string>> = {
  runserver: 'Django\'s development server, "manage.py runserver"',
  flask: "Flask's development server, which is not made for many requests, nor for attacks",
  fastapi: 'FastAPI\'s development server, "fastapi dev"',
  "http.server": 'Python\'s own "http.server", which serves the files of the project',
};

export default defineCheck({
  id: "dev-server-in-production",
  title: "The web process starts a production server",
  area: "processes",
  severity: "error",
  needs: ["webServer", "deployment", "project", "deploySteps"],
  wants: ["pythonApp"],
  docs: {
    why: "Django's `runserver` is neither built nor audited to face the internet: it serves slowly, restarts when files change, and serves no static files when DEBUG is off.",
    fix: "Start a production server:\n\n```\nweb: gunicorn shop.wsgi\n```",
    bad: { ...shop, Procfile: "web: python manage.py runserver 0.0.0.0:$PORT\n" },
    good: { ...shop, Procfile: "web: gunicorn shop.wsgi\n" },
    notReported: [
      "A stage of a Dockerfile that is not the one deployed, or a compose file that is not for production.",
      "A Dockerfile beside a Procfile that the platform prefers.",
      "A Dockerfile that a compose file for development uses may be meant for development only: a warning.",
      "`runserver_plus`, which lets visitors run code: `werkzeug-debugger` says so.",
      "A script that starts the development server under a condition, and a production server otherwise.",
    ],
    links: ["https://docs.djangoproject.com/en/stable/ref/django-admin/#runserver"],
  },
  *run({ webServer, deployment, project, deploySteps, pythonApp }) {
    const { program, development, at, process } = webServer;
    if (!development) return yield evidence(`the web process starts ${program}`, at);
    if (program === "fastapi" && (project.framework === "fastapi" || project.framework === "starlette"))
      return yield notApplicable("asgi-dev-command reports it");
    if (flaskDebugger(webServer, deploySteps, pythonApp))
      return yield notApplicable("flask-debug reports it: its debugger is on as well");
    if (program === "runserver_plus")
      return yield notApplicable("werkzeug-debugger reports it: its error pages run code");
    yield fails(`the web process starts ${names[program] ?? program}`, {
      at,
      fix: deployment.platform.start.fix(deployment.suggestedStart),
      ...(process.onlyIf !== undefined && { severity: "warning" as const, when: [process.onlyIf] }),
    });
  },
});

import { defineCheck } from "../../check.ts";
import { evidence, fails, notApplicable } from "../../finding.ts";
import { apiShop } from "../example-apps.ts";

/**
 * `dev-server-in-production` and `reload-in-production` leave FastAPI and Starlette to this check. The catalogue
 * (DC905) calls a reloading uvicorn an error; it serves, so here it is a warning, as that of any other server.
 */
export default defineCheck({
  id: "asgi-dev-command",
  title: "FastAPI starts as production does",
  area: "frameworks",
  severity: "error",
  needs: ["pythonApp", "webServer", "deployment"],
  docs: {
    why: "`fastapi dev` listens on 127.0.0.1 only, so nobody reaches it; it watches every file and restarts in the middle of requests. `uvicorn --reload` watches as well, and runs a single worker, whatever `--workers` says.",
    fix: "Start it for production:\n\n```\nweb: uvicorn main:app --host 0.0.0.0 --port $PORT\n```",
    bad: { ...apiShop, Procfile: "web: fastapi dev main.py\n" },
    good: apiShop,
    notReported: [
      "`uvicorn.run(…, reload=True)` in a file that production does not start.",
      "`reload=settings.debug`, and a command that a test in a script chooses.",
      "A compose file for development.",
    ],
    links: [
      "https://fastapi.tiangolo.com/deployment/manually/",
      "https://www.uvicorn.org/settings/#development",
    ],
  },
  *run({ pythonApp, webServer, deployment }) {
    if (pythonApp.framework === "flask") return yield notApplicable("this is a Flask project");
    const { program, development, options, at, process, unclear } = webServer;
    const fix = deployment.platform.start.fix(deployment.suggestedStart);
    const doubt =
      process.onlyIf === undefined ? {} : { severity: "warning" as const, when: [process.onlyIf] };
    if (program === "fastapi" && development)
      return yield fails(
        'the web process starts "fastapi dev", which watches its files and listens on loopback',
        {
          at,
          fix,
          ...doubt,
        },
      );
    const reload = options.reload;
    if (reload?.known && !/^(?:0|false|no|off)$/i.test(reload.text) && unclear === undefined)
      return yield fails(`${program} is started with reload, so it watches its files and runs one worker`, {
        at: reload.at,
        fix,
        severity: "warning",
        ...(process.onlyIf !== undefined && { when: [process.onlyIf] }),
      });
    yield evidence(`the web process starts ${program} without reload`, at);
  },
});

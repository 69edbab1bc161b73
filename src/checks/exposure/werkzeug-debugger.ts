import { defineCheck } from "../../check.ts";
import { evidence, fails } from "../../finding.ts";
import { shop } from "../example-shop.ts";

export default defineCheck({
  id: "werkzeug-debugger",
  title: "No Werkzeug debugger runs in production",
  area: "exposure",
  severity: "error",
  needs: ["deployment"],
  wants: ["webServer"],
  docs: {
    why: "Each error page of the Werkzeug debugger has a console that runs Python. `runserver_plus` brings it, whatever DEBUG is; with `WERKZEUG_DEBUG_PIN=off` it does not even ask for a number.",
    fix: "Start a server for production:\n\n```\nweb: gunicorn shop.wsgi\n```",
    bad: { ...shop, Procfile: "web: python manage.py runserver_plus 0.0.0.0:$PORT\n" },
    good: { ...shop, Procfile: "web: gunicorn shop.wsgi\n" },
    notReported: [
      "django_extensions in INSTALLED_APPS: its commands run only where somebody runs them.",
      "`runserver`, which has no console: that is `dev-server-in-production`.",
    ],
    links: ["https://werkzeug.palletsprojects.com/en/stable/debug/"],
  },
  *run({ webServer, deployment }) {
    if (webServer?.program === "runserver_plus")
      yield fails("the web process runs runserver_plus, whose error pages run Python for anybody who asks", {
        at: webServer.at,
        fix: deployment.platform.start.fix(deployment.suggestedStart),
        ...(webServer.process.onlyIf !== undefined && {
          severity: "warning",
          when: [webServer.process.onlyIf],
        }),
      });
    const off = deployment.env.find(({ name, value }) => name === "WERKZEUG_DEBUG_PIN" && value === "off");
    if (off)
      yield fails(
        `${off.at.file} sets WERKZEUG_DEBUG_PIN to off, so the console of an error page asks for no number`,
        {
          at: off.at,
          fix: `# ${off.at.file}: take WERKZEUG_DEBUG_PIN out`,
          ...(webServer?.program !== "runserver_plus" && { severity: "warning" }),
        },
      );
    yield evidence("no Werkzeug debugger is started");
  },
});

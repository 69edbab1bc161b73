import { defineCheck } from "../../check.ts";
import { flaskDebugger } from "../../facts/frameworks/flask-debugger.ts";
import { inProject } from "../../facts/frameworks/stubs.ts";
import { evidence, fails, notApplicable } from "../../finding.ts";
import { truthOf } from "../../python/inspect.ts";
import type { Value } from "../../python/value.ts";
import { flaskShop } from "../example-apps.ts";

/**
 * The catalogue (DC901) warns of `app.run(debug=True)` below `__main__` where gunicorn serves; that is how every
 * tutorial of Flask's ends, and nothing runs it, so it is no finding here.
 */
export default defineCheck({
  id: "flask-debug",
  title: "Flask's debugger does not run in production",
  area: "frameworks",
  severity: "error",
  needs: ["pythonApp", "deploySteps", "deployment"],
  wants: ["webServer"],
  docs: {
    why: "With debug on, Flask's development server answers an error with a console that runs Python for whoever finds the PIN, and shows the source and the variables to everybody. Behind another server debug opens no console, but errors are raised through the application: no handler for them runs.",
    fix: "Start a production server, and leave debug to development (`flask run --debug`):\n\n```\nweb: gunicorn app:app\n```",
    bad: {
      ...flaskShop,
      Procfile: "web: python app.py\n",
      "app.py": `${flaskShop["app.py"]}\n\nif __name__ == "__main__":\n    app.run(host="0.0.0.0", port=int(os.environ["PORT"]), debug=True)\n`,
    },
    good: flaskShop,
    notReported: [
      '`if __name__ == "__main__": app.run(debug=True)` where a production server imports the application.',
      "`flask run` and `app.run()` without debug: that is `dev-server-in-production`.",
      "`debug` that a variable turns on, where that is off by default.",
    ],
    links: [
      "https://flask.palletsprojects.com/en/stable/debugging/",
      "https://labs.detectify.com/writeups/how-patreon-got-hacked-publicly-exposed-werkzeug-debugger/",
    ],
  },
  *run({ pythonApp, deploySteps, webServer, deployment }) {
    if (pythonApp.framework !== "flask") return yield notApplicable("this is no Flask project");
    const found = flaskDebugger(webServer, deploySteps, pythonApp);
    if (found)
      return yield fails(
        `the web process starts Flask's development server with its debugger: ${found.because}`,
        {
          at: found.at,
          when: found.unset.map((name) => `$${name} is unset`),
          fix: deployment.platform.start.fix(deployment.suggestedStart),
        },
      );
    if (!webServer) return yield notApplicable("it is not known which server the web process starts");
    if (webServer.development)
      return yield evidence("the development server starts no debugger", webServer.at);
    const debug = pythonApp.unassumed.flask?.config("DEBUG");
    if (debug && isOn(debug)) {
      const chosen = isOn(pythonApp.flask?.config("DEBUG")) ? [] : [...pythonApp.assumed.keys()];
      const unset = [...new Set([...debug.env, ...chosen])].filter((name) => !pythonApp.given.has(name));
      return yield fails(
        `Flask's DEBUG is on under ${webServer.program}: an error passes every handler of errors`,
        {
          at: inProject(debug.at) ?? pythonApp.given.get("FLASK_DEBUG")?.at,
          when: unset.map((name) => `$${name} is unset`),
          severity: "warning",
          fix: 'app.config["DEBUG"] = False   # debug in development: flask run --debug',
        },
      );
    }
    yield evidence(`${webServer.program} serves the application, and debug is not on`, webServer.at);
  },
});

function isOn(value: Value | undefined): boolean {
  return value !== undefined && value.kind !== "opaque" && truthOf(value) === true;
}

import type { Location } from "../../location.ts";
import { truthOf } from "../../python/inspect.ts";
import type { DeploySteps } from "../deploy-steps.ts";
import type { PythonApp } from "../python-app.ts";
import type { WebServer } from "../web-server.ts";

/** What turns on the debugger of Flask's development server in the web process. */
export interface FlaskDebugger {
  /** A clause: "app.run() has debug on". */
  readonly because: string;
  readonly at: Location | undefined;
  /** Variables that have to be unset for it. */
  readonly unset: readonly string[];
}

/** flask 3.1, `app.py` (`Flask.run`) and `cli.py` (`run_command`): undefined where no debugger is started, or nobody can tell. */
export function flaskDebugger(
  webServer: WebServer | undefined,
  deploySteps: DeploySteps,
  app: PythonApp | undefined,
): FlaskDebugger | undefined {
  if (webServer?.program !== "flask") return undefined;
  const { at, unclear } = webServer;
  if (unclear !== undefined) return undefined;
  if (at.file.endsWith(".py")) {
    const value = app?.debugger;
    if (!value || truthOf(value) !== true || value.kind === "opaque") return undefined;
    const unset = value.env.filter((name) => !app.given.has(name));
    return { because: "its run() turns debug on", at, unset };
  }
  const started = deploySteps
    .of("server")
    .find(
      ({ launch, process }) => process === "web" && launch.program === "flask" && launch.at.line === at.line,
    );
  if (!started || started.launch.conditional) return undefined;
  const words = started.launch.args.map(({ text }) => text);
  if (words.includes("--no-debugger")) return undefined;
  if (words.includes("--debug")) return { because: "it is given --debug", at, unset: [] };
  const own = started.launch.env.get("FLASK_DEBUG");
  const isOn = own?.known ? !/^(?:|0|false|no)$/i.test(own.text) : isFlagged(app);
  const declared = app?.given.get("FLASK_DEBUG");
  return isOn
    ? { because: `${declared?.by ?? "its command"} sets FLASK_DEBUG`, at: declared?.at ?? at, unset: [] }
    : undefined;
}

/** The variable turns it on; without it, it is off. */
function isFlagged(app: PythonApp | undefined): boolean {
  const value = app?.flask?.config("DEBUG");
  return value?.kind === "bool" && value.value && value.env.includes("FLASK_DEBUG");
}

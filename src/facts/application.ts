import { defineFact, missing } from "./define.ts";
import type { PythonApp } from "./python-app.ts";
import { type Interface, interfaceOf } from "./servers/interface.ts";
import type { ServerProgram, WebServer } from "./web-server.ts";

/** The application that the web server loads, and how the two talk. */
export interface Application {
  readonly file: string;
  readonly attribute: string;
  /** What it is; undefined if its file does not tell. */
  readonly is: Interface | undefined;
  /** What the server takes; undefined if that is not known, or either will do. */
  readonly taken: Interface | undefined;
}

export const application = defineFact<"application", "webServer" | "pythonApp">({
  wants: ["webServer", "pythonApp"],
  read({ files }, { webServer, pythonApp }) {
    if (!webServer) return missing("no web server is known");
    const state = webServer.target?.state;
    if (state?.kind !== "found")
      return missing("the application that the server loads is not found in the project");
    const { file, attribute } = state;
    // What a factory gives, only running it tells.
    const is = interfaceOf(files, file, attribute) ?? (pythonApp && madeBy(pythonApp));
    return { file, attribute, is, taken: takenBy(webServer) };
  },
});

function madeBy({ flask, asgi }: PythonApp): Interface | undefined {
  return flask ? "wsgi" : asgi ? "asgi" : undefined;
}

/** hypercorn looks which it is; the others want one kind unless an option says otherwise. */
const speaks: Partial<Readonly<Record<ServerProgram, Interface>>> = {
  uvicorn: "asgi",
  daphne: "asgi",
  waitress: "wsgi",
  uwsgi: "wsgi",
};

function takenBy({ program, workerClass, process }: WebServer): Interface | undefined {
  if (/--interface\b|--factory\b/.test(process.command)) return undefined;
  if (program !== "gunicorn") return speaks[program];
  if (workerClass === undefined) return "wsgi";
  if (!workerClass.known) return undefined;
  if (/uvicorn|hypercorn|asgi|aiohttp|daphne/i.test(workerClass.text)) return "asgi";
  return /^(?:sync|gthread|gevent\w*|eventlet|tornado)$/.test(workerClass.text) ? "wsgi" : undefined;
}

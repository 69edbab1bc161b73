import type { Application } from "../application.ts";
import type { WebServer } from "../web-server.ts";

/**
 * Why every request has a thread of its own, or a greenlet, which takes its connections with it, as a clause behind
 * "under"; undefined where threads are few and stay.
 */
export function threadPerRequest(
  { program, process, workerClass }: WebServer,
  application: Application | undefined,
): string | undefined {
  const [, named] = /--interface[= ](\w+)/.exec(process.command) ?? [];
  switch (program) {
    case "daphne":
      return "daphne";
    case "uvicorn":
    case "granian":
      if (named === undefined ? program === "granian" : /^wsgi/.test(named)) return undefined;
      return application?.is === "wsgi" ? undefined : program;
    case "hypercorn":
      return application?.is === "asgi" ? program : undefined;
    case "gunicorn": {
      if (!workerClass?.known) return undefined;
      if (/uvicorn|hypercorn|asgi|daphne/i.test(workerClass.text))
        return application?.is === "wsgi" ? undefined : `gunicorn with ${workerClass.text}`;
      return /^(?:gevent|eventlet)|geventlet|ggevent/.test(workerClass.text)
        ? `gunicorn with ${workerClass.text}`
        : undefined;
    }
    default:
      return undefined;
  }
}

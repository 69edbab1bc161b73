import { defineCheck } from "../../check.ts";
import { reachNoSocket, socketRouting } from "../../facts/sockets.ts";
import type { WebServer } from "../../facts/web-server.ts";
import { cannotTell, evidence, fails, notApplicable } from "../../finding.ts";
import { textsIn } from "../../python/inspect.ts";
import { shop } from "../example-shop.ts";

const files = {
  ...shop,
  "shop/asgi.py":
    'import os\n\nfrom django.core.asgi import get_asgi_application\n\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\napplication = get_asgi_application()\n',
};

export default defineCheck({
  id: "wsgi-asgi-mismatch",
  title: "The server and the application speak the same interface",
  area: "processes",
  severity: "error",
  needs: ["webServer", "application"],
  wants: ["settings", "deploySteps", "code"],
  docs: {
    why: "A server calls a WSGI application with two arguments and an ASGI application with three. With the wrong one every request ends with `TypeError: ASGIHandler.__call__() missing 1 required positional argument` and status 500.",
    fix: "Take the application that the server speaks with, or the worker that speaks with the application:\n\n```\nweb: gunicorn shop.asgi:application -k uvicorn_worker.UvicornWorker\n```",
    bad: { ...files, Procfile: "web: gunicorn shop.asgi:application\n" },
    good: { ...files, Procfile: "web: gunicorn shop.wsgi:application\n" },
    notReported: [
      "`uvicorn --interface wsgi`, hypercorn, which looks for itself, and adapters (`WsgiToAsgi`, a2wsgi).",
      "A worker class that is not known, and an application that something unknown wraps.",
      "WebSockets beside WSGI are a warning, and none if another process serves them.",
    ],
    links: [
      "https://docs.djangoproject.com/en/stable/howto/deployment/asgi/",
      "https://github.com/benoitc/gunicorn/issues/2154",
    ],
  },
  *run({ webServer, application, settings, deploySteps, code }) {
    const { at, target } = webServer;
    const { is, taken, file } = application;
    if (taken === undefined)
      return yield notApplicable(`${webServer.program} takes either, or which is not known`);
    if (is === undefined)
      return yield cannotTell(
        `${file} does not tell whether its ${application.attribute} is a WSGI or an ASGI application`,
        { at },
      );
    const name = target?.text ?? file;
    if (is !== taken) {
      return yield fails(
        `${name} is an ${is.toUpperCase()} application, and ${served(webServer)} speaks ${taken.toUpperCase()}`,
        {
          at,
          fix:
            is === "asgi"
              ? `gunicorn ${name} -k uvicorn_worker.UvicornWorker   # and uvicorn-worker among the packages`
              : `gunicorn ${name}`,
        },
      );
    }
    const routing = code && socketRouting(code);
    const routes =
      settings?.get("ASGI_APPLICATION").explicit &&
      (routing || textsIn(settings.get("INSTALLED_APPS").value).includes("channels"));
    if (routes && is === "wsgi" && reachNoSocket(application, deploySteps)) {
      return yield fails(
        `${routing ? `${routing.file} routes WebSockets` : "the settings install channels"}, and ${served(webServer)} speaks WSGI, which has no WebSockets`,
        {
          at,
          severity: "warning",
          when: ["no other process serves them"],
        },
      );
    }
    yield evidence(`${served(webServer)} and ${name} both speak ${is.toUpperCase()}`, at);
  },
});

function served({ program, workerClass }: WebServer): string {
  return program === "gunicorn" && workerClass ? `gunicorn with the worker ${workerClass.text}` : program;
}

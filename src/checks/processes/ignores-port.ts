import { defineCheck } from "../../check.ts";
import { startLine } from "../../facts/servers/start-line.ts";
import { cannotTell, evidence, fails, notApplicable } from "../../finding.ts";
import { shop } from "../example-shop.ts";

const heroku = {
  ...shop,
  "app.json": '{ "stack": "heroku-24" }\n',
  "requirements.txt": "django>=5.2,<6\nuvicorn==0.35.0\n",
};
const asgi = {
  "shop/asgi.py":
    'import os\n\nfrom django.core.asgi import get_asgi_application\n\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\napplication = get_asgi_application()\n',
};

export default defineCheck({
  id: "ignores-port",
  title: "The server listens on the port that the platform assigns",
  area: "processes",
  severity: "error",
  needs: ["webServer", "deployment"],
  docs: {
    why: "The platform chooses a port for each start, says it in `$PORT`, and sends the requests there. A server on a port of its own never gets one, and is stopped as one that did not start (Heroku: R10).",
    fix: "Listen on `$PORT`:\n\n```\nweb: uvicorn shop.asgi:application --host 0.0.0.0 --port $PORT\n```",
    bad: { ...heroku, ...asgi, Procfile: "web: uvicorn shop.asgi:application --host 0.0.0.0 --port 8000\n" },
    good: {
      ...heroku,
      ...asgi,
      Procfile: "web: uvicorn shop.asgi:application --host 0.0.0.0 --port $PORT\n",
    },
    notReported: [
      "gunicorn without `--bind`, which takes `$PORT` by itself.",
      "`${PORT:-8000}`, and a `PORT` that the manifest itself sets to that number.",
      "A platform that finds the port by itself (Render), and one that assigns none (Fly.io, Docker).",
      "Where the port can be told the platform outside the repository it is a warning.",
      "A server on 127.0.0.1, which `binds-localhost` reports, and a proxy in front of it.",
    ],
    links: [
      "https://devcenter.heroku.com/articles/error-codes#r10-boot-timeout",
      "https://docs.railway.com/deployments/healthchecks",
    ],
  },
  *run({ webServer, deployment }) {
    const { program, bind, front, development, at, process } = webServer;
    const { platform, env } = deployment;
    const { variable, number, otherPort, reachedFrom } = platform.port;
    if (variable === undefined) return yield notApplicable(`${platform.name} assigns no port`);
    if (reachedFrom !== "outside")
      return yield notApplicable(`${platform.name} sends requests by way of its own proxy`);
    if (development) return yield notApplicable(`${program} is a development server`);
    if (front !== undefined) return yield evidence(`${front} takes the requests`, at);
    if (bind.kind === "loopback")
      return yield notApplicable(`${program} listens on ${bind.host} only: binds-localhost`);
    if (bind.kind === "unclear")
      return yield cannotTell(`it is not known where ${program} listens: ${bind.because}`, { at });
    if (bind.kind === "socket") return yield notApplicable(`${program} listens on a socket`);
    const { port } = bind;
    if (port === undefined && new RegExp(`\\$\\{?${variable}\\b`).test(process.command))
      return yield notApplicable(`$${variable} is in the command, and is not put in: port-not-expanded`);
    if (port === undefined)
      return yield cannotTell(`it is not known on which port ${program} listens`, { at });
    if (port.kind === "variable") return yield evidence(`${program} listens on $${port.name}`, at);
    const set = env.findLast(({ name }) => name === variable)?.value ?? platform.injects[variable];
    if (port.number === number || set === String(port.number))
      return yield evidence(`${program} listens on ${port.number}, as $${variable} says`, at);
    if (otherPort === "found")
      return yield evidence(`${platform.name} finds the port ${port.number} by itself`, at);
    const fixed = process.command.replace(new RegExp(`\\b${port.number}\\b`), `$${variable}`);
    const conditions = [
      ...(process.onlyIf === undefined ? [] : [process.onlyIf]),
      ...(otherPort === "elsewhere"
        ? [`${platform.name} is not told the port ${port.number} elsewhere`]
        : []),
    ];
    yield fails(
      `${program} listens on ${port.number}, and ${platform.name} sends requests to the port in $${variable}`,
      {
        at,
        fix: fixed === process.command ? `--port $${variable}` : (startLine(process, fixed) ?? fixed),
        when: conditions,
        ...(conditions.length > 0 && { severity: "warning" }),
      },
    );
  },
});

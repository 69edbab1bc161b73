import { defineCheck } from "../../check.ts";
import { startLine } from "../../facts/servers/start-line.ts";
import type { ServerProgram, WebServer } from "../../facts/web-server.ts";
import { cannotTell, evidence, fails, notApplicable } from "../../finding.ts";
import { shop } from "../example-shop.ts";

/** The option that makes a server listen on all addresses, and on the port that the platform gives. */
const options: Readonly<Record<ServerProgram, string>> = {
  gunicorn: "--bind 0.0.0.0:$PORT",
  uvicorn: "--host 0.0.0.0 --port $PORT",
  hypercorn: "--bind 0.0.0.0:$PORT",
  daphne: "--bind 0.0.0.0 --port $PORT",
  granian: "--host 0.0.0.0 --port $PORT",
  waitress: "--listen=*:$PORT",
  uwsgi: "--http 0.0.0.0:$PORT",
  runserver: "0.0.0.0:$PORT",
  runserver_plus: "0.0.0.0:$PORT",
  flask: "--host 0.0.0.0 --port $PORT",
  fastapi: "--host 0.0.0.0 --port $PORT",
  "http.server": "--bind 0.0.0.0 $PORT",
};

export default defineCheck({
  id: "binds-localhost",
  title: "The server listens where the platform's requests arrive",
  area: "processes",
  severity: "error",
  needs: ["webServer", "deployment"],
  docs: {
    why: "Requests come from the platform's router, from outside the container or machine that the process runs on. A server that listens on 127.0.0.1 only never sees them, and the platform stops it as one that did not start.",
    fix: "Listen on all addresses, at the port that the platform gives:\n\n```\nweb: uvicorn shop.asgi:application --host 0.0.0.0 --port $PORT\n```",
    bad: { ...shop, Procfile: "web: gunicorn --bind 127.0.0.1:8000 shop.wsgi\n" },
    good: { ...shop, Procfile: "web: gunicorn shop.wsgi\n" },
    notReported: [
      "gunicorn without `--bind` where the platform sets `$PORT`: it then listens on all addresses.",
      "A proxy in the same container (nginx, Caddy), or a unix socket.",
      "Where `gunicorn.conf.py`, `GUNICORN_CMD_ARGS` or `UVICORN_HOST` sets the address, that counts.",
      "Development servers, which `dev-server-in-production` reports.",
    ],
    links: [
      "https://docs.gunicorn.org/en/stable/settings.html#bind",
      "https://devcenter.heroku.com/articles/error-codes#r10-boot-timeout",
    ],
  },
  *run({ webServer, deployment: { platform } }) {
    const { program, bind, development, front, at, process } = webServer;
    if (development) return yield notApplicable(`${program} is a development server`);
    if (platform.port.reachedFrom !== "outside")
      return yield notApplicable(
        platform.port.reachedFrom === "unknown"
          ? `from where ${platform.name} sends requests is not known`
          : `${platform.name} sends requests from the same machine`,
      );
    if (front !== undefined)
      return yield evidence(`${front} takes the requests and hands them to ${program}`, at);
    switch (bind.kind) {
      case "everywhere":
        return yield evidence(`${program} listens on all addresses`, at);
      case "socket":
        return yield cannotTell(
          `${program} listens on a socket, and nothing here shows what connects to it`,
          { at },
        );
      case "unclear":
        return yield cannotTell(`where ${program} listens cannot be told: ${bind.because}`, { at });
      case "loopback":
        yield fails(
          `${program} listens on ${bind.host} only, where no request from outside arrives: ${bind.because}`,
          {
            at,
            fix: everywhere(webServer, bind, Object.hasOwn(platform.injects, "PORT")),
            ...(process.onlyIf !== undefined && { severity: "warning" as const, when: [process.onlyIf] }),
          },
        );
    }
  },
});

type Loopback = Extract<WebServer["bind"], { readonly kind: "loopback" }>;

/** The whole line to paste, where the command that starts the server is the process's own; failing that, the option. */
function everywhere({ program, process, at }: WebServer, bind: Loopback, givesPort: boolean): string {
  if (bind.file !== undefined) {
    const port = 'os.environ.get("PORT", "8000")';
    return `# ${bind.file}\nimport os\nbind = "0.0.0.0:" + ${port}`;
  }
  const option = givesPort ? options[program] : options[program].replace("$PORT", "8000");
  const { command } = process;
  const ownCommand =
    at.file === process.at.file && at.line === process.at.line && startsWith(command, program);
  return (
    (ownCommand ? startLine(process, onAllAddresses(command, bind.host, option, givesPort)) : undefined) ??
    option
  );
}

/** Nothing is started before the server: no script, and no other command. */
function startsWith(command: string, program: string): boolean {
  const first = command.replace(
    /^(?:exec\s+|python[\d.]*\s+-m\s+|(?:uv|poetry|pipenv)\s+run\s+|[A-Za-z_]\w*=\S*\s+)+/,
    "",
  );
  return first.startsWith(program) || (program === "waitress" && first.startsWith("waitress-serve"));
}

/** The address where one is given, with the port that the platform gives; without one, the options at the end. */
function onAllAddresses(command: string, host: string, option: string, givesPort: boolean): string {
  const address = new RegExp(
    `(?<=[\\s='"])(?:\\[?${host.replaceAll(".", "\\.")}\\]?)(:\\d+)?(?=[\\s'"]|:|$)`,
    "i",
  );
  if (!address.test(command)) {
    const [, port = ""] = / (--port|-p|--port=)\b/.exec(command) ?? [];
    return `${command} ${port === "" ? option : option.replace(/ --port \S+/, "")}`;
  }
  return command.replace(
    address,
    (_, port?: string) => `0.0.0.0${port === undefined ? "" : givesPort ? ":$PORT" : port}`,
  );
}

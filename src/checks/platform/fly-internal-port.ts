import { defineCheck } from "../../check.ts";
import { portOfServer } from "../../facts/servers/port-of-server.ts";
import { cannotTell, evidence, fails, notApplicable } from "../../finding.ts";
import { shop } from "../example-shop.ts";

const flyToml = (port: number) => `app = "shop"\n\n[http_service]\n  internal_port = ${port}\n`;
const dockerfile =
  'FROM python:3.13-slim\nWORKDIR /code\nCOPY . .\nRUN pip install -r requirements.txt\nCMD ["gunicorn", "--bind", ":8000", "shop.wsgi"]\n';

export default defineCheck({
  id: "fly-internal-port",
  title: "The server listens on the port that the manifest names",
  area: "platform",
  severity: "error",
  needs: ["deployment", "webServer"],
  docs: {
    why: "The platform's proxy sends requests to one port of the app: `internal_port` in fly.toml, `targetPort` of a Service, `proxy.app_port` of Kamal, which is 80 unless it is set. A server that listens on another one is up and reached by nobody: `The app is not listening on the expected address`.",
    fix: "Name the port that the server listens on:\n\n```toml\n[http_service]\n  internal_port = 8000\n```",
    bad: { ...shop, Dockerfile: dockerfile, "fly.toml": flyToml(8080) },
    good: { ...shop, Dockerfile: dockerfile, "fly.toml": flyToml(8000) },
    notReported: [
      "A server that takes its port from a variable which the manifest sets to the same number.",
      "A proxy in front of the server in the same container (nginx), which may listen there.",
      "A server whose port cannot be told from its command.",
    ],
    links: [
      "https://fly.io/docs/getting-started/troubleshooting/",
      "https://kamal-deploy.org/docs/configuration/proxy/",
    ],
  },
  *run({ webServer, deployment: { platform } }) {
    const { number, declared } = platform.port;
    if (number === undefined || !declared)
      return yield notApplicable(`no manifest names the port that ${platform.name} sends requests to`);
    const { program, at, front, process } = webServer;
    if (front !== undefined) return yield evidence(`${front} takes the requests`, at);
    const port = portOfServer(webServer);
    if (port.kind === "unknown") return yield cannotTell(port.because, { at });
    if (port.number === number)
      return yield evidence(`${program} listens on ${number}, and ${declared.key} is that`, declared.at);
    yield fails(
      `${platform.name} sends requests to port ${number} (${declared.key}), and ${program} listens on ${port.number}`,
      {
        at: declared.at,
        fix: `${declared.key}: ${port.number}`.replace(/^internal_port: /, "internal_port = "),
        ...(process.onlyIf !== undefined && { severity: "warning" as const, when: [process.onlyIf] }),
      },
    );
  },
});

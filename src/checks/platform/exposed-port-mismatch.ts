import { defineCheck } from "../../check.ts";
import { portOfServer } from "../../facts/servers/port-of-server.ts";
import { evidence, type Finding, fails, notApplicable } from "../../finding.ts";
import type { ExposedPort } from "../../platforms/manifest.ts";
import type { Deployment } from "../../platforms/platform.ts";
import { shop } from "../example-shop.ts";

const dockerfile = (port: number) =>
  `FROM python:3.13-slim\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\nEXPOSE ${port}\nCMD ["gunicorn", "--bind", "0.0.0.0:8000", "shop.wsgi"]\n`;

export default defineCheck({
  id: "exposed-port-mismatch",
  title: "The image and its manifests name the port that the server listens on",
  area: "platform",
  severity: "warning",
  needs: ["deployment", "webServer"],
  docs: {
    why: "`EXPOSE`, the right side of compose's `ports`, `containerPort` and the port of a health check all say where the server is. Platforms route by them (Dokku, Railway, Koyeb), people publish by them, and a health check at another port never succeeds.",
    fix: 'Name the same port everywhere:\n\n```dockerfile\nEXPOSE 8000\nCMD ["gunicorn", "--bind", "0.0.0.0:8000", "shop.wsgi"]\n```',
    bad: { ...shop, Dockerfile: dockerfile(8080) },
    good: { ...shop, Dockerfile: dockerfile(8000) },
    notReported: [
      "An image that exposes several ports, the server's among them, and one that exposes none.",
      "A server that takes its port from a variable, or whose port cannot be told.",
      "A proxy in front of the server in the same container.",
    ],
    links: [
      "https://docs.docker.com/reference/dockerfile/#expose",
      "https://dokku.com/docs/networking/port-management/",
    ],
  },
  *run({ webServer, deployment }) {
    const { program, front, at, process } = webServer;
    const ports = declaredPorts(deployment);
    const [first] = ports;
    if (!first) return yield notApplicable("neither the image nor a manifest names a port");
    if (front !== undefined) return yield evidence(`${front} takes the requests`, at);
    const port = portOfServer(webServer);
    if (port.kind === "unknown") return yield notApplicable(port.because);
    const keys = new Set(ports.map(({ key, at: place }) => `${key} ${place.file}`));
    for (const group of keys) {
      const same = ports.filter(({ key, at: place }) => `${key} ${place.file}` === group);
      if (!same.some((one) => one.port === port.number)) yield* differs(same, port.number);
    }
    yield evidence(`${program} listens on ${port.number}, as the files say`, first.at);

    function* differs([one]: readonly ExposedPort[], number: number): Generator<Finding> {
      if (!one) return;
      yield fails(`${one.key} names port ${one.port}, and ${program} listens on ${number}`, {
        at: one.at,
        ...(one.key === "EXPOSE" && { fix: `EXPOSE ${number}` }),
        ...(process.onlyIf !== undefined && { when: [process.onlyIf] }),
      });
    }
  },
});

/** Those of the image and the manifest, and the one that the health check asks. */
function declaredPorts({ exposes = [], platform }: Deployment): readonly ExposedPort[] {
  const { port, at } = platform.health;
  return port === undefined || !at ? exposes : [...exposes, { key: "the health check", port, at }];
}

import { defineCheck } from "../../check.ts";
import { dataServices, type Guard } from "../../facts/image/data-services.ts";
import { evidence, fails } from "../../finding.ts";
import { shop } from "../example-shop.ts";

const compose = (ports: string) =>
  `services:\n  web:\n    build: .\n    ports: ["8000:8000"]\n  cache:\n    image: redis:8\n${ports}`;
const project = {
  ...shop,
  Dockerfile:
    'FROM python:3.13-slim\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\nCMD ["gunicorn", "--bind", "0.0.0.0:8000", "shop.wsgi"]\n',
};

/**
 * The catalogue has a warning for the default compose file and information for those of development. Nothing says that
 * they are ever started on a server, and nearly all of them publish a port for their developers: they are left out.
 */
export default defineCheck({
  id: "compose-service-published",
  title: "No database of the compose file is open to the network",
  area: "images",
  severity: "error",
  needs: ["compose"],
  docs: {
    why: "`ports` opens the port on every address of the machine, and Docker's own rules come before those of ufw: a database without a password, or with the one of the tutorial, is found within hours, emptied, and held to ransom.",
    fix: 'Leave `ports` out: services of one file reach each other without. For a look from the machine itself:\n\n```yaml\nports:\n  - "127.0.0.1:5432:5432"\n```',
    bad: { ...project, "docker-compose.prod.yml": compose('    ports: ["6379:6379"]\n') },
    good: { ...project, "docker-compose.prod.yml": compose('    ports: ["127.0.0.1:6379:6379"]\n') },
    notReported: [
      "A port on one address of the machine: `127.0.0.1:5432:5432`, a private one.",
      "`expose`, which only tells; and the port of the web service or a proxy.",
      "Compose files for development, the default file that nothing deploys, and `docker-compose.override.yml`.",
      "A service that only starts with a profile.",
      "A password that a variable or a file holds, and a strong one: a warning.",
    ],
    links: [
      "https://docs.docker.com/engine/network/packet-filtering-firewalls/#docker-and-ufw",
      "https://docs.docker.com/reference/compose-file/services/#ports",
    ],
  },
  *run({ compose: files }) {
    for (const { path, services } of files) {
      for (const service of services) {
        for (const { address, target, at, text } of service.published) {
          const kind = dataServices.get(target);
          if (!kind || isPrivate(address)) continue;
          const guard = kind.guard(service);
          yield fails(
            `${path} opens ${kind.name} (${service.name}) to the network on port ${target}, ${guards[guard]}`,
            {
              at,
              fix: `ports:\n  - "127.0.0.1:${text === "" ? `${target}:${target}` : text}"`,
              ...((guard === "unknown" || guard === "written") && { severity: "warning" }),
            },
          );
        }
      }
      yield evidence(`${path} opens no database to the network`);
    }
  },
});

const guards: Readonly<Record<Guard, string>> = {
  none: "without a password",
  weak: "with a password that anybody guesses",
  written: "with nothing but its password before it",
  unknown: "with nothing but its password before it",
};

/** Loopback, and addresses that are not routed on the internet. */
function isPrivate(address: string | undefined): boolean {
  return (
    address !== undefined &&
    !/^(?:0\.0\.0\.0|\[?::\]?)$/.test(address) &&
    /^(?:127\.|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|100\.|localhost|\[|::1|f[cd])/.test(address)
  );
}

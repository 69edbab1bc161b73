import { defineCheck } from "../../check.ts";
import { evidence, fails, notApplicable } from "../../finding.ts";
import type { Location } from "../../location.ts";
import { shop } from "../example-shop.ts";

const dockerfile = (health: string) =>
  `FROM python:3.13-slim\nENV PYTHONUNBUFFERED=1\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\nHEALTHCHECK CMD ${health}\nCMD ["gunicorn", "--bind", "0.0.0.0:8000", "shop.wsgi"]\n`;
const python =
  '["python", "-c", "import urllib.request as u; u.urlopen(\'http://127.0.0.1:8000/healthz\', timeout=3)"]';

/** Docker by itself only shows that a container is not well, so it is an error only where something waits for it. */
export default defineCheck({
  id: "healthcheck-tool-missing",
  title: "The image has the program that its health check runs",
  area: "images",
  severity: "warning",
  needs: ["deployment", "imageFile"],
  wants: ["compose"],
  docs: {
    why: 'Python\'s slim images have neither curl nor wget. The health check ends with "executable file not found in $PATH" every time, so the container is unhealthy for ever: what waits for it never starts, and platforms that look at it (Swarm, Coolify) end the new version.',
    fix: `Ask with what is there:\n\n\`\`\`dockerfile\nHEALTHCHECK CMD ${python}\n\`\`\``,
    bad: { ...shop, Dockerfile: dockerfile("curl -f http://127.0.0.1:8000/healthz") },
    good: { ...shop, Dockerfile: dockerfile(python) },
    notReported: [
      "An image that installs the program, also by a script or a list that is not followed.",
      "`wget` on Alpine, which BusyBox brings; full images such as `python:3.13`, which have both.",
      "An image of somebody else's.",
      "A platform that does not run the image's health check.",
      "A health check that tries something else where the program is missing.",
    ],
    links: ["https://docs.docker.com/reference/dockerfile/#healthcheck"],
  },
  *run({ deployment, imageFile, compose = [] }) {
    const { final } = imageFile;
    if (!final) return yield notApplicable(`${imageFile.path} makes no image`);
    const { at } = deployment.platform.health;
    const services = compose.filter(({ deployed }) => deployed).flatMap((file) => file.services);
    const own = services.find(({ healthcheck }) => healthcheck && isSame(healthcheck.at, at));
    const health =
      own?.healthcheck ??
      (final.healthcheck && isSame(final.healthcheck.at, at)
        ? { text: final.healthcheck.command, at: final.healthcheck.at }
        : undefined);
    if (!health) return yield notApplicable("no health check runs a program in the container");
    const tool = ["curl", "wget"].find((name) => new RegExp(`(?:^|[\\s;&|("'])${name}\\s`).test(health.text));
    if (tool === undefined) return yield evidence("the health check needs neither curl nor wget", health.at);
    const others = /\|\|\s*(?!exit\b|false\b|\(?\s*exit\b)\S/.test(health.text);
    if (others || !final.lacks(tool))
      return yield evidence(`nothing shows that the image lacks ${tool}`, health.at);
    const waiting = services.find(({ afterHealthy }) => own !== undefined && afterHealthy.includes(own.name));
    yield fails(
      `the health check runs ${tool}, which ${final.image.name} does not have and nothing installs, so that the container is never healthy${waiting ? ` and ${waiting.name}, which waits for it, never starts` : ""}`,
      { at: health.at, ...(waiting && { severity: "error" }) },
    );
  },
});

function isSame(one: Location, other: Location | undefined): boolean {
  return other !== undefined && one.file === other.file && one.line === other.line;
}

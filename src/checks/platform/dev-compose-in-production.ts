import { defineCheck } from "../../check.ts";
import { evidence, notApplicable } from "../../finding.ts";
import { shop } from "../example-shop.ts";
import { findingsOf } from "../told-by-platform.ts";

const id = "dev-compose-in-production";

const dockerfile =
  'FROM python:3.13-slim\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\nCMD ["gunicorn", "--bind", "0.0.0.0:8000", "shop.wsgi"]\n';
const compose = 'services:\n  web:\n    build: .\n    ports: ["8000:8000"]\n';

export default defineCheck({
  id,
  title: "The compose file that is deployed runs the image as it was built",
  area: "platform",
  severity: "warning",
  needs: ["deployment"],
  docs: {
    why: "A compose file for development mounts the source over the image, so that changes show at once. On a server this hides what the image was built with: collected static files, compiled code, the version that was tested. What runs is whatever lies in the folder there.",
    fix: "Keep a compose file for production, without the mount of the source:\n\n```sh\ndocker compose -f docker-compose.prod.yml up -d\n```",
    bad: {
      ...shop,
      Dockerfile: dockerfile,
      "docker-compose.prod.yml": `${compose}    volumes: [".:/app"]\n`,
    },
    good: {
      ...shop,
      Dockerfile: dockerfile,
      "docker-compose.prod.yml": `${compose}    volumes: ["media:/app/media"]\nvolumes:\n  media:\n`,
    },
    notReported: [
      "A compose file for development that nothing deploys.",
      "A mount of a folder inside the source, for uploads or configuration.",
      "Platforms that do not read compose files.",
    ],
    links: ["https://docs.docker.com/compose/how-tos/production/"],
  },
  *run({ deployment }) {
    const findings = findingsOf(deployment, id);
    yield* findings;
    if (findings.length > 0) return;
    const { platform, manifests } = deployment;
    if (!platform.ownChecks?.includes(id))
      return yield notApplicable(`${platform.name} starts no compose file of the project`);
    const [first] = manifests;
    if (first === undefined || !/\.ya?ml$/.test(first))
      return yield notApplicable("no compose file is deployed, as far as the files tell");
    yield evidence(`${first} mounts no source over the image`);
  },
});

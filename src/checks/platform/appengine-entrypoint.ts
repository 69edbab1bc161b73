import { defineCheck } from "../../check.ts";
import { evidence, notApplicable } from "../../finding.ts";
import { shop } from "../example-shop.ts";
import { findingsOf } from "../told-by-platform.ts";

const id = "appengine-entrypoint";

export default defineCheck({
  id,
  title: "Google's platforms find something to start",
  area: "platform",
  severity: "error",
  needs: ["deployment"],
  docs: {
    why: "App Engine without an `entrypoint` starts `main:app`, which a Django project does not have: every request ends in an error, and the log in `ModuleNotFoundError: No module named 'main'`. Google's buildpacks, which build for Cloud Run, do not know Django either and end the build: `provide a main.py or app.py file or set an entrypoint`.",
    fix: "Say what is started:\n\n```yaml\n# app.yaml\nruntime: python313\nentrypoint: gunicorn -b :$PORT shop.wsgi\n```\n\nor, for Cloud Run, in a Procfile:\n\n```\nweb: gunicorn --bind :$PORT shop.wsgi\n```",
    bad: { ...shop, "app.yaml": "runtime: python313\n" },
    good: { ...shop, "app.yaml": "runtime: python313\nentrypoint: gunicorn -b :$PORT shop.wsgi\n" },
    notReported: [
      "A `main.py` that has the application under the name `app`: whether it does is `start-target-missing`.",
      "A Dockerfile, which Cloud Run builds instead.",
      "What GOOGLE_ENTRYPOINT may hold is not in the repository, so on Cloud Run its absence is a warning.",
      "`app.yaml` of others: Kubernetes, DigitalOcean.",
    ],
    links: [
      "https://docs.cloud.google.com/appengine/docs/standard/python3/runtime#application_startup",
      "https://docs.cloud.google.com/docs/buildpacks/python",
    ],
  },
  *run({ deployment }) {
    const findings = findingsOf(deployment, id);
    yield* findings;
    if (findings.length > 0) return;
    const { platform, processes } = deployment;
    if (!platform.ownChecks?.includes(id))
      return yield notApplicable(`${platform.name} starts nothing by a rule like that`);
    const web = processes.find(({ name }) => name === "web");
    if (!web) return yield notApplicable("what is started is not in the files that are read");
    yield evidence(`${platform.name} starts "${web.command}"`, web.at);
  },
});

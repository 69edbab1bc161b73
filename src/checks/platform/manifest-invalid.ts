import { defineCheck } from "../../check.ts";
import { evidence, notApplicable, type Severity } from "../../finding.ts";
import type { ManifestProblem } from "../../platforms/manifest.ts";
import { shop } from "../example-shop.ts";
import { findingsOf } from "../told-by-platform.ts";

/** What each kind of mistake leads to, where a platform's reader knows no more. */
const severities: Readonly<Record<ManifestProblem["kind"], Severity>> = {
  invalid: "error",
  // Some platforms refuse it, and some convert it: the reader says which.
  "wrong-type": "warning",
  unknown: "warning",
  deprecated: "info",
  retired: "warning",
};

const blueprint = (key: string) =>
  `services:\n  - type: web\n    name: shop\n    runtime: python\n    buildCommand: pip install -r requirements.txt\n    ${key}: gunicorn shop.wsgi\n`;

export default defineCheck({
  id: "manifest-invalid",
  title: "The platform takes the manifest as it was meant",
  area: "platform",
  severity: "error",
  needs: ["deployment"],
  docs: {
    why: "A platform that cannot read its manifest refuses the deployment. One that does not know a key often passes it over without a word, and the start command, the disk or the health check that it was for is not there.",
    fix: "Write the key as the platform's reference has it, and give the value the type that it wants.",
    bad: { ...shop, "render.yaml": blueprint("startComand") },
    good: { ...shop, "render.yaml": blueprint("startCommand") },
    notReported: [
      "Manifests that the platform which is judged does not read.",
      "Values that are filled in before the platform reads them: `${REGION}`.",
      "Old names that still work are advice.",
    ],
    links: ["https://render.com/docs/blueprint-spec", "https://schema.railpack.com"],
  },
  *run({ deployment }) {
    const findings = findingsOf(deployment, undefined, ({ kind }) => severities[kind]);
    yield* findings;
    if (findings.length > 0) return;
    const { manifests, platform } = deployment;
    const [first] = manifests;
    if (first === undefined) return yield notApplicable(`there is no manifest for ${platform.name}`);
    yield evidence(`nothing in ${manifests.join(", ")} is unknown to ${platform.name}`);
  },
});

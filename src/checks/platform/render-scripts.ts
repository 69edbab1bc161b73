import { defineCheck } from "../../check.ts";
import { evidence, notApplicable } from "../../finding.ts";
import { shop } from "../example-shop.ts";
import { findingsOf } from "../told-by-platform.ts";

const id = "render-scripts";

const blueprint =
  "services:\n  - type: web\n    name: shop\n    runtime: python\n    buildCommand: ./build.sh\n    startCommand: gunicorn shop.wsgi\n";
const build = "pip install -r requirements.txt\npython manage.py collectstatic --no-input\n";

export default defineCheck({
  id,
  title: "The scripts that Render runs stop at the first error",
  area: "platform",
  severity: "warning",
  needs: ["deployment"],
  docs: {
    why: "A shell script goes on behind a command that fails, and its own result is that of its last command: packages are missing, static files are old, and the version goes live all the same. The pre-deploy command has the opposite trouble: no shell reads it, so `&&` and `$NAME` are words that the first program gets.",
    fix: "Begin the build script with\n\n```sh\n#!/usr/bin/env bash\nset -o errexit\n```\n\nand give `preDeployCommand` one command, or a shell: `bash -c '…'`.",
    bad: { ...shop, "render.yaml": blueprint, "build.sh": `#!/usr/bin/env bash\n${build}` },
    good: { ...shop, "render.yaml": blueprint, "build.sh": `#!/usr/bin/env bash\nset -o errexit\n${build}` },
    notReported: [
      "A script with `set -e`, with `-e` in its shebang, or whose commands are joined by `&&`.",
      "A script of one command, and a script that the repository does not hold.",
      "A pre-deploy command that starts a script or a shell.",
    ],
    links: ["https://render.com/docs/deploy-django", "https://render.com/docs/deploys#pre-deploy-command"],
  },
  *run({ deployment }) {
    const findings = findingsOf(deployment, id);
    yield* findings;
    if (findings.length > 0) return;
    const { platform, steps } = deployment;
    if (!platform.ownChecks?.includes(id)) return yield notApplicable(`${platform.name} has no such scripts`);
    const [first] = steps;
    if (!first) return yield notApplicable("no build or pre-deploy command is declared");
    yield evidence("the build and pre-deploy commands stop at errors", first.at);
  },
});

import { defineCheck } from "../../check.ts";
import { evidence, fails, notApplicable } from "../../finding.ts";
import { nodeShop } from "../example-apps.ts";

const image = (environment: string) =>
  `FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci\nENV NODE_ENV=${environment}\nCMD ["npm", "start"]\n`;
const { Procfile: _, ...bare } = nodeShop;

export default defineCheck({
  id: "node-env-development",
  title: "NODE_ENV is production where the server runs",
  area: "frameworks",
  severity: "warning",
  needs: ["nodeApp", "deployment"],
  docs: {
    why: "With NODE_ENV=development Express answers errors with the stack trace and renders every template anew, React sends its slow build, and other libraries log and check as for a developer.",
    fix: "Set it to production:\n\n```\nENV NODE_ENV=production\n```",
    bad: { ...bare, Dockerfile: image("development") },
    good: { ...bare, Dockerfile: image("production") },
    notReported: [
      "NODE_ENV that nothing sets: platforms set it, and images may.",
      "A stage of a Dockerfile that is not deployed, and what only the build sees.",
      "A script for development (`dev`), which production does not start.",
    ],
    links: ["https://expressjs.com/en/advanced/best-practice-performance.html#set-node_env-to-production"],
  },
  *run({ nodeApp, deployment }) {
    if (!nodeApp.web) return yield notApplicable("what is started in production is not known");
    const started = nodeApp.launches.findLast(({ conditional }) => !conditional);
    const own = started?.env.get("NODE_ENV");
    const declared = deployment.env.findLast(({ name, scope }) => name === "NODE_ENV" && scope !== "build");
    const value = own?.known ? own.text : declared?.value;
    const at = own?.known ? started?.at : declared?.at;
    if (value !== "development")
      return yield evidence(value === undefined ? "nothing sets NODE_ENV" : `NODE_ENV is ${value}`, at);
    const { onlyIf } = nodeApp.web;
    yield fails("NODE_ENV is development where the server runs", {
      at,
      ...(onlyIf !== undefined && { when: [onlyIf] }),
    });
  },
});

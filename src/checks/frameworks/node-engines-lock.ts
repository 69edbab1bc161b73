import { defineCheck } from "../../check.ts";
import { evidence, fails, notApplicable } from "../../finding.ts";
import { nodeShop } from "../example-apps.ts";

const manager = (path: string): string =>
  /package-lock|shrinkwrap/.test(path)
    ? "npm"
    : /yarn/.test(path)
      ? "Yarn"
      : /pnpm/.test(path)
        ? "pnpm"
        : "Bun";

export default defineCheck({
  id: "node-engines-lock",
  title: "Node's version and the packages' versions stay as they are",
  area: "frameworks",
  severity: "warning",
  needs: ["nodeApp", "deployment"],
  docs: {
    why: "Without a version the platform takes its current one, which changes under an app that nobody touched; without a lock file every build picks the packages anew. With the locks of two package managers nobody knows which one counts, and Heroku refuses to build.",
    fix: 'Name the version in package.json, and keep one lock file:\n\n```\n"engines": { "node": "22.x" }\n```',
    bad: { ...nodeShop, "yarn.lock": "# yarn lockfile v1\n" },
    good: nodeShop,
    notReported: [
      "A Dockerfile, whose image brings Node.",
      "`.nvmrc`, `.node-version`, `volta`, `.tool-versions`.",
      "A project without dependencies needs no lock; one of a workspace has it in the root.",
      "npm-shrinkwrap.json beside package-lock.json: npm knows which one counts.",
    ],
    links: [
      "https://devcenter.heroku.com/articles/nodejs-support#specifying-a-node-js-version",
      "https://docs.npmjs.com/cli/v11/configuring-npm/package-lock-json",
    ],
  },
  *run({ nodeApp, deployment }) {
    const { platform, image } = deployment;
    const { locks, ignoredLocks, path, versionFrom, dependencies } = nodeApp;
    const managers = [...new Set(locks.map(manager))];
    if (managers.length > 1) {
      const fails_ = platform.start.node?.severalLocks === "fails" && image === undefined;
      const [keep, ...others] = locks;
      yield fails(
        `${locks.join(" and ")} are there, ${fails_ ? `and ${platform.name} refuses to build with both` : "and nobody knows which one counts"}`,
        {
          fix: `git rm ${others.join(" ")}   # or keep one of them, and remove ${keep}`,
          ...(fails_ && { severity: "error" as const }),
        },
      );
    } else if (locks.length === 0 && dependencies.size > 0)
      yield fails(
        ignoredLocks.length > 0
          ? `git ignores ${ignoredLocks.join(" and ")}, so every build picks the packages' versions anew`
          : `${path} has no lock file beside it, so every build picks the packages' versions anew`,
        {
          fix:
            ignoredLocks.length > 0
              ? `git add -f ${ignoredLocks[0]}`
              : "npm install --package-lock-only && git add package-lock.json",
        },
      );
    if (image !== undefined) return yield evidence(`the image of ${image.path} brings Node`);
    if (!nodeApp.web && versionFrom === undefined)
      return yield notApplicable("where it is deployed, and with which Node, is not known");
    if (versionFrom === undefined)
      yield fails(
        `${path} names no version of Node, so it runs on the one that ${platform.name} has at the time`,
        {
          fix: `# ${path}\n"engines": { "node": "22.x" }`,
        },
      );
    yield evidence(`Node's version is in ${versionFrom ?? path}`);
  },
});

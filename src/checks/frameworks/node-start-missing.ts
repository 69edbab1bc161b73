import { defineCheck } from "../../check.ts";
import { evidence, fails, notApplicable } from "../../finding.ts";
import { nodeShop } from "../example-apps.ts";

const { Procfile: _, "server.js": server = "", ...bare } = nodeShop;
const heroku = { ...bare, "app.json": '{ "stack": "heroku-24" }\n', "src/server.js": server };
const manifest = nodeShop["package.json"] ?? "";

export default defineCheck({
  id: "node-start-missing",
  title: "The script that starts the Node server exists",
  area: "frameworks",
  severity: "error",
  needs: ["nodeApp", "deployment"],
  docs: {
    why: 'A platform starts a Node project with `npm start`. Without that script npm says `Missing script: "start"`, the process ends, and every request is answered with an error.',
    fix: 'Add it to package.json:\n\n```\n"scripts": { "start": "node server.js" }\n```',
    bad: {
      ...heroku,
      "package.json": manifest.replace('"start": "node server.js"', '"dev": "node src/server.js"'),
    },
    good: { ...heroku, "package.json": manifest.replace("node server.js", "node src/server.js") },
    notReported: [
      "A Procfile, a Dockerfile or another manifest that starts something else than a script.",
      "`server.js` beside package.json, which npm and pnpm start without a script.",
      "A platform of which it is not known that it runs `npm start` by itself.",
      "A front end that is only built, and a package.json beside a Django project.",
    ],
    links: ["https://devcenter.heroku.com/articles/nodejs-support#default-web-process-type"],
  },
  *run({ nodeApp, deployment }) {
    const { web, unclear, path, scripts } = nodeApp;
    if (!web) return yield notApplicable(`what ${deployment.platform.name} starts is not known`);
    const because = unclear.find((reason) => / has no script /.test(reason));
    if (because === undefined) return yield evidence(`${web.source ?? web.at.file} starts it`, web.at);
    const script = / has no script (\S+)$/.exec(because)?.[1] ?? "start";
    // Another script may tell which file the server is.
    const told = [...scripts.values()].find(({ text }) => /^node [\w./-]+$/.test(text))?.text;
    yield fails(`the web process runs "${web.command}", and ${because}`, {
      at: web.at,
      fix: `# ${path}\n"scripts": { "${script}": "${told ?? "node server.js"}" }`,
      ...(web.onlyIf !== undefined && { severity: "warning" as const, when: [web.onlyIf] }),
    });
  },
});

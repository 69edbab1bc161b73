import { defineCheck } from "../../check.ts";
import { whatPrunes } from "../../facts/frameworks/node-pruning.ts";
import { evidence, fails, notApplicable } from "../../finding.ts";
import { nodeShop } from "../example-apps.ts";

/** The packages whose command has another name. */
const packageOf: Readonly<Record<string, string>> = {
  tsc: "typescript",
  nest: "@nestjs/cli",
  "vue-cli-service": "@vue/cli-service",
  "babel-node": "@babel/node",
  babel: "@babel/cli",
  "remix-serve": "@remix-run/serve",
  "react-router-serve": "@react-router/serve",
  ng: "@angular/cli",
  dotenv: "dotenv-cli",
  sequelize: "sequelize-cli",
  "webpack-dev-server": "webpack-dev-server",
};

const manifest = nodeShop["package.json"] ?? "";
const started = manifest.replace("node server.js", "ts-node server.ts");
const heroku = { ...nodeShop, "app.json": '{ "stack": "heroku-24" }\n', "server.ts": "" };

export default defineCheck({
  id: "node-dev-dependency-needed",
  title: "What starts the Node server is installed in production",
  area: "frameworks",
  severity: "error",
  needs: ["nodeApp", "deployment"],
  docs: {
    why: "Production leaves out devDependencies, or removes them when the build is done. A start command or a module of theirs is then not there: `sh: nodemon: not found`, `Cannot find module 'dotenv'`.",
    fix: "Move it to dependencies:\n\n```\nnpm install --save-prod ts-node\n```",
    bad: {
      ...heroku,
      "package.json": started.replace(
        '"dependencies"',
        '"devDependencies": { "ts-node": "^10.9.2" },\n  "dependencies"',
      ),
    },
    good: {
      ...heroku,
      "package.json": started.replace('"express"', '"ts-node": "^10.9.2", "express"'),
    },
    notReported: [
      "What only the build needs: the platform removes it afterwards.",
      "A platform, or an image, that installs everything.",
      "A module that the code loads inside `if` or `try`, and `npx`, which fetches what it lacks.",
      "A package that is in dependencies too.",
    ],
    links: ["https://devcenter.heroku.com/articles/nodejs-support#skip-pruning"],
  },
  *run({ nodeApp, deployment }) {
    const { web, launches, devDependencies, dependencies, entries } = nodeApp;
    if (!web) return yield notApplicable("what is started in production is not known");
    const prunes = whatPrunes(deployment);
    if (prunes === undefined) return yield notApplicable("nothing is known to leave devDependencies out");
    const isMissing = (name: string) => devDependencies.has(name) && !dependencies.has(name);
    for (const { program, at, conditional } of launches) {
      const name = Object.hasOwn(packageOf, program) ? (packageOf[program] ?? program) : program;
      if (conditional || !isMissing(name)) continue;
      yield fails(`the web process starts ${program}, and ${name} is one of devDependencies: ${prunes}`, {
        at,
        fix: `npm install --save-prod ${name}`,
      });
    }
    for (const { file, loads } of entries)
      for (const { name, at } of loads.filter((one) => isMissing(one.name)))
        yield fails(`${file} loads ${name}, which is one of devDependencies: ${prunes}`, {
          at,
          fix: `npm install --save-prod ${name}`,
        });
    yield evidence("what is started is no devDependency", web.at);
  },
});

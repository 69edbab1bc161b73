import { describe, expect, test } from "vitest";
import { nodeShop } from "../../../src/checks/example-apps.ts";
import startMissing from "../../../src/checks/frameworks/node-start-missing.ts";
import { brief, runOn } from "../../support/run-on.ts";
import { settingsOnly } from "../../support/settings.ts";

const heroku = { "app.json": '{ "stack": "heroku-24" }\n' };

const manifest = (more: Record<string, unknown>) =>
  JSON.stringify({ private: true, engines: { node: "22.x" }, dependencies: { express: "5.1.0" }, ...more });

const { Procfile: _procfile, "server.js": server = "", ...bare } = nodeShop;

const withFrontEnd = settingsOnly("DEBUG = False", {
  "package.json": manifest({ scripts: { dev: "vite" } }),
  "server.js": "require('http').createServer().listen(3000)\n",
});

describe("node-start-missing", () => {
  test.each<[string, Record<string, string>, string]>([
    [
      "what the platform runs by itself",
      { ...bare, ...heroku, "package.json": manifest({ scripts: { dev: "node a.js" } }) },
      'error certain package.json:1:1 the web process runs "npm start", and package.json has no script start',
    ],
    [
      "a script that the Procfile names",
      { ...nodeShop, Procfile: "web: npm run serve\n" },
      'error certain Procfile:1:1 the web process runs "npm run serve", and package.json has no script serve',
    ],
  ])("%s", async (_, files, expected) => {
    expect(brief(await runOn(startMissing, files))).toEqual([expected]);
  });

  test.each<[string, Record<string, string>]>([
    [
      "server.js beside it",
      { ...bare, ...heroku, "server.js": server, "package.json": manifest({ scripts: { dev: "x" } }) },
    ],
    [
      "a Procfile that starts Node itself",
      { ...nodeShop, Procfile: "web: node server.js\n", "package.json": manifest({ scripts: { dev: "x" } }) },
    ],
    ["no platform that is known", { ...bare, "package.json": manifest({ scripts: { dev: "x" } }) }],
    [
      "an image",
      {
        ...bare,
        "package.json": manifest({ scripts: { dev: "x" } }),
        Dockerfile: 'FROM node:22\nCOPY . .\nCMD ["node", "server.js"]\n',
      },
    ],
    ["a Django project with a front end", { ...withFrontEnd, ...heroku }],
  ])("%s is not reported", async (_, files) => {
    expect((await runOn(startMissing, files)).findings).toEqual([]);
  });
});

test("the fix starts the file that another script starts", async () => {
  const { findings } = await runOn(startMissing, startMissing.docs.bad);
  expect(findings).toMatchObject([{ fix: '# package.json\n"scripts": { "start": "node src/server.js" }' }]);
});

import { describe, expect, test } from "vitest";
import { nodeShop } from "../../../src/checks/example-apps.ts";
import enginesLock from "../../../src/checks/frameworks/node-engines-lock.ts";
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

describe("node-engines-lock", () => {
  const { "package-lock.json": _lock, ...unlocked } = nodeShop;
  test.each<[string, Record<string, string>, string]>([
    [
      "two locks on Heroku",
      { ...nodeShop, ...heroku, "yarn.lock": "" },
      "error certain package-lock.json and yarn.lock are there, and Heroku refuses to build with both",
    ],
    [
      "two locks elsewhere",
      { ...nodeShop, "pnpm-lock.yaml": "" },
      "warning certain package-lock.json and pnpm-lock.yaml are there, and nobody knows which one counts",
    ],
    [
      "no lock",
      unlocked,
      "warning certain package.json has no lock file beside it, so every build picks the packages' versions anew",
    ],
    [
      "no version",
      {
        ...nodeShop,
        ...heroku,
        "package.json": manifest({ engines: {}, scripts: { start: "node server.js" } }),
      },
      "warning certain package.json names no version of Node, so it runs on the one that Heroku has at the time",
    ],
  ])("%s", async (_, files, expected) => {
    expect(brief(await runOn(enginesLock, files))).toEqual([expected]);
  });

  test.each<[string, Record<string, string>]>([
    [
      ".nvmrc",
      {
        ...nodeShop,
        "package.json": manifest({ engines: {}, scripts: { start: "node server.js" } }),
        ".nvmrc": "22\n",
      },
    ],
    [
      "an image",
      {
        ...bare,
        "server.js": server,
        "package.json": manifest({ engines: {}, scripts: { start: "node server.js" } }),
        Dockerfile: 'FROM node:22\nCOPY . .\nRUN npm ci\nCMD ["npm", "start"]\n',
      },
    ],
    [
      "no dependencies, no lock",
      { ...unlocked, "package.json": manifest({ dependencies: {}, scripts: { start: "node server.js" } }) },
    ],
    ["npm's own second lock", { ...nodeShop, "npm-shrinkwrap.json": "{}" }],
    [
      "a Django project with a front end",
      { ...withFrontEnd, ...heroku, "yarn.lock": "", "package-lock.json": "{}" },
    ],
  ])("%s is not reported", async (_, files) => {
    expect((await runOn(enginesLock, files)).findings).toEqual([]);
  });
});

import { describe, expect, test } from "vitest";
import { nodeShop } from "../../../src/checks/example-apps.ts";
import devDependency from "../../../src/checks/frameworks/node-dev-dependency-needed.ts";
import enginesLock from "../../../src/checks/frameworks/node-engines-lock.ts";
import development from "../../../src/checks/frameworks/node-env-development.ts";
import port from "../../../src/checks/frameworks/node-port-hardcoded.ts";
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

const listening = (code: string, more: Record<string, string> = {}) => ({
  ...nodeShop,
  ...heroku,
  ...more,
  "server.js": `const app = require("express")();\n${code}\n`,
});

describe("node-port-hardcoded", () => {
  const sends = "and Heroku sends requests to the port in $PORT";
  test.each<[string, string]>([
    ["app.listen(3000);", `error certain server.js:2:4 it listens on 3000, ${sends}`],
    [
      "const port = 8080;\napp.listen(port, () => console.log(port));",
      `error certain server.js:3:4 it listens on 8080, ${sends}`,
    ],
    [
      "app.listen({ port: 3000, host: '0.0.0.0' });",
      `error certain server.js:2:4 it listens on 3000, ${sends}`,
    ],
    [
      "const port = 3000 || process.env.PORT;\napp.listen(port);",
      `error certain server.js:3:4 it listens on 3000, ${sends}: what stands before || is never empty, so PORT is not read`,
    ],
    [
      "app.listen(process.env.PORT || 3000, 'localhost');",
      "error certain server.js:2:4 it listens on localhost only, where Heroku's requests do not arrive",
    ],
  ])("%s", async (code, expected) => {
    expect(brief(await runOn(port, listening(code)))).toEqual([expected]);
  });

  test.each<[string, Record<string, string>]>([
    ["process.env.PORT || 3000", listening("app.listen(process.env.PORT || 3000);")],
    [
      "a number that is made of it",
      listening("const PORT = Number(process.env.PORT ?? 3000), HOST = '0.0.0.0';\napp.listen(PORT, HOST);"),
    ],
    ["a ternary", listening("const p = process.env.PORT ? process.env.PORT : 3000;\napp.listen(p);")],
    ["destructured", listening("const { PORT = 3000 } = process.env;\napp.listen(PORT);")],
    ["a configuration", listening("const config = require('./config');\napp.listen(config.port);")],
    [
      "a port that is assigned later",
      listening("let port = 3000;\nif (process.env.PORT) port = process.env.PORT;\napp.listen(port);"),
    ],
    ["a comment", listening("// app.listen(3000)\napp.listen(process.env.PORT);")],
    ["a second server that listens on it", listening("app.listen(9090);\napp.listen(process.env.PORT);")],
    [
      "what production does not start",
      { ...listening("app.listen(3000);"), Procfile: "web: node other.js\n", "other.js": "" },
    ],
    [
      "a platform that assigns none",
      {
        ...bare,
        "server.js": "require('http').createServer().listen(3000)\n",
        Dockerfile: 'FROM node:22\nCOPY . .\nCMD ["node", "server.js"]\n',
      },
    ],
    [
      "a port that the manifest says",
      listening("app.listen(3000);", {
        "app.json": '{ "stack": "heroku-24", "env": { "PORT": { "value": "3000" } } }',
      }),
    ],
    ["a Django project with a front end", { ...withFrontEnd, Procfile: "web: gunicorn shop.wsgi\n" }],
  ])("%s is not reported", async (_, files) => {
    expect((await runOn(port, files)).findings).toEqual([]);
  });
});

describe("node-dev-dependency-needed", () => {
  const starts = (
    start: string,
    devDependencies: Record<string, string>,
    more: Record<string, string> = {},
  ) => ({
    ...nodeShop,
    ...heroku,
    "package.json": manifest({ scripts: { start, build: "tsc" }, devDependencies }),
    ...more,
  });
  const image = (install: string) => ({
    ...bare,
    "server.js": server,
    "package.json": manifest({ scripts: { start: "nodemon server.js" }, devDependencies: { nodemon: "3" } }),
    Dockerfile: `FROM node:22\nWORKDIR /app\nCOPY . .\nRUN ${install}\nCMD ["npm", "start"]\n`,
  });

  test.each<[string, Record<string, string>, RegExp]>([
    [
      "nodemon on Heroku",
      starts("nodemon server.js", { nodemon: "3" }),
      /^error certain package.json:1:\d+ the web process starts nodemon, and nodemon is one of devDependencies: Heroku removes/,
    ],
    [
      "a command of another name",
      starts("nest start", { "@nestjs/cli": "11" }),
      /starts nest, and @nestjs\/cli is one of devDependencies/,
    ],
    [
      "a module",
      starts("node server.js", { dotenv: "17" }, { "server.js": 'require("dotenv").config();\n' }),
      /^error certain server.js:1:1 server.js loads dotenv/,
    ],
    ["an image without them", image("npm ci --omit=dev"), /Dockerfile installs without them/],
  ])("%s", async (_, files, expected) => {
    expect(brief(await runOn(devDependency, files))).toEqual([expect.stringMatching(expected)]);
  });

  test.each<[string, Record<string, string>]>([
    ["what only the build needs", starts("node server.js", { typescript: "5" })],
    ["an image with them", image("npm ci")],
    [
      "a module inside of if",
      starts(
        "node server.js",
        { dotenv: "17" },
        { "server.js": 'if (!process.env.DYNO) {\n  require("dotenv").config();\n}\n' },
      ),
    ],
    ["a type", starts("node server.mjs", { pg: "8" }, { "server.mjs": 'import type { Pool } from "pg";\n' })],
    [
      "no platform that is known to remove them",
      {
        ...nodeShop,
        "package.json": manifest({ scripts: { start: "nodemon a.js" }, devDependencies: { nodemon: "3" } }),
      },
    ],
  ])("%s is not reported", async (_, files) => {
    expect((await runOn(devDependency, files)).findings).toEqual([]);
  });
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

describe("node-env-development", () => {
  const image = (lines: string) => ({
    ...bare,
    "server.js": server,
    Dockerfile: `FROM node:22\nCOPY . .\nRUN npm ci\n${lines}CMD ["npm", "start"]\n`,
  });
  test.each<[string, Record<string, string>]>([
    ["in the image", image("ENV NODE_ENV=development\n")],
    ["before the command", { ...nodeShop, Procfile: "web: NODE_ENV=development npm start\n" }],
    [
      "in the script",
      {
        ...nodeShop,
        "package.json": manifest({ scripts: { start: "NODE_ENV=development node server.js" } }),
      },
    ],
  ])("%s", async (_, files) => {
    expect(brief(await runOn(development, files))).toEqual([
      expect.stringMatching(/^warning certain \S+ NODE_ENV is development where the server runs$/),
    ]);
  });

  test.each<[string, Record<string, string>]>([
    ["nothing", nodeShop],
    ["production", image("ENV NODE_ENV=production\n")],
    [
      "a script for development",
      {
        ...nodeShop,
        "package.json": manifest({
          scripts: { start: "node server.js", dev: "NODE_ENV=development node server.js" },
        }),
      },
    ],
    [
      "a stage that is not deployed",
      {
        ...bare,
        "server.js": server,
        Dockerfile:
          'FROM node:22 AS dev\nENV NODE_ENV=development\nCMD ["npm", "start"]\nFROM node:22\nCOPY . .\nCMD ["npm", "start"]\n',
      },
    ],
  ])("%s is not reported", async (_, files) => {
    expect((await runOn(development, files)).findings).toEqual([]);
  });
});

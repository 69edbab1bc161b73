import { describe, expect, test } from "vitest";
import { nodeShop } from "../../../src/checks/example-apps.ts";
import devDependency from "../../../src/checks/frameworks/node-dev-dependency-needed.ts";
import { brief, runOn } from "../../support/run-on.ts";

const heroku = { "app.json": '{ "stack": "heroku-24" }\n' };

const manifest = (more: Record<string, unknown>) =>
  JSON.stringify({ private: true, engines: { node: "22.x" }, dependencies: { express: "5.1.0" }, ...more });

const { Procfile: _procfile, "server.js": server = "", ...bare } = nodeShop;

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

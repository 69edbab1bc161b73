import { describe, expect, test } from "vitest";
import { nodeShop } from "../../../src/checks/example-apps.ts";
import development from "../../../src/checks/frameworks/node-env-development.ts";
import { brief, runOn } from "../../support/run-on.ts";

const manifest = (more: Record<string, unknown>) =>
  JSON.stringify({ private: true, engines: { node: "22.x" }, dependencies: { express: "5.1.0" }, ...more });

const { Procfile: _procfile, "server.js": server = "", ...bare } = nodeShop;

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

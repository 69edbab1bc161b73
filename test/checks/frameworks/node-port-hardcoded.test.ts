import { describe, expect, test } from "vitest";
import { nodeShop } from "../../../src/checks/example-apps.ts";
import port from "../../../src/checks/frameworks/node-port-hardcoded.ts";
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

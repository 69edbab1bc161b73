import { describe, expect, test } from "vitest";
import { apiShop } from "../../../src/checks/example-apps.ts";
import cors from "../../../src/checks/frameworks/asgi-cors-credentials.ts";
import devCommand from "../../../src/checks/frameworks/asgi-dev-command.ts";
import docsPublic from "../../../src/checks/frameworks/asgi-docs-public.ts";
import devServer from "../../../src/checks/processes/dev-server-in-production.ts";
import reload from "../../../src/checks/processes/reload-in-production.ts";
import { brief, runOn } from "../../support/run-on.ts";

const started = (command: string, more: Record<string, string> = {}) => ({
  ...apiShop,
  ...more,
  Procfile: `web: ${command}\n`,
});

describe("asgi-dev-command", () => {
  test.each<[string, RegExp]>([
    ["fastapi dev main.py", /^error certain Procfile:1:1 the web process starts "fastapi dev"/],
    [
      "uvicorn main:app --reload --host 0.0.0.0",
      /^warning certain Procfile:1:1 uvicorn is started with reload/,
    ],
    ["python serve.py", /^warning certain serve.py:2:1 uvicorn is started with reload/],
  ])("%s, and one finding for it", async (command, expected) => {
    const files = started(command, {
      "serve.py": 'import uvicorn\nuvicorn.run("main:app", host="0.0.0.0", reload=True)\n',
    });
    expect(brief(await runOn(devCommand, files))).toEqual([expect.stringMatching(expected)]);
    expect((await runOn(devServer, files)).findings).toEqual([]);
    expect((await runOn(reload, files)).findings).toEqual([]);
  });

  test.each<[string, Record<string, string>]>([
    ["fastapi run", started("fastapi run main.py")],
    [
      "uvicorn.run with reload below __main__, where uvicorn is started by itself",
      started("uvicorn main:app", {
        "main.py": `${apiShop["main.py"]}\nif __name__ == "__main__":\n    import uvicorn\n    uvicorn.run("main:app", reload=True)\n`,
      }),
    ],
    [
      "reload that a setting decides",
      started("python serve.py", {
        "serve.py":
          'import uvicorn\nfrom config import settings\nuvicorn.run("main:app", reload=settings.debug)\n',
      }),
    ],
    [
      "a script that tests first",
      started("./start.sh", {
        "start.sh": '#!/bin/sh\nif [ "$DEV" ]; then uvicorn main:app --reload; else uvicorn main:app; fi\n',
      }),
    ],
  ])("%s is not reported", async (_, files) => {
    expect((await runOn(devCommand, files)).findings).toEqual([]);
  });
});

const api = (options: string, more = "") => ({
  ...apiShop,
  "main.py": `import os\nfrom fastapi import FastAPI, Response\nfrom fastapi.middleware.cors import CORSMiddleware\napp = FastAPI()\napp.add_middleware(CORSMiddleware, ${options})\n${more}`,
});
const cookie =
  '@app.post("/login")\ndef login(response: Response):\n    response.set_cookie("session", "x")\n';

describe("asgi-cors-credentials", () => {
  test.each<[string, Record<string, string>, string]>([
    [
      "every origin, and cookies",
      api('allow_origins=["*"], allow_credentials=True', cookie),
      'error certain main.py:5:50 allow_origins holds "*" and allow_credentials is True, so every website may call it with its visitors\' cookies',
    ],
    [
      "a pattern that matches everything",
      api('allow_origin_regex=".*", allow_credentials=True', cookie),
      'error certain main.py:5:55 allow_origin_regex is ".*" and allow_credentials is True, so every website may call it with its visitors\' cookies',
    ],
    [
      "no cookie is seen",
      api('allow_origins=["*"], allow_credentials=True'),
      'warning certain main.py:5:50 allow_origins holds "*" and allow_credentials is True, so every website may call it with its visitors\' cookies',
    ],
    [
      "a default of every origin",
      api('allow_origins=os.getenv("ORIGINS", "*").split(","), allow_credentials=True', cookie),
      'warning conditional main.py:5:50 allow_origins holds "*" and allow_credentials is True, so every website may call it with its visitors\' cookies',
    ],
  ])("%s", async (_, files, expected) => {
    expect(brief(await runOn(cors, files))).toEqual([expected]);
  });

  test("Starlette's own way, and settings of pydantic's", async () => {
    const files = {
      ...apiShop,
      "requirements.txt": "starlette==1.10.0\nuvicorn==0.54.0\n",
      "main.py":
        'from pydantic_settings import BaseSettings\nfrom starlette.applications import Starlette\nfrom starlette.middleware import Middleware\nfrom starlette.middleware.cors import CORSMiddleware\nclass Settings(BaseSettings):\n    origins: list[str] = ["*"]\nsettings = Settings()\napp = Starlette(middleware=[Middleware(CORSMiddleware, allow_origins=settings.origins, allow_credentials=True)])\n',
    };
    expect(brief(await runOn(cors, files))).toEqual([expect.stringMatching(/^warning \w+ main.py:6/)]);
  });

  test.each<[string, Record<string, string>]>([
    ["no credentials", api('allow_origins=["*"]', cookie)],
    ["named origins", api('allow_origins=["https://a.example"], allow_credentials=True', cookie)],
    [
      "a variable that is insisted on",
      api('allow_origins=os.environ["ORIGINS"].split(","), allow_credentials=True', cookie),
    ],
    [
      "a pattern with a name",
      api('allow_origin_regex=r"https://.*\\.a\\.example", allow_credentials=True', cookie),
    ],
    ["what a library gives", api("allow_origins=fetch(), allow_credentials=True", `${cookie}\n`)],
    ["no middleware", apiShop],
  ])("%s is not reported", async (_, files) => {
    expect((await runOn(cors, files)).findings).toEqual([]);
  });
});

describe("asgi-docs-public", () => {
  const made = (call: string) => ({
    ...apiShop,
    "main.py": `import os\nfrom fastapi import FastAPI\napp = ${call}\n`,
  });
  test("FastAPI() is advice", async () => {
    expect(brief(await runOn(docsPublic, made('FastAPI(title="x")')))).toEqual([
      "info certain main.py:3:7 FastAPI() shows its documentation at /docs and /openapi.json to everybody",
    ]);
  });
  test.each([
    "FastAPI(openapi_url=None)",
    'FastAPI(docs_url="/docs")',
    'FastAPI(openapi_url=None if os.getenv("ENV") == "production" else "/openapi.json")',
    'FastAPI(**{"docs_url": None})',
  ])("%s", async (call) => {
    expect((await runOn(docsPublic, made(call))).findings).toEqual([]);
  });
});

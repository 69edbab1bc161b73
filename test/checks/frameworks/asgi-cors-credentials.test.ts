import { describe, expect, test } from "vitest";
import { apiShop } from "../../../src/checks/example-apps.ts";
import cors from "../../../src/checks/frameworks/asgi-cors-credentials.ts";
import { brief, runOn } from "../../support/run-on.ts";

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

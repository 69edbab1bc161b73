import { describe, expect, test } from "vitest";
import { apiShop } from "../../../src/checks/example-apps.ts";
import docsPublic from "../../../src/checks/frameworks/asgi-docs-public.ts";
import { brief, runOn } from "../../support/run-on.ts";

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

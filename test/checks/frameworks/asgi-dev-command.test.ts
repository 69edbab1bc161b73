import { describe, expect, test } from "vitest";
import { apiShop } from "../../../src/checks/example-apps.ts";
import devCommand from "../../../src/checks/frameworks/asgi-dev-command.ts";
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

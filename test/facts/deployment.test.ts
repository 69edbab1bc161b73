import { expect, test } from "vitest";
import { deployment } from "../../src/facts/deployment.ts";
import { memoryFiles } from "../../src/files/memory.ts";
import { fly } from "../../src/platforms/fly.ts";
import type { Platform } from "../../src/platforms/platform.ts";
import { procfileHost } from "../../src/platforms/procfile-host.ts";

async function read(files: Record<string, string>, folder = "", platform: Platform = procfileHost) {
  const fact = await deployment.read(
    {
      files: memoryFiles(files),
      options: { env: new Map(), closed: false, platformNamed: false },
      platform,
    },
    {
      project: {
        framework: "django",
        folder,
        recognisedBy: "manage.py",
        managePy: undefined,
        path: [folder],
      },
    },
  );
  if ("kind" in fact) throw new Error(fact.reason);
  return fact;
}

test.each<[string, Record<string, string>, string, string]>([
  ["the project's application", { "shop/wsgi.py": "", "shop/asgi.py": "" }, "", "gunicorn shop.wsgi"],
  ["the highest of several", { "a/b/wsgi.py": "", "shop/wsgi.py": "" }, "", "gunicorn shop.wsgi"],
  ["not a test's", { "tests/wsgi.py": "", "src/shop/wsgi.py": "" }, "", "gunicorn src.shop.wsgi"],
  ["in a subfolder", { "backend/shop/wsgi.py": "" }, "backend", "gunicorn --chdir backend shop.wsgi"],
  ["ASGI only", { "shop/asgi.py": "" }, "", "uvicorn shop.asgi:application --host 0.0.0.0 --port $PORT"],
  ["none", {}, "", "gunicorn mysite.wsgi"],
])("suggests %s", async (_name, files, folder, expected) => {
  expect((await read(files, folder)).suggestedStart).toBe(expected);
});

test("what a manifest changes of the platform", async () => {
  expect((await read({ Procfile: "web: x\n" })).platform.injects).toEqual({ PORT: undefined });
  const mounted = await read({ "fly.toml": '[mounts]\nsource = "data"\n' }, "", fly);
  expect(mounted.platform).toMatchObject({ id: "fly", disk: "persistent" });
  expect(Object.keys(mounted.platform.injects)).not.toContain("PORT");
});

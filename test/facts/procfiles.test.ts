import { expect, test } from "vitest";
import { procfiles } from "../../src/facts/procfiles.ts";
import type { Project } from "../../src/facts/project.ts";
import { memoryFiles } from "../../src/files/memory.ts";
import { procfileHost } from "../../src/platforms/procfile-host.ts";

async function read(files: Record<string, string | Uint8Array>, folder = "") {
  const project: Project = {
    framework: "django",
    folder,
    recognisedBy: "manage.py",
    managePy: undefined,
    path: [folder],
  };
  const source = {
    files: memoryFiles(files),
    options: { env: new Map(), closed: false, platformNamed: false },
    platform: procfileHost,
  };
  const fact = await procfiles.read(source, { project });
  if ("kind" in fact) throw new Error(fact.reason);
  return fact;
}

test.each(["procfile", "ProcFile", "PROCFILE", "Procfile.txt", "procfile.yml", "backend/Procfile"])(
  "%s was meant to be the Procfile",
  async (path) => {
    expect((await read({ [path]: "web: gunicorn shop.wsgi\n" })).lookalikes).toEqual([path]);
  },
);

test.each(["Procfile.dev", "Procfile.windows", "Procfile.sh", "docs/procfile", "docker/single/Procfile"])(
  "%s was not",
  async (path) => {
    expect((await read({ [path]: "web: gunicorn shop.wsgi\n" })).lookalikes).toEqual([]);
  },
);

test("another spelling counts when it reads like a Procfile", async () => {
  expect((await read({ Profile: "web: gunicorn shop.wsgi\n" })).lookalikes).toEqual(["Profile"]);
  expect((await read({ Profile: "About us\n" })).lookalikes).toEqual([]);
});

test("the project's own folder is looked into, however deep", async () => {
  const { lookalikes } = await read({ "apps/shop/Procfile": "web: x\n" }, "apps/shop");
  expect(lookalikes).toEqual(["apps/shop/Procfile"]);
});

test("a folder named Procfile", async () => {
  expect((await read({ "Procfile/web": "x" })).lookalikes).toEqual(["Procfile"]);
});

test("the Procfile, with the lines that are not understood, and its encoding", async () => {
  const { procfile } = await read({ Procfile: "web gunicorn shop.wsgi\nworker: celery -A shop worker\n" });
  expect(procfile).toMatchObject({
    encoding: "utf-8",
    processes: [{ name: "worker" }],
    malformed: [{ text: "web gunicorn shop.wsgi", at: { line: 1, column: 1 } }],
  });
  const utf16 = new Uint8Array([0xff, 0xfe, ...Buffer.from("web: x\r\n", "utf16le")]);
  expect((await read({ Procfile: utf16 })).procfile).toMatchObject({
    encoding: "utf-16le",
    processes: [{ name: "web", command: "x" }],
  });
});

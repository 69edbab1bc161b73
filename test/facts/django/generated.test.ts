import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { openDisk } from "../../../src/files/disk.ts";
import { createInterpreter } from "../../../src/python/interpreter.ts";
import { projectRoot } from "../../../src/python/machine.ts";
import { models } from "../../../src/python/models/index.ts";
import { type Plain, toPlain } from "../../../src/python/plain.ts";
import { onDisk } from "../../support/on-disk.ts";
import { hasPython, python } from "../../support/python.ts";

// What the generators of Django and Wagtail write, as CPython imports it and as we do: every name, every value.

const record = `
import importlib, json, pathlib, sys
root = sys.argv[1]
def plain(value):
    if isinstance(value, pathlib.PurePath): return {"$path": str(value.relative_to(root))}
    if isinstance(value, dict): return {key: plain(item) for key, item in value.items()}
    if isinstance(value, tuple): return {"$tuple": [plain(item) for item in value]}
    if isinstance(value, list): return [plain(item) for item in value]
    return value
sys.path.insert(0, root)
module = importlib.import_module(sys.argv[2])
print(json.dumps({name: plain(value) for name, value in vars(module).items() if name.isupper()}))
`;

async function evaluated(root: string, module: string): Promise<Record<string, Plain>> {
  const world = { path: [""], installed: () => undefined, djangoVersion: "5.2", pythonVersion: "3.13" };
  const run = createInterpreter(await openDisk(root), world, models).run(module, {
    env: new Map(),
    held: new Map(),
    branches: new Map(),
  });
  expect(run.outcome).toEqual({ kind: "completed" });
  const names = [...run.names].filter(([name]) => name === name.toUpperCase() && /^[A-Z]/.test(name));
  return Object.fromEntries(
    names.map(([name, { value }]) => [name, toPlain(value, (text) => text.replaceAll(projectRoot, "$REPO"))]),
  );
}

describe.skipIf(!hasPython("django"))("what django-admin writes (needs Python with Django)", () => {
  test("startproject", async () => {
    const root = onDisk({ "README.md": "" });
    execFileSync(python, ["-m", "django", "startproject", "shop", root]);
    const real = JSON.parse(
      execFileSync(python, ["-c", record, root, "shop.settings"], { encoding: "utf8" }),
    );
    expect(await evaluated(root, "shop.settings")).toEqual(real);
  });

  // `wagtail start` is `startproject` with its own template; Wagtail itself need not be imported for it.
  test
    .skipIf(!hasPython("importlib.metadata; importlib.metadata.version('wagtail')"))
    .each(["dev", "production"])("wagtail start: settings.%s", async (name) => {
    const root = onDisk({ "README.md": "" });
    const find =
      "import importlib.metadata as m; print(m.distribution('wagtail').locate_file('wagtail/project_template'))";
    const template = execFileSync(python, ["-c", find], { encoding: "utf8" }).trim();
    execFileSync(python, ["-m", "django", "startproject", "--template", template, "site_", root]);
    const module = `site_.settings.${name}`;
    const real = JSON.parse(execFileSync(python, ["-c", record, root, module], { encoding: "utf8" }));
    expect(await evaluated(root, module)).toEqual(real);
  });
});

import { existsSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { main } from "../../src/cli.ts";
import { onDisk } from "../support/on-disk.ts";

// Whoever wrote the project wrote its configuration, so it is no way out of the repository: neither to read what is
// elsewhere, nor to write there, nor to wait for a device that never ends.

const project = {
  "manage.py": 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n',
  "shop/settings.py": 'DEBUG = True\nROOT_URLCONF = "shop.urls"\n',
};

async function run(cwd: string, ...argv: readonly string[]) {
  const text = { stdout: "", stderr: "" };
  const stream = (name: keyof typeof text) => ({
    write: (written: string) => {
      text[name] += written;
    },
  });
  const surroundings = { env: {}, isTTY: false, columns: undefined, cwd, argv, today: "2026-11-20" };
  const code = await main({ ...surroundings, stdout: stream("stdout"), stderr: stream("stderr") });
  return { ...text, code };
}

/** A project in `own`, which has a link `out` to the folder `elsewhere` beside it. */
function beside(configuration: string): { readonly own: string; readonly elsewhere: string } {
  const top = onDisk({
    ...Object.fromEntries(Object.entries(project).map(([path, text]) => [`elsewhere/${path}`, text])),
    ...Object.fromEntries(Object.entries(project).map(([path, text]) => [`own/${path}`, text])),
    "elsewhere/prod.env": "DEBUG=1\n",
    "own/deploy-check.yaml": configuration,
  });
  symlinkSync("../elsewhere", join(top, "own/out"));
  return { own: join(top, "own"), elsewhere: join(top, "elsewhere") };
}

describe("a configuration leads nowhere out of the repository", () => {
  test.each([
    ["root", "../elsewhere"],
    ["root", "out"],
    ["root", "/etc"],
    ["env-files", "../elsewhere/prod.env"],
    ["env-files", "out/prod.env"],
    ["env-files", "/dev/zero"],
    ["baseline", "../elsewhere/known.json"],
    ["baseline", "out/known.json"],
    ["baseline", "/dev/zero"],
  ])("%s: %s", async (key, place) => {
    const { own, elsewhere } = beside(`${key}: ${place}\n`);
    const stderr = `deploy-check: deploy-check.yaml: ${key} leads out of the repository: ${place}\n`;
    expect(await run(own)).toEqual({ stdout: "", stderr, code: 2 });
    expect(await run(own, "baseline")).toEqual({ stdout: "", stderr, code: 2 });
    expect(existsSync(join(elsewhere, "known.json"))).toBe(false);
  });

  test("but options of the user's do", async () => {
    const { own } = beside("strict: false\n");
    expect((await run(own, "--env-file", "../elsewhere/prod.env")).code).toBe(1);
    expect((await run(own, "baseline", "--baseline", "../elsewhere/known.json")).code).toBe(0);
  });

  test("and a hidden folder is one as any other", async () => {
    const own = onDisk({
      ".backend/manage.py": project["manage.py"],
      ".backend/shop/settings.py": project["shop/settings.py"],
      "deploy-check.yaml": "root: ./.backend/\n",
    });
    const { stdout, code } = await run(own);
    expect(code).toBe(1);
    expect(stdout).toContain("Project       .backend, Django");
  });
});

test.each(["deploy-check.yaml", ".deploy-check.yml"])(
  "%s that is a link out of the project is told",
  async (file) => {
    const { own } = beside("");
    rmSync(join(own, "deploy-check.yaml"));
    symlinkSync("../elsewhere/prod.env", join(own, file));
    const because = "it is no file that may be read, too large, or a link out of the project";
    expect(await run(own)).toEqual({
      stdout: "",
      stderr: `deploy-check: ${file} cannot be used: ${because}\n`,
      code: 2,
    });
  },
);

test("init writes nothing through a link out of the project", async () => {
  const { own, elsewhere } = beside("strict: false\n");
  symlinkSync("../elsewhere", join(own, ".github"));
  expect(await run(own, "init", "--ci", "github")).toEqual({
    stdout: "",
    stderr: "deploy-check: .github/workflows/deploy-check.yml is behind a link out of the project\n",
    code: 2,
  });
  expect(existsSync(join(elsewhere, "workflows"))).toBe(false);

  const linked = onDisk({
    "other.yaml": "# mine\n",
    ...Object.fromEntries(Object.entries(project).map(([path, text]) => [`own/${path}`, text])),
  });
  symlinkSync("../other.yaml", join(linked, "own/deploy-check.yaml"));
  expect((await run(join(linked, "own"), "init", "--force")).code).toBe(2);
  expect(readFileSync(join(linked, "other.yaml"), "utf8")).toBe("# mine\n");
});

test("a configuration that is named through a link to its folder is found", async () => {
  const { own } = beside("strict: false\n");
  symlinkSync("own", join(own, "../linked"));
  const linked = join(own, "../linked");
  expect((await run(own, linked, "--config", join(linked, "deploy-check.yaml"))).code).toBe(1);
});

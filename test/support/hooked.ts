import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import process from "node:process";
import { bin } from "./built.ts";
import { git, onDisk, writeFiles } from "./on-disk.ts";

/** A project whose settings pass, and what breaks them. */
export const good = {
  "manage.py": 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n',
  "shop/settings.py":
    'import os\nSECRET_KEY = os.environ["SECRET_KEY"]\nDEBUG = False\nALLOWED_HOSTS = ["shop.example.com"]\nROOT_URLCONF = "shop.urls"\n',
  "shop/urls.py": "urlpatterns = []\n",
  ".gitignore": "node_modules\n",
} as const;
export const mistake = { "shop/settings.py": good["shop/settings.py"].replace("= False", "= True") };
export const fix = { "shop/settings.py": good["shop/settings.py"] };

/** A repository with one good commit that its remote, a bare repository beside it, has; and deploy-check as npm installs it. */
export function repository(files: Readonly<Record<string, string>> = good): string {
  const outside = onDisk({});
  const root = join(outside, "work");
  git(outside, "init", "-q", "--bare", "-b", "main", "remote.git");
  git(outside, "init", "-q", "-b", "main", "work");
  writeFiles(root, files);
  installTool(root);
  git(root, "remote", "add", "origin", "../remote.git");
  commit(root, "first");
  git(root, "push", "-q", "origin", "main");
  return root;
}

/** What `npm install --save-dev deploy-check` leaves. */
export function installTool(folder: string): void {
  script(join(folder, "node_modules/.bin/deploy-check"), `exec "${process.execPath}" "${bin}" "$@"`);
}

export function script(path: string, ...lines: readonly string[]): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, ["#!/bin/sh", ...lines, ""].join("\n"));
  chmodSync(path, 0o755);
}

/** Commits everything, past the hook. */
export function commit(root: string, message: string): string {
  git(root, "add", "-A");
  git(root, "commit", "-q", "--no-verify", "--allow-empty", "-m", message);
  return git(root, "rev-parse", "HEAD").trim();
}

export interface Ran {
  readonly code: number | null;
  /** Both streams. */
  readonly out: string;
}

/** Runs a program to its end, however it ends. */
export function run(
  folder: string,
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Ran {
  const { status, stdout, stderr } = spawnSync(program, [...args], {
    cwd: folder,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      PATH: process.env.PATH ?? "",
      HOME: folder,
      GIT_CONFIG_NOSYSTEM: "1",
      GIT_AUTHOR_NAME: "A",
      GIT_AUTHOR_EMAIL: "a@example.org",
      GIT_COMMITTER_NAME: "A",
      GIT_COMMITTER_EMAIL: "a@example.org",
      ...env,
    },
  });
  return { code: status, out: stdout + stderr };
}

export const push = (root: string, ...args: readonly string[]): Ran => run(root, "git", ["push", ...args]);

export const deployCheck = (root: string, ...args: readonly string[]): Ran =>
  run(root, process.execPath, [bin, ...args]);

import { execFileSync } from "node:child_process";
import { join } from "node:path";
import process from "node:process";
import { expect, test } from "vitest";
import { hasPython, python } from "./support/python.ts";

const key = "q8#v2m$ZxT7p!rW4c9@LkE1s^uN6y*bH3d&Jf0(gA5o)Xi-QeB7t";

/** Those whose libraries test/requirements.txt has, in an environment like that of their platform. */
const projects: readonly (readonly [folder: string, env: Readonly<Record<string, string>>])[] = [
  ["pythonanywhere-sqlite", {}],
  [
    "railway-pip-tools",
    { RAILWAY_ENVIRONMENT_NAME: "production", RAILWAY_PUBLIC_DOMAIN: "x.up.railway.app" },
  ],
  ["kamal-configurations", { DJANGO_CONFIGURATION: "Production" }],
  ["kubernetes-split-settings/platform", { DJANGO_ENV: "production" }],
  ["render-blueprint", { RENDER: "true", RENDER_EXTERNAL_HOSTNAME: "x.onrender.com" }],
];

/** A redirect that the platform makes, and how far HSTS goes, which has to grow step by step. */
const decided = ["security.W005", "security.W008", "security.W021"];

test
  .skipIf(!hasPython("django", "whitenoise", "dj_database_url", "configurations", "split_settings", "dotenv"))
  .each(projects)(
  "Django's own checks have nothing against %s",
  (folder, env) => {
    const manage = (...args: readonly string[]) => {
      try {
        return execFileSync(python, ["manage.py", ...args], {
          cwd: join(import.meta.dirname, "../fixtures/correct", folder),
          env: {
            PATH: process.env.PATH,
            PYTHONDONTWRITEBYTECODE: "1",
            SECRET_KEY: key,
            DJANGO_SECRET_KEY: key,
            DATABASE_URL: "sqlite://:memory:",
            ...env,
          },
          encoding: "utf8",
          stdio: "pipe",
        });
      } catch (error) {
        return String(error instanceof Error && "stderr" in error ? error.stderr : error);
      }
    };
    const silenced = `import sys
from django.conf import settings
from django.core.checks import run_checks
told = {message.id for message in run_checks(include_deployment_checks=True)}
print("ids:", *sorted(told - {${decided.map((id) => JSON.stringify(id)).join(", ")}}))
from django.core.management import call_command
call_command("makemigrations", check_changes=True, dry_run=True)`;
    expect(manage("shell", "--no-imports", "-c", silenced)).toBe("ids:\nNo changes detected\n");
  },
  60_000,
);

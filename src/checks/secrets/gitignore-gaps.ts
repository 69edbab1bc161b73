import { defineCheck } from "../../check.ts";
import { defaultEngine } from "../../facts/django/databases.ts";
import type { Settings } from "../../facts/django/settings.ts";
import { evidence, fails } from "../../finding.ts";
import { shop } from "../example-shop.ts";

const settingsFile = shop["shop/settings.py"] ?? "";
const reads = { "shop/settings.py": `from dotenv import load_dotenv\n\nload_dotenv()\n${settingsFile}` };

export default defineCheck({
  id: "gitignore-gaps",
  title: ".gitignore keeps secrets and build output out",
  area: "secrets",
  severity: "warning",
  needs: ["repository"],
  wants: ["settings"],
  docs: {
    why: "What .gitignore does not name, the next `git add .` commits. A `.env` that was committed once is in the history for good.",
    fix: "Name them:\n\n```\n.env\n*.sqlite3\n__pycache__/\n.venv/\n```",
    bad: { ...shop, ...reads, ".gitignore": "node_modules/\n" },
    good: { ...shop, ...reads, ".gitignore": ".env\n*.sqlite3\n__pycache__/\n.venv/\n" },
    notReported: [
      "`.env` where the settings read no such file, and `db.sqlite3` where they use none.",
      "`__pycache__/` alone: many keep it in a .gitignore of their own.",
      "Where only a database is not named it is advice.",
    ],
    links: ["https://git-scm.com/docs/gitignore"],
  },
  *run({ repository, settings }) {
    const open = wanted(settings).filter(({ path }) => !repository.ignores(path));
    if (open.every(({ name }) => name === "__pycache__/"))
      return yield evidence(".gitignore names what does not belong into the repository");
    const names = open.map(({ name }) => name);
    yield fails(
      `.gitignore does not name ${list(names)}, so the next "git add ." commits ${names.length === 1 ? "it" : "them"}`,
      {
        fix: `printf '%s\\n' ${names.map((name) => `'${name}'`).join(" ")} >> .gitignore`,
        ...(!open.some(({ isSecret }) => isSecret) && { severity: "info" }),
      },
    );
  },
});

/** What may come to be in the project's folder. */
function wanted(settings: Settings | undefined) {
  const modules = settings?.imports.map(({ module }) => module.split(".")[0]) ?? [];
  const readsDotenv = modules.some((module) =>
    /^(?:dotenv|environ|decouple|environs|dynaconf)$/.test(module ?? ""),
  );
  const engine = settings && defaultEngine(settings.declared);
  return [
    ...(readsDotenv ? [{ name: ".env", path: ".env", isSecret: true }] : []),
    ...(engine?.kind === "named" && engine.sqlite && !engine.outsideProject
      ? [{ name: "*.sqlite3", path: "db.sqlite3", isSecret: false }]
      : []),
    { name: "__pycache__/", path: "app/__pycache__/models.cpython-313.pyc", isSecret: false },
  ];
}

function list(names: readonly string[]): string {
  return [names.slice(0, -1).join(", "), ...names.slice(-1)].filter((part) => part !== "").join(" and ");
}

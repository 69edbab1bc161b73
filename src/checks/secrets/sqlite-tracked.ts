import { defineCheck } from "../../check.ts";
import type { Settings } from "../../facts/django/settings.ts";
import { evidence, fails } from "../../finding.ts";
import { entryOf, textOf } from "../../python/inspect.ts";
import { projectRoot } from "../../python/machine.ts";
import { pathOf } from "../../python/models/pathlib.ts";
import { shop } from "../example-shop.ts";

export default defineCheck({
  id: "sqlite-tracked",
  title: "No SQLite database is in the repository",
  area: "secrets",
  severity: "warning",
  needs: ["repository"],
  wants: ["settings"],
  docs: {
    why: "The database of somebody's machine comes along with every deployment: with its users and the hashes of their passwords, and over the data that the app wrote since.",
    fix: "Take it out of the index and keep it out:\n\n```sh\ngit rm --cached db.sqlite3 && printf '*.sqlite3\\n' >> .gitignore\n```",
    bad: { ...shop, "db.sqlite3": "SQLite format 3\u0000" },
    good: { ...shop, ".gitignore": "*.sqlite3\n" },
    notReported: [
      "A database that git ignores.",
      "Databases below tests, fixtures, documentation and examples.",
      "A file called `.db` that is no SQLite database, or that is empty.",
      "A database that the settings do not name is advice: an app may ship its own data for reading.",
    ],
  },
  *run({ repository, settings }) {
    const own = settings ? named(settings) : new Set<string>();
    for (const path of repository.databases) {
      const isOwn = own.has(path) || /(?:^|\/)db\.sqlite3?$/.test(path);
      yield fails(
        `git tracks ${path}${own.has(path) ? ", the database that DATABASES names" : ", a SQLite database"}`,
        {
          at: { file: path, line: 1, column: 1 },
          fix: `git rm --cached ${path} && printf '%s\\n' '*.${path.split(".").at(-1)}' >> .gitignore`,
          ...(!isOwn && { severity: "info" }),
        },
      );
    }
    yield evidence("git tracks no SQLite database");
  },
});

/** The SQLite files that DATABASES names. */
function named(settings: Settings): ReadonlySet<string> {
  const databases = settings.get("DATABASES").value;
  const files =
    databases.kind === "dict"
      ? [...databases.entries.values()].map(({ value }) => entryOf(value, "NAME"))
      : [];
  return new Set(
    files.flatMap((file) => {
      const path = file && (pathOf(file) ?? textOf(file));
      return path?.startsWith(`${projectRoot}/`) ? [path.slice(projectRoot.length + 1)] : [];
    }),
  );
}

import { defineCheck } from "../../check.ts";
import type { DotenvFile } from "../../facts/dotenv-files.ts";
import { cannotTell, evidence, fails } from "../../finding.ts";

export default defineCheck({
  id: "dotenv-tracked",
  title: "No .env file with secrets is in the repository",
  area: "secrets",
  severity: "error",
  needs: ["dotenvFiles"],
  docs: {
    why: "Whoever can read the repository, now or in its history, has the secrets; keys that reach a public one are used by strangers within minutes. What counts is git's index: a line in .gitignore does nothing for a file that was added before.",
    fix: "Take the file out of the index, keep it out, and give every secret in it a new value, because the old ones stay in the history. Keep a `.env.example` with the names.",
    bad: {
      ".env": "DEBUG=False\nSECRET_KEY=s9k2v!0x7qzl4mfy\n",
      ".gitignore": ".env\n",
      "shop/settings.py": 'import os\n\nSECRET_KEY = os.environ["SECRET_KEY"]\nROOT_URLCONF = "shop.urls"\n',
    },
    good: {
      ".env.example": "DEBUG=False\nSECRET_KEY=\n",
      ".gitignore": ".env\n",
      "shop/settings.py": 'import os\n\nSECRET_KEY = os.environ["SECRET_KEY"]\nROOT_URLCONF = "shop.urls"\n',
    },
    notReported: [
      "A file with nothing secret in it, such as `ENVIRONMENT=development`.",
      "Placeholders (`changeme`, `<your key>`, `${SECRET_KEY}`), and passwords that protect nothing (`postgres`).",
      "Values encrypted with dotenvx or sops.",
      "`.env.example` and its kin, cookiecutter's `.envs/.local/`, and files below tests, docs and examples.",
      "A file for development, such as `.env.dev`, is a warning.",
    ],
    links: [
      "https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/removing-sensitive-data-from-a-repository",
    ],
  },
  *run({ dotenvFiles }) {
    const files = dotenvFiles.filter((file) => !file.isExample);
    if (files.length === 0) return yield evidence("there is no .env file, unless git ignores it");
    for (const file of files) {
      const names = secretsOf(file);
      const at = file.entries.find((entry) => entry.holds === "secret")?.at;
      if (file.tracked === false) yield evidence(`git does not track ${file.path}`);
      else if (file.unreadable !== undefined) {
        yield cannotTell(`${file.path} cannot be read: it ${file.unreadable}`);
      } else if (names.length === 0) yield evidence(`${file.path} holds no secret`);
      else if (file.tracked === undefined) {
        yield cannotTell(
          `${file.path} holds ${list(names)} in plain text, and without git's index there is no telling whether it is in the repository`,
          { at },
        );
      } else {
        yield fails(`git tracks ${file.path}, which holds ${list(names)} in plain text`, {
          at,
          fix: untrack(file.path),
          ...(file.isForDevelopment && { severity: "warning" }),
        });
      }
    }
  },
});

function secretsOf({ entries }: DotenvFile): readonly string[] {
  return [...new Set(entries.filter((entry) => entry.holds === "secret").map(({ name }) => name))];
}

/** "A", "A and B", "A, B and 3 more secrets". */
function list(names: readonly string[]): string {
  if (names.length > 3) return `${names.slice(0, 2).join(", ")} and ${names.length - 2} more secrets`;
  return [names.slice(0, -1).join(", "), ...names.slice(-1)].filter((part) => part !== "").join(" and ");
}

function untrack(path: string): string {
  const ignored = path.split("/").at(-1) === ".env" ? "'.env' '.env.*' '!.env.example'" : quoted(`/${path}`);
  return [
    `git rm --cached -- ${quoted(path)}`,
    `printf '%s\\n' ${ignored} >> .gitignore`,
    "# then give each of its secrets a new value: the old ones stay in the history",
  ].join("\n");
}

function quoted(path: string): string {
  return /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}

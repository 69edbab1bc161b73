import { defineCheck } from "../../check.ts";
import { evidence, fails } from "../../finding.ts";
import { shop } from "../example-shop.ts";

export default defineCheck({
  id: "virtualenv-tracked",
  title: "No virtual environment is in the repository",
  area: "secrets",
  severity: "error",
  needs: ["repository"],
  docs: {
    why: "A virtual environment holds programs for one machine and one Python, and absolute paths. On the platform they are of the wrong kind, or the build stops: Heroku's ends with \"Existing '.venv/' directory found\".",
    fix: "Take it out of the index and keep it out:\n\n```sh\ngit rm -r --cached venv && printf 'venv/\\n' >> .gitignore\n```",
    bad: { ...shop, "venv/pyvenv.cfg": "home = /usr/bin\nversion = 3.13.1\n" },
    good: { ...shop, ".gitignore": "venv/\n" },
    notReported: [
      "An environment that git ignores.",
      "A folder by the name of one without an environment in it.",
    ],
    links: ["https://github.com/heroku/heroku-buildpack-python/blob/main/lib/checks.sh"],
  },
  *run({ repository }) {
    for (const folder of repository.environments) {
      yield fails(`git tracks the virtual environment ${folder}/`, {
        at: { file: `${folder}/pyvenv.cfg`, line: 1, column: 1 },
        fix: `git rm -r --cached ${folder} && printf '${folder}/\\n' >> .gitignore`,
      });
    }
    yield evidence("git tracks no virtual environment");
  },
});

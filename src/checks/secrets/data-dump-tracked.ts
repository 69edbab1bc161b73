import { defineCheck } from "../../check.ts";
import { evidence, fails } from "../../finding.ts";
import { shop } from "../example-shop.ts";

export default defineCheck({
  id: "data-dump-tracked",
  title: "No dump of people's data is in the repository",
  area: "secrets",
  severity: "warning",
  needs: ["repository"],
  docs: {
    why: "A dump holds the names, addresses and password hashes of real people, for everybody who can read the repository and for as long as its history is kept.",
    fix: "Take it out of the index, and out of the history if the people are real:\n\n```sh\ngit rm --cached backup.json\n```",
    bad: {
      ...shop,
      "backup.json":
        '[{"model": "auth.user", "pk": 1, "fields": {"username": "ada", "password": "pbkdf2_sha256$870000$c2FsdA$aGFzaA="}}]\n',
    },
    good: { ...shop, ".gitignore": "/backup.json\n" },
    notReported: [
      "Fixtures, seeds and the data of tests, by their folder.",
      "SQL without rows of users: schemas, functions, reference data.",
    ],
    links: [
      "https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/removing-sensitive-data-from-a-repository",
    ],
  },
  *run({ repository }) {
    for (const { path, kind } of repository.dumps) {
      yield fails(`git tracks ${path}, ${kind}`, {
        at: { file: path, line: 1, column: 1 },
        fix: `git rm --cached ${path} && printf '/${path}\\n' >> .gitignore`,
      });
    }
    yield evidence("git tracks no dump of people's data");
  },
});

import { defineCheck } from "../../check.ts";
import { evidence, fails, notApplicable } from "../../finding.ts";
import { startOf } from "../../location.ts";
import { findingsOf } from "../told-by-platform.ts";

export default defineCheck({
  id: "dependency-manifest-missing",
  title: "The platform finds the list of packages",
  area: "runtime",
  severity: "error",
  needs: ["packageFiles", "deployment"],
  wants: ["packages", "project"],
  docs: {
    why: "A platform installs packages from a file with a fixed name in the folder that it builds. A misspelt name, another folder or a `-r` of a file that is not there stops the build.",
    fix: "Put `requirements.txt` (or the lock of your package manager) into the root of the repository. It can name another file:\n\n```\n-r requirements/production.txt\n```",
    bad: {
      ".python-version": "3.13\n",
      Procfile: "web: gunicorn shop.wsgi\n",
      "app.json": '{ "stack": "heroku-24" }\n',
      "requirements/production.txt": "django\ngunicorn\n",
      "shop/wsgi.py":
        "from django.core.wsgi import get_wsgi_application\n\napplication = get_wsgi_application()\n",
    },
    good: {
      ".python-version": "3.13\n",
      Procfile: "web: gunicorn shop.wsgi\n",
      "app.json": '{ "stack": "heroku-24" }\n',
      "requirements.txt": "-r requirements/production.txt\n",
      "requirements/production.txt": "django\ngunicorn\n",
      "shop/wsgi.py":
        "from django.core.wsgi import get_wsgi_application\n\napplication = get_wsgi_application()\n",
    },
    notReported: [
      "A Dockerfile that is deployed installs what it says.",
      "A `Pipfile` without a lock: that is `package-manager-conflict`.",
      "Files elsewhere, where the platform is not known: a setting of the host may name them.",
      "A project in a subfolder without a Procfile in the root is a warning: the platform may build that folder.",
    ],
    links: ["https://devcenter.heroku.com/articles/python-support"],
  },
  *run({ packageFiles, deployment, packages, project }) {
    const { inRoot, misspelt, elsewhere, ignored, dockerfile } = packageFiles;
    const { platform } = deployment;
    if (dockerfile !== undefined) return yield notApplicable(`${dockerfile} installs the packages`);
    for (const { message, at } of packages?.broken ?? []) yield fails(message, { at });

    const told = findingsOf(deployment, "dependency-manifest-missing");
    yield* told;
    if (told.length > 0) return;
    const rules = platform.packages;
    if (rules?.sources.length === 0) {
      return yield notApplicable(`${deployment.manifests.join(", ")} says what is installed`);
    }
    const named = rules?.none === "unknown" ? undefined : rules?.sources.map(({ file }) => file);
    // A file may be there twice, with and without its lock.
    const accepted = named && [...new Set(named)];
    const found = accepted ? inRoot.filter((name) => accepted.includes(name)) : inRoot;
    if (found.length > 0) return yield evidence(`${found[0]} is there`);
    if (accepted?.includes("Pipfile.lock") && inRoot.includes("Pipfile")) {
      return yield notApplicable("there is a Pipfile, if without a lock");
    }

    const reads = accepted
      ? `${platform.name} reads ${oneOf(accepted)}`
      : "requirements.txt is what hosts read";
    const here = packageFiles.folder === "" ? "in the root of the repository" : `in ${packageFiles.folder}`;
    const hidden = ignored.find((name) => accepted?.includes(name) ?? true);
    if (hidden !== undefined) {
      return yield fails(`${hidden} is ignored by git, so it does not reach the deployment`, {
        fix: `git add -f ${hidden}`,
      });
    }
    const [wrong] = misspelt;
    if (wrong !== undefined) {
      return yield fails(`${wrong} is not read: ${reads} ${here}`, {
        at: startOf(wrong),
        fix: `git mv ${wrong} requirements.txt`,
      });
    }
    const [source = elsewhere[0]] = packages?.sources ?? [];
    const unread = source ?? inRoot[0];
    if (!accepted && unread !== undefined) return yield evidence(`${unread} names the packages`);
    const subfolder = project?.folder;
    if (subfolder && source?.startsWith(`${subfolder}/`) && deployment.processes.length === 0) {
      return yield fails(`${source} is not read: ${reads} ${here}`, {
        at: startOf(source),
        when: [`${platform.name} builds the root of the repository, and not ${subfolder}`],
        severity: "warning",
        fix: `# requirements.txt\n-r ${source}`,
      });
    }
    if (unread !== undefined) {
      return yield fails(`${unread} is not read: ${reads} ${here}`, {
        at: startOf(unread),
        fix: unread.endsWith(".txt") ? `# requirements.txt\n-r ${unread}` : lockFor(unread),
      });
    }
    yield fails(`no file names the packages to install: ${reads} ${here}`, {
      fix: "# requirements.txt\ndjango>=5.2,<5.3\ngunicorn>=23,<27",
      ...(accepted ? {} : { severity: "warning" }),
    });
  },
});

function oneOf(names: readonly string[]): string {
  return `${names.slice(0, -1).join(", ")} or ${names.at(-1)}`;
}

/** How to get a file that is read from one that is not. */
function lockFor(file: string): string | undefined {
  if (file.endsWith("pdm.lock")) return "pdm export --prod -o requirements.txt";
  if (file.endsWith("pyproject.toml")) return "uv lock && git add uv.lock   # or: poetry lock";
  if (/(?:^|\/)Pipfile(?:\.lock)?$/.test(file)) return "pipenv requirements > requirements.txt";
  return file === "setup.py" ? "# requirements.txt\n--editable ." : undefined;
}

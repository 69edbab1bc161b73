import { defineCheck } from "../../check.ts";
import { evidence, fails, notApplicable } from "../../finding.ts";
import { startOf } from "../../location.ts";

export default defineCheck({
  id: "package-manager-conflict",
  title: "One package manager is in charge",
  area: "runtime",
  severity: "error",
  needs: ["packageFiles", "deployment"],
  docs: {
    why: "With the files of two package managers side by side nobody knows which list counts, and they drift apart. Heroku stops the build, as it does for a Pipfile without its lock.",
    fix: "Keep the files of one package manager, and remove the others:\n\n```sh\ngit rm requirements.txt\n```",
    bad: {
      ".python-version": "3.13\n",
      Procfile: "web: gunicorn shop.wsgi\n",
      "app.json": '{ "stack": "heroku-24" }\n',
      Pipfile: '[packages]\ndjango = "*"\ngunicorn = "*"\n',
      "requirements.txt": "django\ngunicorn\n",
      "shop/wsgi.py":
        "from django.core.wsgi import get_wsgi_application\n\napplication = get_wsgi_application()\n",
    },
    good: {
      ".python-version": "3.13\n",
      Procfile: "web: gunicorn shop.wsgi\n",
      "app.json": '{ "stack": "heroku-24" }\n',
      "requirements.txt": "django\ngunicorn\n",
      "shop/wsgi.py":
        "from django.core.wsgi import get_wsgi_application\n\napplication = get_wsgi_application()\n",
    },
    notReported: [
      "A Dockerfile that is deployed installs what it says.",
      "A `pyproject.toml` beside `requirements.txt`, and a lock beside its own `pyproject.toml` or `Pipfile`.",
      "Files in other folders.",
      "A platform that takes the first file it finds; on a host we do not know it is a warning.",
    ],
    links: [
      "https://devcenter.heroku.com/articles/python-support",
      "https://github.com/heroku/heroku-buildpack-python/blob/main/lib/package_manager.sh",
    ],
  },
  *run({ packageFiles, deployment }) {
    const { inRoot, folder, dockerfile } = packageFiles;
    const { platform } = deployment;
    if (dockerfile !== undefined) return yield notApplicable(`${dockerfile} installs the packages`);
    // A platform with rules of its own takes the first file it knows; of a host without any, nobody knows.
    const unknownHost = platform.python === undefined;
    const wantsOne = platform.packages?.several === "fails";
    const names = platform.packages?.sources.map(({ file }) => file) ?? [];
    const needsLock = names.includes("Pipfile.lock") && !names.includes("Pipfile");
    const lacksLock = inRoot.includes("Pipfile") && !inRoot.includes("Pipfile.lock");
    if (!wantsOne && !unknownHost && !(needsLock && lacksLock))
      return yield notApplicable(`${platform.name} takes the first file it finds`);
    const accepted = names.length > 0 ? names : usual;
    const severity = wantsOne || needsLock ? undefined : ("warning" as const);
    const at = (name: string) => startOf(folder === "" ? name : `${folder}/${name}`);

    const locked = inRoot.includes("Pipfile.lock") || !accepted.includes("Pipfile.lock");
    if (inRoot.includes("Pipfile") && !locked) {
      const other = inRoot.find((name) => accepted.includes(name));
      const consequence = severity
        ? "what is installed changes from build to build"
        : `${platform.name} refuses to build without it`;
      if (severity && other !== undefined)
        return yield notApplicable(`Pipfile has no lock, and ${other} is there`);
      return yield fails(`Pipfile has no Pipfile.lock, and ${consequence}`, {
        at: at("Pipfile"),
        severity,
        fix:
          other === undefined ? "pipenv lock && git add Pipfile.lock" : `git rm Pipfile   # keeps ${other}`,
      });
    }
    const found = inRoot.filter((name) => accepted.includes(name));
    const [first, second] = found;
    if (first === undefined) return yield notApplicable("no file names the packages");
    if (second === undefined) return yield evidence(`${first} is the only list of packages`, at(first));
    // A lock is made from something, so it is what people work with.
    const kept = found.find((name) => name.endsWith(".lock")) ?? first;
    const others = found.filter((name) => name !== kept);
    const consequence = severity
      ? "which one is installed depends on the host"
      : `${platform.name} refuses to build with more than one`;
    yield fails(
      `${found.slice(0, -1).join(", ")} and ${found.at(-1)} each list the packages, and ${consequence}`,
      { severity, at: at(others[0] ?? first), fix: `git rm ${others.join(" ")}   # keeps ${kept}` },
    );
  },
});

/** Files that each make some builder choose a package manager. */
const usual = ["Pipfile.lock", "requirements.txt", "poetry.lock", "uv.lock"];

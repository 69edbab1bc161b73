import { defineCheck } from "../../check.ts";
import { advisedPython } from "../../facts/python-releases.ts";
import { evidence, fails, notApplicable } from "../../finding.ts";
import { pythonPin } from "../../platforms/rules.ts";

const usualPin = pythonPin(undefined, advisedPython);

export default defineCheck({
  id: "python-version-unspecified",
  title: "The project says which Python it runs on",
  area: "runtime",
  severity: "warning",
  needs: ["pythonVersions", "packageFiles", "deployment"],
  docs: {
    why: "Without a version the platform picks one, and a later build may get a newer Python that the pinned packages do not support: a deploy breaks although no commit changed anything.",
    fix: `Name the version, without the patch, so that security releases arrive by themselves:\n\n\`\`\`sh\n${usualPin}\n\`\`\``,
    bad: {
      Procfile: "web: gunicorn shop.wsgi\n",
      "app.json": '{ "stack": "heroku-24" }\n',
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
      "A Dockerfile that is deployed: its image brings Python.",
      "A version that the platform's manifest sets as `PYTHON_VERSION`.",
      "A script that moves the project's folder to the root while building, and may write a version too.",
      "A file that the platform rejects: that is `python-version-malformed`.",
      "Where the platform is not known, `requires-python` is as good as a version, and a project with a Dockerfile that we do not follow is left alone.",
    ],
    links: ["https://devcenter.heroku.com/articles/python-runtimes"],
  },
  *run({ pythonVersions, packageFiles, deployment }) {
    const { chosen, declared, image, misspelt } = pythonVersions;
    const { platform } = deployment;
    const pin = pythonPin(platform.python, advisedPython);
    if (platform.python?.absent !== undefined) return yield notApplicable(platform.python.absent);
    if (packageFiles.dockerfile !== undefined) {
      const name = image ? `the image ${image.name}` : packageFiles.dockerfile;
      return yield notApplicable(`${name} brings its own Python`);
    }
    if (packageFiles.mover !== undefined)
      return yield notApplicable(
        `${packageFiles.mover} changes the files while building, and may name a version`,
      );
    const strict = platform.python?.strictWith?.find((lock) => packageFiles.inRoot.includes(lock));
    if (strict !== undefined && chosen?.file === "runtime.txt") {
      return yield fails(`${platform.name} refuses ${chosen.path} together with ${strict}`, {
        at: chosen.at,
        severity: "error",
        fix: `git rm ${chosen.path} && ${pin}`,
      });
    }
    const refused = declared.find(({ file }) => platform.python?.refuses?.some((one) => one === file));
    if (refused && !chosen) return yield notApplicable(`${platform.name} refuses ${refused.path}`);
    if (misspelt.length > 0) return yield notApplicable(`${misspelt[0]} was meant to name a version`);
    if (chosen) return yield evidence(`${chosen.path} asks for Python "${chosen.text}"`, chosen.at);

    const rules = platform.python;
    const sources: readonly string[] = rules?.sources ?? ["$PYTHON_VERSION"];
    const variable = deployment.env.find(({ name }) => sources.includes(`$${name}`));
    if (variable) return yield evidence(`${variable.name} is set`, variable.at);
    const [unread] = declared;
    if (!rules) {
      if (unread) return yield evidence(`${unread.path} asks for Python "${unread.text}"`, unread.at);
      const image = deployment.unread?.find((path) => /Dockerfile|compose/.test(path));
      if (image !== undefined) return yield notApplicable(`${image} may bring its own Python`);
      return yield fails("no file says which Python the project runs on", { fix: pin });
    }
    const aside = unread ? ` (it does not read "${unread.text}" in ${unread.path})` : "";
    if (strict !== undefined) {
      return yield fails(
        `no .python-version is there, and ${platform.name} requires one together with ${strict}${aside}`,
        { at: unread?.at, severity: "error", fix: pin },
      );
    }
    if (rules.chosenIn !== undefined)
      return yield notApplicable(`the version is chosen in ${rules.chosenIn}, and not in the repository`);
    const picks = rules.fallback === undefined ? "one of its own choice" : rules.fallback;
    // Without a file that it reads, only variables are left, which are set outside the repository.
    const variables = rules.sources.filter((source) => source.startsWith("$"));
    const when = variables.length === rules.sources.length ? variables.map((name) => `${name} is unset`) : [];
    yield fails(`${platform.name} finds no Python version and takes ${picks}${aside}`, {
      at: unread?.at,
      when,
      fix: pin,
    });
  },
});

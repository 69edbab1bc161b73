import { defineCheck } from "../../check.ts";
import { advisedPython, seriesOf } from "../../facts/python-releases.ts";
import { evidence, fails, notApplicable } from "../../finding.ts";

export default defineCheck({
  id: "python-version-malformed",
  title: "The Python version is written as the platform reads it",
  area: "runtime",
  severity: "error",
  needs: ["pythonVersions", "deployment"],
  docs: {
    why: "A platform reads the version by a strict grammar. A prefix, quotes, a wildcard, a second version, a misspelt file name or a file in UTF-16 stops the build.",
    fix: `Leave one line of the form \`3.13\` in a file named exactly \`.python-version\`:\n\n\`\`\`sh\nprintf '${advisedPython}\\n' > .python-version\n\`\`\``,
    bad: {
      ".python-version": "python-3.13\n",
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
      "Comments on lines of their own, blank lines, and space around the version.",
      "Several versions, as pyenv allows them, where the platform is not known.",
      "`python-3.13` in `runtime.txt`, where the prefix is required.",
      "A file that the platform does not read, or that another one overrides.",
    ],
    links: ["https://devcenter.heroku.com/articles/python-runtimes"],
  },
  *run({ pythonVersions, deployment }) {
    const { chosen, declared, image, misspelt } = pythonVersions;
    const { platform } = deployment;
    if (image) return yield notApplicable(`the image ${image.name} brings its own Python`);
    const refused = declared.find(({ file }) => platform.python?.refuses?.some((one) => one === file));
    if (refused) {
      const version = refused.version === undefined ? advisedPython : seriesOf(refused.version);
      const remains = declared.some(({ file }) => file === ".python-version");
      return yield fails(`${refused.path} is there, and ${platform.name} refuses to build with it`, {
        at: refused.at,
        fix: `git rm ${refused.path}${remains ? "" : ` && printf '${version}\\n' > .python-version`}`,
      });
    }
    for (const path of misspelt) {
      yield fails(`the name of ${path} is near .python-version, and ${platform.name} refuses to build`, {
        at: { file: path, line: 1, column: 1 },
        fix: declared.some(({ file }) => file === ".python-version")
          ? `git rm '${path}'`
          : `git mv '${path}' .python-version`,
      });
    }
    if (misspelt.length > 0) return;
    if (!chosen) return yield notApplicable(`no file that ${platform.name} reads names a Python version`);
    if (chosen.problem === undefined) {
      return yield evidence(`${chosen.path} asks for Python "${chosen.text}"`, chosen.at);
    }
    const meant = chosen.version === undefined ? undefined : seriesOf(chosen.version);
    const supported = platform.python?.supported ?? [];
    const isSupported = supported.length === 0 ? platform.python : meant && supported.includes(meant);
    const version = meant !== undefined && isSupported ? meant : advisedPython;
    const isVariable = chosen.file.startsWith("$");
    const remove = isVariable
      ? `# without ${chosen.file.slice(1)} in ${chosen.path}:\n`
      : chosen.file === ".python-version"
        ? ""
        : `git rm ${chosen.path} && `;
    const fallsBack = platform.python?.unreadable === "falls-back" && !chosen.stops;
    const consequence = fallsBack
      ? `, so ${platform.name} builds with ${platform.python?.fallback}`
      : platform.python
        ? `, so ${platform.name} refuses to build`
        : ", which no builder we know takes for a version";
    yield fails(`${chosen.problem}${consequence}`, {
      at: chosen.at,
      ...((!platform.python || fallsBack) && { severity: "warning" }),
      fix:
        chosen.file === "Pipfile.lock" || chosen.file === "Pipfile"
          ? `# Pipfile\n[requires]\npython_version = "${version}"\n# then: pipenv lock`
          : `${remove}printf '${version}\\n' > .python-version`,
    });
  },
});

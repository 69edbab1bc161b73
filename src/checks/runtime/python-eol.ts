import { defineCheck } from "../../check.ts";
import { advisedPython, endOfLifeOf, releasesAsOf, seriesOf } from "../../facts/python-releases.ts";
import { evidence, fails, notApplicable } from "../../finding.ts";
import { pythonPin } from "../../platforms/rules.ts";

export default defineCheck({
  id: "python-eol",
  title: "The Python version gets security fixes",
  area: "runtime",
  severity: "error",
  needs: ["pythonVersions", "deployment"],
  docs: {
    why: "A Python version past its end of life gets no security fixes, and new releases of packages stop supporting it. Platforms refuse to build it.",
    fix: `Move to a supported version, and update the packages that do not run on it:\n\n\`\`\`sh\nprintf '${advisedPython}\\n' > .python-version\n\`\`\``,
    bad: {
      ".python-version": "3.8\n",
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
      "A version that the platform still builds is a warning: the deployment works.",
      "`requires-python` is a lower bound, and no version that runs.",
      "A version newer than our table of releases.",
    ],
    links: ["https://devguide.python.org/versions/", "https://devcenter.heroku.com/articles/python-runtimes"],
  },
  *run({ pythonVersions, deployment }) {
    const { chosen, image } = pythonVersions;
    const { platform } = deployment;
    const source = image
      ? { name: `the image ${image.name}`, version: image.version, at: image.at, builds: [] }
      : chosen && {
          name: chosen.path,
          version: chosen.problem === undefined ? chosen.version : undefined,
          at: chosen.at,
          builds: platform.python?.supported ?? [],
        };
    if (!source) return yield notApplicable("no file that the platform reads names a Python version");
    const { name, version, at, builds } = source;
    if (version === undefined) return yield notApplicable(`${name} names no single version of Python`);

    const day = endOfLifeOf(version);
    const refused = builds.length > 0 && !builds.includes(seriesOf(version));
    const asks = image ? `${name} has Python ${version}` : `${name} asks for Python ${version}`;
    const age = day && `whose security fixes ended on ${day} (as of ${releasesAsOf})`;
    const fix = image
      ? `# ${image.at.file}\nFROM python:${advisedPython}-slim`
      : chosen?.file === "runtime.txt"
        ? `git rm ${chosen.path} && printf '${advisedPython}\\n' > .python-version`
        : pythonPin(platform.python, advisedPython);
    if (refused) {
      const why = age ? `, ${age}, and ${platform.name}` : `, which ${platform.name}`;
      return yield fails(`${asks}${why} refuses to build`, { at, fix });
    }
    if (age) return yield fails(`${asks}, ${age}`, { at, fix, severity: "warning" });
    yield evidence(`${asks}, which is supported as of ${releasesAsOf}`, at);
  },
});

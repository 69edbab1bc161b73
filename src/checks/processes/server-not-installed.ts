import { defineCheck } from "../../check.ts";
import { unlessOptional } from "../../facts/packages.ts";
import { withoutEventlet } from "../../facts/servers/gone-workers.ts";
import { cannotTell, evidence, fails, notApplicable } from "../../finding.ts";

export default defineCheck({
  id: "server-not-installed",
  title: "The server that the start command names is installed",
  area: "processes",
  severity: "error",
  needs: ["webServer", "packages", "deployment"],
  docs: {
    why: "A server that is installed on the laptop only, or that stands in the requirements for development, is not there in production: the process ends with `command not found`, and every request with an error.",
    fix: "Add the server to the packages of production:\n\n```\ngunicorn>=23,<27\n```",
    bad: {
      ".python-version": "3.13\n",
      Procfile: "web: gunicorn shop.wsgi\n",
      "app.json": '{ "stack": "heroku-24" }\n',
      "requirements.txt": "django\n",
      "requirements-dev.txt": "gunicorn\n",
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
      "A server that another package brings: `fastapi[standard]` brings uvicorn, `uvicorn-worker` brings both.",
      "A server that the platform itself brings: gunicorn on Elastic Beanstalk and Azure App Service.",
      "A server that a build command or the deployed Dockerfile installs.",
      "A server that the project declares for an extra is a warning: nothing in the repository installs the extra, but the host may.",
      "Development servers, which come with Django: that is `dev-server-in-production`.",
      "A list of packages that is not complete makes the answer unknown.",
    ],
    links: ["https://docs.djangoproject.com/en/stable/howto/deployment/wsgi/gunicorn/"],
  },
  *run({ webServer, packages, deployment: { platform } }) {
    const { distribution, program, process, alsoNeeds } = webServer;
    const [list = "the list of packages"] = packages.sources;
    const needed = [
      ...(distribution === undefined
        ? []
        : [{ distribution, because: `the ${process.name} process starts ${program}` }]),
      // The package of a worker class that gunicorn no longer has is of no use: worker-class-gone says so.
      ...(withoutEventlet(webServer, packages) ? [] : alsoNeeds),
    ];
    if (needed.length === 0) return yield notApplicable(`${program} comes with Python or Django`);
    for (const { distribution: name, because } of needed) {
      if (platform.start.provides?.includes(name)) {
        yield evidence(`${platform.name} brings ${name}`, packages.get(name)?.at);
        continue;
      }
      switch (packages.installs(name)) {
        case "yes":
          yield evidence(`${name} is installed`, packages.get(name)?.at);
          break;
        case "no":
          yield fails(`${because}, and ${list} does not install ${name}`, {
            at: process.at,
            fix: packages.addition(name),
            ...unlessOptional(packages, [name]),
          });
          break;
        case "unknown":
          yield cannotTell(
            `${because}, and it is not known whether ${name} is installed: ${packages.incomplete ?? `${list} names packages that may bring it`}`,
            { at: process.at },
          );
      }
    }
  },
});

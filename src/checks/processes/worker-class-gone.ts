import { defineCheck } from "../../check.ts";
import { withoutEventlet } from "../../facts/servers/gone-workers.ts";
import { evidence, fails, notApplicable } from "../../finding.ts";
import { shop } from "../example-shop.ts";

export default defineCheck({
  id: "worker-class-gone",
  title: "The installed gunicorn has its worker class",
  area: "processes",
  severity: "error",
  needs: ["webServer", "packages"],
  docs: {
    why: "gunicorn 26 has no `eventlet` worker any more, and ends with \"class uri 'eventlet' invalid or not found\" before it answers anything. `uvicorn.workers` is deprecated, and goes with a release of uvicorn that nobody announces to your build.",
    fix: "Take a worker that is there:\n\n```\nweb: gunicorn shop.asgi:application -k uvicorn_worker.UvicornWorker\n```",
    bad: {
      ...shop,
      Procfile: "web: gunicorn -k eventlet shop.wsgi\n",
      "requirements.txt": "django>=5.2,<6\neventlet==0.40.0\ngunicorn==26.1.0\n",
    },
    good: {
      ...shop,
      Procfile: "web: gunicorn -k gthread --threads 4 shop.wsgi\n",
      "requirements.txt": "django>=5.2,<6\ngunicorn==26.1.0\n",
    },
    notReported: [
      "A gunicorn that is held below 26.",
      "A worker class whose package is missing: `server-not-installed` says so.",
      "`uvicorn.workers.UvicornWorker` works, and is advice only.",
    ],
    links: [
      "https://docs.gunicorn.org/en/stable/settings.html#worker-class",
      "https://github.com/Kludex/uvicorn-worker",
    ],
  },
  *run({ webServer, packages }) {
    const { program, workerClass, at } = webServer;
    if (program !== "gunicorn") return yield notApplicable(`${program} has no worker classes`);
    if (!workerClass) return yield evidence("gunicorn takes its own default worker", at);
    if (!workerClass.known) return yield notApplicable(`nothing tells what ${workerClass.text} is`);
    const gunicorn = withoutEventlet(webServer, packages);
    if (gunicorn) {
      const asks =
        gunicorn.version === undefined
          ? `${gunicorn.at.file} lets gunicorn be 26 or newer`
          : `${gunicorn.at.file} installs gunicorn ${gunicorn.version}`;
      return yield fails(`gunicorn's worker class is eventlet, and ${asks}, which has none`, {
        at,
        fix: "-k gthread --threads 4",
      });
    }
    if (/^uvicorn\.workers\./.test(workerClass.text)) {
      return yield fails(
        `gunicorn's worker class is ${workerClass.text}, which uvicorn has deprecated for the package uvicorn-worker`,
        {
          at,
          severity: "info",
          fix: `-k uvicorn_worker.${workerClass.text.split(".").at(-1)}\n${packages.addition("uvicorn-worker")}`,
        },
      );
    }
    yield evidence(`gunicorn has the worker class ${workerClass.text}`, at);
  },
});

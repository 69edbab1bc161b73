import { defineCheck } from "../../check.ts";
import { evidence, fails, notApplicable } from "../../finding.ts";
import { shop } from "../example-shop.ts";

const heroku = { ...shop, "app.json": '{ "stack": "heroku-24" }\n' };

export default defineCheck({
  id: "timeout-vs-router",
  title: "The server gives a request up before the router does",
  area: "processes",
  severity: "warning",
  needs: ["webServer", "deployment"],
  docs: {
    why: "The router answers a slow request with an error (Heroku: H12, after 30 seconds), and the worker goes on for nobody. A worker that may take longer, or for ever, stays busy with requests whose visitors are gone, until none is left for the others.",
    fix: "Stay below the router's limit, and hand long work to a queue:\n\n```\nweb: gunicorn --timeout 25 shop.wsgi\n```",
    bad: { ...heroku, Procfile: "web: gunicorn --timeout 120 shop.wsgi\n" },
    good: { ...heroku, Procfile: "web: gunicorn --timeout 25 shop.wsgi\n" },
    notReported: [
      "Workers that are not `sync`: for them it is no limit of a request.",
      "Workers with threads, which are not `sync` either: Cloud Run's own guide has `--threads 8 --timeout 0`.",
      "A platform whose router's limit is not known, unless there is none at all (`--timeout 0`).",
      "gunicorn's default of 30 seconds.",
    ],
    links: [
      "https://devcenter.heroku.com/articles/request-timeout",
      "https://docs.gunicorn.org/en/stable/settings.html#timeout",
    ],
  },
  *run({ webServer, deployment: { platform } }) {
    const { program, timeout, workerClass, options, at } = webServer;
    if (program !== "gunicorn") return yield notApplicable(`${program} has no limit for a request`);
    if (workerClass && workerClass.text !== "sync")
      return yield notApplicable(
        `gunicorn's timeout is no limit of a request with the worker ${workerClass.text}`,
      );
    // More than one thread makes gunicorn's worker gthread, which gives its sign of life beside the requests.
    if (options.threads && options.threads.text !== "1")
      return yield notApplicable(
        "gunicorn's timeout is no limit of a request where its workers have threads",
      );
    if (!timeout?.known)
      return yield notApplicable(
        timeout ? `nothing tells what ${timeout.text} is` : "gunicorn has its default timeout of 30 seconds",
      );
    const seconds = Number(timeout.text);
    const limit = platform.start.requestTimeout;
    if (seconds === 0) {
      return yield fails("gunicorn's timeout is 0, so that a worker that hangs is never ended", {
        at,
        fix: "--timeout 25",
      });
    }
    if (limit === undefined)
      return yield notApplicable(`after which time ${platform.name} gives a request up is not known`);
    if (seconds <= limit)
      return yield evidence(
        `gunicorn's timeout is ${seconds} seconds, and that of ${platform.name} ${limit}`,
        at,
      );
    yield fails(
      `gunicorn's timeout is ${seconds} seconds, and ${platform.name} gives a request up after ${limit}`,
      { at, fix: `--timeout ${limit - 5}` },
    );
  },
});

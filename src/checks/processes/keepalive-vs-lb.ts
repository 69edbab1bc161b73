import { defineCheck } from "../../check.ts";
import { evidence, fails, notApplicable } from "../../finding.ts";
import { shop } from "../example-shop.ts";

const heroku = { ...shop, "app.json": '{ "stack": "heroku-24" }\n' };

/** gunicorn's own default, in seconds: https://docs.gunicorn.org/en/stable/settings.html#keepalive */
const byItself = "2";

/**
 * The catalogue has a warning. It is a race that hits one request in very many, the platform has routers of two kinds,
 * and connections can be turned off for the app: nothing that a project has to change before it deploys.
 */
export default defineCheck({
  id: "keepalive-vs-lb",
  title: "The server keeps connections open for as long as the router does",
  area: "processes",
  severity: "info",
  needs: ["webServer", "deployment"],
  docs: {
    why: "The router keeps a connection to the app for the next request. If the server ends it first, it may do so at the very moment at which the router sends one, and the visitor gets an error (502, or H13 on Heroku), now and then, and mostly when there is little to do.",
    fix: "Keep them open longer than the router:\n\n```\nweb: gunicorn --worker-class gthread --keep-alive 95 shop.wsgi\n```",
    bad: { ...heroku, Procfile: "web: gunicorn --threads 4 shop.wsgi\n" },
    good: { ...heroku, Procfile: "web: gunicorn --threads 4 --keep-alive 95 shop.wsgi\n" },
    notReported: [
      "`sync` workers, gunicorn's default, which keep no connection open.",
      "A platform of whose router the time is not known.",
      "A proxy in the same container.",
      "A time that a variable holds.",
    ],
    links: [
      "https://devcenter.heroku.com/articles/http-routing#keepalives",
      "https://docs.gunicorn.org/en/stable/settings.html#keepalive",
    ],
  },
  *run({ webServer, deployment: { platform } }) {
    const { program, front, at, options } = webServer;
    const limit = platform.start.keepsIdle;
    if (limit === undefined)
      return yield notApplicable(
        `how long ${platform.name} keeps an idle connection to the app is not known`,
      );
    if (program !== "gunicorn")
      return yield notApplicable(`how long ${program} keeps connections is not judged`);
    if (front !== undefined) return yield notApplicable(`${front} takes the requests`);
    const { workerClass, threads, keepalive } = options;
    const isThreaded = threads?.known && Number(threads.text) > 1;
    if (!isThreaded && (!workerClass || workerClass.text === "sync"))
      return yield evidence("gunicorn's sync workers keep no connection open", at);
    const { text, known } = keepalive ?? { text: byItself, known: true };
    if (!known) return yield notApplicable(`nothing tells what ${text} is`);
    if (Number(text) > limit)
      return yield evidence(
        `gunicorn keeps connections for ${text} seconds, and ${platform.name} for ${limit}`,
        at,
      );
    yield fails(
      `gunicorn keeps idle connections for ${text} seconds, and ${platform.name} sends requests on them for ${limit}`,
      { at: keepalive?.at ?? at, fix: `--keep-alive ${limit + 5}` },
    );
  },
});

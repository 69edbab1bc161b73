import { defineCheck } from "../../check.ts";
import { evidence, notApplicable } from "../../finding.ts";
import { shop } from "../example-shop.ts";
import { findingsOf } from "../told-by-platform.ts";

const id = "platform-retired";

export default defineCheck({
  id,
  title: "The manifest asks for nothing that the platform has given up",
  area: "platform",
  severity: "warning",
  needs: ["deployment"],
  docs: {
    why: "A manifest from an old tutorial names a stack, a plan or a file that the platform no longer offers. A new app cannot be made from it: `heroku-postgresql:hobby-dev` ends Heroku's button with `invalid app.json`, and no build starts on `heroku-20`.",
    fix: 'Name what took its place:\n\n```json\n{ "stack": "heroku-24", "addons": ["heroku-postgresql:essential-0"] }\n```',
    bad: {
      ...shop,
      Procfile: "web: gunicorn shop.wsgi\n",
      "app.json": '{ "stack": "heroku-20", "addons": ["heroku-postgresql:hobby-dev"] }\n',
    },
    good: {
      ...shop,
      Procfile: "web: gunicorn shop.wsgi\n",
      "app.json": '{ "stack": "heroku-24", "addons": ["heroku-postgresql:essential-0"] }\n',
    },
    notReported: [
      "Stacks and plans that are on their way out but still there, such as `heroku-22`.",
      "An add-on without a plan, and plans that our table, which has a date, does not know.",
      "`app.json` of Expo, React Native and others.",
    ],
    links: [
      "https://devcenter.heroku.com/articles/stack",
      "https://devcenter.heroku.com/articles/heroku-postgres-plans",
    ],
  },
  *run({ deployment }) {
    const findings = findingsOf(deployment, id);
    yield* findings;
    if (findings.length > 0) return;
    const { manifests, platform } = deployment;
    if (manifests.length === 0) return yield notApplicable(`there is no manifest for ${platform.name}`);
    yield evidence(
      `${manifests.join(", ")} asks for nothing that we know to be gone (${platform.factsAsOf})`,
    );
  },
});

import { defineCheck } from "../../check.ts";
import { editDistance } from "../../edit-distance.ts";
import { evidence, fails, notApplicable } from "../../finding.ts";
import { shop } from "../example-shop.ts";

export default defineCheck({
  id: "manifest-env-incomplete",
  title: "The manifest declares every variable that the settings insist on",
  area: "platform",
  severity: "warning",
  needs: ["settings", "deployment"],
  docs: {
    why: "A manifest that declares the environment is what a new deployment is made from: a review app, a copy for staging, the same app after a move. A variable that the settings insist on and the manifest does not know makes that deployment fail at its first start.",
    fix: "Declare it. For a secret, declare the name only.",
    bad: { ...shop, Procfile: "web: gunicorn shop.wsgi\n", "app.json": '{"env": {"SENTRY_DSN": {}}}\n' },
    good: {
      ...shop,
      Procfile: "web: gunicorn shop.wsgi\n",
      "app.json": '{"env": {"SECRET_KEY": {"generator": "secret"}}}\n',
    },
    notReported: [
      "A manifest that declares no variables at all: they are kept elsewhere.",
      "Variables that the platform sets, and those with a default in the code.",
      "A manifest beside which the platform keeps secrets (Fly.io), and one that names a file the repository does not hold.",
      "`ENV` of a Dockerfile alone: secrets do not belong there.",
    ],
    links: [
      "https://devcenter.heroku.com/articles/app-json-schema#env",
      "https://render.com/docs/blueprint-spec#environment-variables",
    ],
  },
  *run({ settings, deployment }) {
    const { platform } = deployment;
    const declared = deployment.env.filter(
      ({ at }) => !/(?:^|[/.])(?:dockerfile|containerfile)/i.test(at.file),
    );
    const [first] = declared;
    if (!first) return yield notApplicable("no manifest declares the environment");
    if (deployment.envElsewhere !== undefined)
      return yield notApplicable(`variables are kept in ${deployment.envElsewhere} too`);
    const names = deployment.env.map(({ name }) => name);
    const { variable = "DATABASE_URL", others, fix } = platform.database;
    // Services set these, and whether there are any is what heroku-addon-assumed asks.
    const ofServices = fix === undefined ? [] : [variable, "REDIS_URL"];
    const known = new Set([...names, ...Object.keys(platform.injects), ...others, ...ofServices]);
    const lacking = new Map(
      settings.required.filter(({ name }) => !known.has(name)).map(({ name, at }) => [name, at] as const),
    );
    for (const [name, at] of lacking) {
      const meant = names.find((one) => isNear(one, name));
      const aside = meant === undefined ? "" : `, which has ${meant}`;
      yield fails(`the settings insist on $${name}, and it is not in ${first.at.file}${aside}`, { at });
    }
    yield evidence("every variable that the settings insist on is declared", first.at);
  },
});

/** `SECRET_KEY` for `DJANGO_SECRET_KEY`, and slips of a letter. */
function isNear(one: string, other: string): boolean {
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  return long.endsWith(`_${short}`) || (short.length > 4 && editDistance(one, other) <= 1);
}

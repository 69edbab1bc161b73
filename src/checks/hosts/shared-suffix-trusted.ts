import { defineCheck } from "../../check.ts";
import { corsSetting } from "../../facts/django/cors.ts";
import { type Origin, originsIn, partsOf } from "../../facts/django/origins.ts";
import { evidence, type Finding, fails, notApplicable } from "../../finding.ts";
import { textOf } from "../../python/inspect.ts";

/** Domains below which anybody can have a name (https://publicsuffix.org/list/, 2026-11-20). */
const shared = [
  "herokuapp.com",
  "onrender.com",
  "railway.app",
  "up.railway.app",
  "fly.dev",
  "vercel.app",
  "netlify.app",
  "github.io",
  "gitlab.io",
  "pages.dev",
  "workers.dev",
  "azurewebsites.net",
  "azurecontainerapps.io",
  "run.app",
  "appspot.com",
  "web.app",
  "firebaseapp.com",
  "elasticbeanstalk.com",
  "amplifyapp.com",
  "cloudfront.net",
  "koyeb.app",
  "cleverapps.io",
  "scalingo.io",
  "pythonanywhere.com",
  "ondigitalocean.app",
  "ngrok.io",
  "ngrok.app",
  "ngrok-free.app",
  "github.dev",
  "gitpod.io",
  "trycloudflare.com",
];

export default defineCheck({
  id: "shared-suffix-trusted",
  title: "No whole platform is trusted",
  area: "hosts",
  severity: "error",
  needs: ["settings"],
  wants: ["deployment"],
  docs: {
    why: "Everybody can have an app below `onrender.com` or `herokuapp.com`. An entry for all of it in CSRF_TRUSTED_ORIGINS lets each of them send forms in the name of your users; browsers refuse a cookie for such a domain, so that nobody stays logged in.",
    fix: 'Name your own host:\n\n```python\nCSRF_TRUSTED_ORIGINS = ["https://shop.onrender.com"]\n```',
    bad: {
      "shop/settings.py": 'CSRF_TRUSTED_ORIGINS = ["https://*.onrender.com"]\nROOT_URLCONF = "shop.urls"\n',
    },
    good: {
      "shop/settings.py":
        'CSRF_TRUSTED_ORIGINS = ["https://shop.onrender.com"]\nROOT_URLCONF = "shop.urls"\n',
    },
    notReported: [
      "In ALLOWED_HOSTS it is a warning, and advice where the router forwards only hosts of the app itself.",
      "A name of one's own below such a domain, and patterns for the subdomains of that.",
    ],
    links: ["https://publicsuffix.org/list/"],
  },
  *run({ settings, deployment }) {
    const hosts = settings.get("ALLOWED_HOSTS");
    const validated = deployment?.platform.hosts.validated === true;
    yield* inList(
      "ALLOWED_HOSTS",
      originsIn(hosts) ?? [],
      (text) => suffix(text),
      validated ? "info" : "warning",
    );
    const wildcard = (text: string) => {
      const { host } = partsOf(text.replace(/^\*\./, "https://*."));
      return host.startsWith("*.") ? suffix(host.slice(1)) : undefined;
    };
    yield* inList(
      "CSRF_TRUSTED_ORIGINS",
      originsIn(settings.get("CSRF_TRUSTED_ORIGINS")) ?? [],
      wildcard,
      "error",
    );
    const patterns = corsSetting(settings, "CORS_ALLOWED_ORIGIN_REGEXES");
    yield* inList(patterns.name, originsIn(patterns) ?? [], inPattern, "error");
    for (const name of ["SESSION_COOKIE_DOMAIN", "CSRF_COOKIE_DOMAIN"]) {
      const { value, at } = settings.get(name);
      const text = textOf(value);
      if (text === undefined || !shared.includes(text.replace(/^\./, ""))) continue;
      yield fails(`${name} is ${JSON.stringify(text)}, a domain for which browsers refuse cookies`, {
        at,
        fix: `# delete ${name}: the cookie is then for the host alone`,
      });
    }
    const set = settings.names.some((name) =>
      /^(?:ALLOWED_HOSTS|C\w+_ORIGIN\w+|\w+_COOKIE_DOMAIN)$/.test(name),
    );
    if (!set) yield notApplicable("no setting names a host");
    else yield evidence("no known entry trusts a whole platform", hosts.at);
  },
});

function* inList(
  name: string,
  entries: readonly Origin[],
  suffixOf: (text: string) => string | undefined,
  severity: NonNullable<Finding["severity"]>,
): Generator<Finding> {
  for (const { text, at } of entries) {
    const found = suffixOf(text);
    if (found === undefined) continue;
    yield fails(`the entry ${JSON.stringify(text)} of ${name} trusts every app below ${found}`, {
      at,
      severity,
      fix: name === "ALLOWED_HOSTS" ? `"shop.${found}"` : `"https://shop.${found}"`,
    });
  }
}

/** The shared domain that `.suffix` stands for. */
function suffix(entry: string): string | undefined {
  return entry.startsWith(".") && shared.includes(entry.slice(1).toLowerCase()) ? entry.slice(1) : undefined;
}

/** The shared domain of which a regular expression takes any name: `^https://.*\.vercel\.app$`. */
function inPattern(pattern: string): string | undefined {
  const [, end] =
    /^\^?(?:https?\??:\\?\/\\?\/|\(https\?\|http\):\/\/)?(?:\(?(?:\.|\\w|\[[^\]]*\])[*+]\)?)\\?\.([\w\\.-]+?)\$?$/.exec(
      pattern,
    ) ?? [];
  const domain = end?.replaceAll("\\", "");
  return domain !== undefined && shared.includes(domain) ? domain : undefined;
}

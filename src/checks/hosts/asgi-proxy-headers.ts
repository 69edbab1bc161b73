import { defineCheck } from "../../check.ts";
import { csrfMiddleware, middlewareIn, redirectsToHttps } from "../../facts/django/middleware.ts";
import { cannotTell, evidence, fails, notApplicable } from "../../finding.ts";
import { itemsOf } from "../../python/inspect.ts";
import { shop } from "../example-shop.ts";

const asgi = {
  ...shop,
  "requirements.txt": "django>=5.2,<6\nuvicorn>=0.40,<1\n",
  "shop/asgi.py":
    'import os\n\nfrom django.core.asgi import get_asgi_application\n\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\napplication = get_asgi_application()\n',
};
const railway = (options: string) => ({
  "railway.json": `{"deploy": {"startCommand": "uvicorn shop.asgi:application --host 0.0.0.0 --port $PORT${options}"}}\n`,
});

/** How each server is told to believe the router, as text to paste. */
const cures: Readonly<Record<string, string>> = {
  uvicorn: "--forwarded-allow-ips='*'",
  fastapi: "--forwarded-allow-ips='*'",
  gunicorn: "--forwarded-allow-ips='*'",
  daphne: "--proxy-headers",
};

export default defineCheck({
  id: "asgi-proxy-headers",
  title: "The ASGI server believes the router",
  area: "hosts",
  severity: "warning",
  needs: ["webServer", "deployment"],
  wants: ["settings", "httpsSeen"],
  docs: {
    why: "uvicorn takes the scheme and the address of the client from the router's headers only if it is told that it may; daphne too. Otherwise every address that the app builds begins with `http://`, logins at other sites fail with a callback that does not match, and each client seems to be the router.",
    fix: "Let it believe the router, which nobody can go around:\n\n```\nweb: uvicorn shop.asgi:application --host 0.0.0.0 --port $PORT --forwarded-allow-ips='*'\n```",
    bad: { ...asgi, ...railway("") },
    good: { ...asgi, ...railway(" --forwarded-allow-ips='*'") },
    notReported: [
      "Django with SECURE_PROXY_SSL_HEADER, which sees the scheme all the same.",
      "$FORWARDED_ALLOW_IPS, which Heroku's buildpack sets.",
      "A proxy of one's own: which address it has is not in the files.",
      "What `ssl-redirect-loop` or `csrf-origin-behind-proxy` report already.",
    ],
    links: ["https://www.uvicorn.org/settings/#http", "https://github.com/django/daphne#command-line"],
  },
  *run({ webServer, deployment: { platform }, settings, httpsSeen }) {
    const { program, workerClass, proxyTrust, at, unclear } = webServer;
    const isAsgi =
      ["uvicorn", "daphne", "fastapi"].includes(program) ||
      (program === "gunicorn" && workerClass?.text.toLowerCase().includes("uvicorn") === true);
    if (!isAsgi) return yield notApplicable(`${program} is no ASGI server of which this is known`);
    if (platform.tls.endsAt !== "edge")
      return yield notApplicable(`HTTPS does not end at a router of ${platform.name}`);
    if (unclear !== undefined) return yield cannotTell(unclear, { at });
    if (httpsSeen?.kind === "yes") return yield evidence(`Django sees HTTPS: ${httpsSeen.because}`, at);
    if (proxyTrust.kind === "anyone") return yield evidence(proxyTrust.because, at);
    if (httpsSeen?.kind === "unknown")
      return yield notApplicable(`whether Django sees HTTPS is not known: ${httpsSeen.because}`);
    if (proxyTrust.kind === "unclear" && "FORWARDED_ALLOW_IPS" in platform.injects)
      return yield notApplicable(`${platform.name} sets $FORWARDED_ALLOW_IPS for its own router`);
    if (proxyTrust.kind === "named" || proxyTrust.kind === "unclear")
      return yield cannotTell(proxyTrust.because, { at });
    if (settings && redirectsToHttps(settings) === true)
      return yield notApplicable("the redirect loops already: ssl-redirect-loop");
    const forms = settings && middlewareIn(settings).has(csrfMiddleware) === true;
    if (forms && itemsOf(settings.get("CSRF_TRUSTED_ORIGINS").value)?.length === 0)
      return yield notApplicable("forms fail already: csrf-origin-behind-proxy");
    yield fails(`${proxyTrust.because}, and the router of ${platform.name} has another address`, {
      at,
      fix: cures[program] ?? "--forwarded-allow-ips='*'",
    });
  },
});

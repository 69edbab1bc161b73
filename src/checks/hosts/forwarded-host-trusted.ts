import { defineCheck } from "../../check.ts";
import { acceptsAnything } from "../../facts/django/allowed-hosts.ts";
import { bad, good, judge, unclear } from "../../facts/django/judge.ts";
import { evidence } from "../../finding.ts";
import { textsIn, truthOf } from "../../python/inspect.ts";
import { shop } from "../example-shop.ts";
import { decidedOutside } from "../told-by-django.ts";

const railway = {
  ...shop,
  "railway.json": '{"deploy": {"startCommand": "gunicorn shop.wsgi"}}\n',
};

export default defineCheck({
  id: "forwarded-host-trusted",
  title: "X-Forwarded-Host counts only behind a proxy that sets it",
  area: "hosts",
  severity: "warning",
  needs: ["settings"],
  wants: ["deployment"],
  docs: {
    why: "With USE_X_FORWARDED_HOST Django takes the name of the site from X-Forwarded-Host. A router that leaves that header alone lets anybody choose it, and the links in password-reset mails with it. ALLOWED_HOSTS is all that is left in the way.",
    fix: "Delete the line, unless a proxy of your own sets the header on every request.",
    bad: { ...railway, "shop/settings.py": `${shop["shop/settings.py"]}USE_X_FORWARDED_HOST = True\n` },
    good: railway,
    notReported: [
      "A proxy of one's own may set the header (nginx with `proxy_set_header X-Forwarded-Host`): advice, unless ALLOWED_HOSTS accepts every host.",
      "A value that an environment variable holds.",
    ],
    links: ["https://docs.djangoproject.com/en/stable/ref/settings/#use-x-forwarded-host"],
  },
  *run({ settings, deployment }) {
    const setting = settings.get("USE_X_FORWARDED_HOST");
    const outside = decidedOutside(setting);
    if (outside) return yield outside;
    const everyHost = textsIn(settings.get("ALLOWED_HOSTS").value).some(acceptsAnything);
    const edge = deployment?.platform.tls.endsAt === "edge";
    const because = everyHost
      ? ", and ALLOWED_HOSTS accepts every host, so anybody chooses the host in links"
      : edge
        ? `, which the router of ${deployment.platform.name} does not set`
        : ", which counts only if a proxy sets it on every request";
    yield* judge(
      setting,
      (value) => {
        const on = truthOf(value);
        return on === undefined ? unclear(value) : on ? bad(`is on${because}`) : good;
      },
      { fix: "USE_X_FORWARDED_HOST = False", severity: everyHost || edge ? "warning" : "info" },
    );
    yield evidence("USE_X_FORWARDED_HOST is off", setting.explicit ? setting.at : undefined);
  },
});

import { lt, valid } from "@renovatebot/pep440";
import { defineCheck } from "../../check.ts";
import { connectionsOf, keptFor } from "../../facts/django/connections.ts";
import { threadPerRequest } from "../../facts/servers/request-threads.ts";
import { evidence, fails, notApplicable } from "../../finding.ts";
import { entryOf, truthOf } from "../../python/inspect.ts";

const settings = (options: string) => ({
  "shop/settings.py": `import os\n\nimport dj_database_url\n\nDATABASES = {"default": dj_database_url.parse(os.environ["DATABASE_URL"], ${options})}\nROOT_URLCONF = "shop.urls"\n`,
});

/** That nothing is kept at all, of which the catalogue speaks too, is Django's default and no mistake. */
export default defineCheck({
  id: "conn-health-checks-off",
  title: "Kept database connections are tested before they are used",
  area: "database",
  severity: "warning",
  needs: ["settings", "deployment"],
  wants: ["webServer", "application"],
  docs: {
    why: "A connection that is kept between requests may be dead when it is used again: the database was restarted or failed over, or a firewall forgot the connection. The request that finds out fails with `server closed the connection unexpectedly`, once for every kept connection. CONN_HEALTH_CHECKS asks first, once for a request.",
    fix: 'Turn the checks on wherever connections are kept:\n\n```python\nDATABASES = {"default": dj_database_url.config(conn_max_age=60, conn_health_checks=True)}\n```',
    bad: settings("conn_max_age=600"),
    good: settings("conn_max_age=600, conn_health_checks=True"),
    notReported: [
      "Connections that end with their request, which is Django's default.",
      "Django before 4.1, which has no such checks.",
      "Under ASGI, where nothing should be kept: `conn-max-age-under-asgi` says so.",
    ],
    links: ["https://docs.djangoproject.com/en/stable/ref/settings/#conn-health-checks"],
  },
  *run({ settings, deployment, webServer, application }) {
    const { djangoVersion } = settings;
    if (djangoVersion !== undefined && valid(djangoVersion) !== null && lt(djangoVersion, "4.1"))
      return yield notApplicable(`Django ${djangoVersion} has no CONN_HEALTH_CHECKS`);
    const kept = connectionsOf(settings, deployment).filter(
      (one) => !one.sqlite && keptFor(one) !== undefined,
    );
    const [first] = kept;
    if (!first)
      return yield notApplicable("no connection to a database server is kept, as far as the settings tell");
    if (webServer && threadPerRequest(webServer, application) !== undefined)
      return yield notApplicable("nothing should be kept here: conn-max-age-under-asgi");
    for (const one of kept) {
      const { text, at = one.at } = keptFor(one) ?? {};
      const checks = entryOf(one.entry, "CONN_HEALTH_CHECKS");
      if (checks && truthOf(checks) !== false) continue;
      const byUrl = settings.imports.some(({ module }) => module === "dj_database_url");
      yield fails(
        `CONN_MAX_AGE is ${text} without CONN_HEALTH_CHECKS, so a kept connection may be dead when it is used`,
        {
          at,
          fix: byUrl ? "conn_health_checks=True," : `DATABASES["${one.alias}"]["CONN_HEALTH_CHECKS"] = True`,
        },
      );
    }
    yield evidence("CONN_HEALTH_CHECKS is on", first.at);
  },
});

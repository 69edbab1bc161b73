import { defineCheck } from "../../check.ts";
import { allowedHosts, unsetConditions } from "../../facts/django/allowed-hosts.ts";
import { assignment } from "../../facts/django/idiom.ts";
import { bad, good, judge, unclear } from "../../facts/django/judge.ts";
import { evidence } from "../../finding.ts";
import { itemsOf, show } from "../../python/inspect.ts";

export default defineCheck({
  id: "allowed-hosts-empty",
  title: "ALLOWED_HOSTS names the hosts that are served",
  area: "settings",
  severity: "error",
  django: ["security.W020"],
  needs: ["settings"],
  docs: {
    why: "With DEBUG off and no host allowed, Django answers every request with 400 Bad Request.",
    fix: "Name the hosts, or read them from a variable that the deployment sets.",
    bad: { "shop/settings.py": 'ALLOWED_HOSTS = []\nROOT_URLCONF = "shop.urls"\n' },
    good: { "shop/settings.py": 'ALLOWED_HOSTS = ["shop.example.com"]\nROOT_URLCONF = "shop.urls"\n' },
    notReported: [
      'A list that the platform\'s own variable fills (`ALLOWED_HOSTS.append(os.environ["RENDER_EXTERNAL_HOSTNAME"])`) on that platform.',
      "A list read from a variable that the settings insist on.",
      "A list that is empty only while a variable is unset is a warning: every request shows that it is missing.",
    ],
    links: ["https://docs.djangoproject.com/en/stable/ref/settings/#allowed-hosts"],
  },
  *run({ settings }) {
    const setting = settings.get("ALLOWED_HOSTS");
    const hosts = allowedHosts(settings);
    const variables = hosts?.variables ?? [];
    const [variable = "ALLOWED_HOSTS"] = variables;
    const rejectsAll = setting.explicit
      ? "is empty, so Django answers 400 to every request"
      : "is not set, so Django answers 400 to every request";
    yield* judge(
      setting,
      (value) => {
        if (value.kind === "opaque") return value.cause === "environment" ? good : unclear(value);
        const items = itemsOf(value);
        if (!items || items.length > 0) return good;
        return "open" in value && value.open
          ? value.open.cause === "environment"
            ? good
            : unclear(value.open)
          : bad(rejectsAll);
      },
      {
        fix: `${assignment(settings, "ALLOWED_HOSTS", "list", variable)}\n# and in the environment: ${variable}=shop.example.com`,
        ...(variables.length > 0 && { severity: "warning", when: unsetConditions(variables) }),
      },
    );
    const env = setting.env.map((name) => `$${name}`).join(", ");
    yield evidence(
      env === "" ? `ALLOWED_HOSTS is ${show(setting.value)}` : `ALLOWED_HOSTS is read from ${env}`,
      setting.at,
    );
  },
});

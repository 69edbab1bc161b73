import { defineCheck } from "../../check.ts";
import { acceptsAnything, allowedHosts, unsetConditions } from "../../facts/django/allowed-hosts.ts";
import { assignment } from "../../facts/django/idiom.ts";
import { unclear } from "../../facts/django/judge.ts";
import type { Settings } from "../../facts/django/settings.ts";
import { cannotTell, evidence, fails } from "../../finding.ts";
import { itemsOf, textOf } from "../../python/inspect.ts";
import type { Value } from "../../python/value.ts";

export default defineCheck({
  id: "allowed-hosts-wildcard",
  title: "ALLOWED_HOSTS does not accept every host",
  area: "settings",
  severity: "error",
  needs: ["settings"],
  wants: ["deployment"],
  docs: {
    why: 'Django puts the Host header of a request into password-reset mails and redirects. With `"*"` anybody can make it send your users a link to a domain of their own. `manage.py check --deploy` does not object.',
    fix: "Name the hosts, or read them from a variable that the deployment sets.",
    bad: { "shop/settings.py": 'ALLOWED_HOSTS = ["*"]\nROOT_URLCONF = "shop.urls"\n' },
    good: {
      "shop/settings.py":
        'ALLOWED_HOSTS = ["shop.example.com", ".example.org"]\nROOT_URLCONF = "shop.urls"\n',
    },
    notReported: [
      "A wildcard under `if DEBUG:`.",
      "On Heroku a wildcard is advice only: its router forwards no host that the app does not own.",
    ],
    links: ["https://docs.djangoproject.com/en/stable/topics/security/#host-headers-virtual-hosting"],
  },
  *run({ settings, deployment }) {
    const setting = settings.get("ALLOWED_HOSTS");
    const platform = deployment?.platform;
    const guarded = platform?.hosts.validated === true;
    const because = guarded
      ? `, which only ${platform.name}'s router makes good`
      : ", so a forged Host header reaches password-reset links";
    const variables = allowedHosts(settings)?.variables ?? [];
    const fix = assignment(settings, "ALLOWED_HOSTS", "list", variables[0] ?? "ALLOWED_HOSTS");
    const wildcard = wildcardIn(setting.value);
    if (wildcard) {
      yield fails(`ALLOWED_HOSTS accepts every host ("${wildcard.text}")${because}`, {
        at: wildcard.at ?? setting.at,
        when: unsetConditions(variables),
        fix,
        ...(guarded && { severity: "info" }),
      });
      return;
    }
    const pinned = pinnedWildcard(settings);
    if (pinned) {
      yield fails(`ALLOWED_HOSTS accepts every host where ${pinned.by} does not set ${pinned.name}`, {
        at: pinned.at,
        when: unsetConditions([pinned.name]),
        fix,
        severity: guarded ? "info" : "warning",
      });
    }
    for (const other of setting.otherwise) {
      if (wildcardIn(other.value))
        yield cannotTell(`ALLOWED_HOSTS accepts every host if ${other.when}`, {
          at: other.at,
          when: [other.when],
        });
    }
    const { value } = setting;
    if (value.kind === "opaque" && value.cause !== "environment") {
      yield cannotTell(`ALLOWED_HOSTS ${unclear(value).because}`, { at: setting.at });
    }
    yield evidence("no known entry of ALLOWED_HOSTS accepts every host", setting.at);
  },
});

function wildcardIn(value: Value): { readonly text: string; readonly at: Value["at"] } | undefined {
  for (const item of itemsOf(value) ?? []) {
    const text = textOf(item);
    if (text !== undefined && acceptsAnything(text)) return { text, at: item.at };
  }
  return undefined;
}

/** A default that accepts every host, hidden by a variable that a manifest of the repository sets. */
function pinnedWildcard(settings: Settings) {
  for (const name of settings.get("ALLOWED_HOSTS").env) {
    const given = settings.given.get(name);
    if (!given?.at) continue;
    const wildcard = wildcardIn(settings.under({ [name]: undefined }).get("ALLOWED_HOSTS").value);
    if (wildcard) return { name, by: given.by, at: wildcard.at };
  }
  return undefined;
}

import { defineCheck } from "../../check.ts";
import { allowedHosts, unsetConditions, whyNeverMatches } from "../../facts/django/allowed-hosts.ts";
import { assignment } from "../../facts/django/idiom.ts";
import { evidence, fails, notApplicable } from "../../finding.ts";
import { show } from "../../python/inspect.ts";

export default defineCheck({
  id: "allowed-hosts-malformed",
  title: "Every entry of ALLOWED_HOSTS can match a host",
  area: "settings",
  severity: "error",
  needs: ["settings"],
  docs: {
    why: 'Django compares the Host header, without scheme and port, with each entry. An entry like `https://shop.example.com` or `shop.example.com:8000` never matches, and requests get 400 Bad Request although the host seems to be listed. `"".split(",")` gives `[""]`, a list of one entry that matches nothing and satisfies `manage.py check --deploy`.',
    fix: "Write bare host names; a leading dot matches subdomains. When splitting a variable, leave empty texts out.",
    bad: { "shop/settings.py": 'ALLOWED_HOSTS = ["https://shop.example.com"]\nROOT_URLCONF = "shop.urls"\n' },
    good: {
      "shop/settings.py":
        'ALLOWED_HOSTS = ["shop.example.com", ".example.org", "[::1]"]\nROOT_URLCONF = "shop.urls"\n',
    },
    notReported: [
      '`"[::1]"` (an IPv6 address) and `".example.com"` (a domain with its subdomains).',
      '`"*"` alone: that is `allowed-hosts-wildcard`.',
      "An entry that never matches beside others that do is a warning.",
    ],
    links: ["https://docs.djangoproject.com/en/stable/ref/settings/#allowed-hosts"],
  },
  *run({ settings }) {
    const setting = settings.get("ALLOWED_HOSTS");
    const hosts = allowedHosts(settings);
    const { value } = setting;
    if (value.kind === "opaque") return yield notApplicable("the entries of ALLOWED_HOSTS are not known");
    if (!hosts || value.kind === "set") {
      yield fails(
        `ALLOWED_HOSTS is ${show(value)}, and Django refuses to start with anything but a list or a tuple`,
        {
          at: setting.at,
          fix: 'ALLOWED_HOSTS = ["shop.example.com"]',
        },
      );
      return;
    }
    const { entries, open, variables } = hosts;
    const wrong = entries.flatMap((entry) => {
      const because = whyNeverMatches(entry.text);
      return because ? [{ ...entry, because }] : [];
    });
    const othersMatch = open || wrong.length < entries.length;
    for (const { text, at, because } of wrong) {
      yield fails(`the entry ${JSON.stringify(text)} of ALLOWED_HOSTS never matches: ${because}`, {
        at,
        when: unsetConditions(variables),
        fix: variables[0] ? assignment(settings, "ALLOWED_HOSTS", "list", variables[0]) : bareName(text),
        // With nothing else in the list every request fails; what an operator sets, or another entry, makes it less.
        ...((othersMatch || variables.length > 0) && { severity: "warning" }),
      });
    }
    if (entries.length === 0) yield notApplicable("ALLOWED_HOSTS has no entries that are known");
    else yield evidence(`ALLOWED_HOSTS is ${show(value)}`, setting.at);
  },
});

/** What was probably meant, as a list of its own. */
function bareName(entry: string): string {
  const bare = entry
    .trim()
    .replace(/["']/g, "")
    .replace(/^[a-z]+:\/\//i, "")
    .replace(/[/\s,].*$/, "")
    .replace(/:\d+$/, "")
    .replace(/^\*(?=\.)/, "");
  return `ALLOWED_HOSTS = [${JSON.stringify(bare || "shop.example.com")}]`;
}

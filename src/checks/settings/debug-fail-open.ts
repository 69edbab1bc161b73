import { defineCheck } from "../../check.ts";
import { assignment } from "../../facts/django/idiom.ts";
import type { Settings } from "../../facts/django/settings.ts";
import { evidence, fails, notApplicable } from "../../finding.ts";
import { hostThatSets } from "../../platforms/host-variables.ts";
import { truthOf } from "../../python/inspect.ts";

export default defineCheck({
  id: "debug-fail-open",
  title: "DEBUG stays off when an environment variable is forgotten",
  area: "settings",
  severity: "error",
  django: ["security.W018"],
  needs: ["settings"],
  docs: {
    why: "A new environment, a renamed variable or a typo is enough: the site comes up, everything works, and error pages show its source and settings to the public. Nobody notices, because nothing fails.",
    fix: "Make the safe value the default; let developers switch DEBUG on in their own environment.",
    bad: {
      "shop/settings.py":
        'import os\n\nDEBUG = os.environ.get("DJANGO_DEBUG", "True") == "True"\nROOT_URLCONF = "shop.urls"\n',
    },
    good: {
      "shop/settings.py":
        'import os\n\nDEBUG = os.environ.get("DJANGO_DEBUG", "False") == "True"\nROOT_URLCONF = "shop.urls"\n',
    },
    notReported: [
      '`DEBUG = "RENDER" not in os.environ` on Render, which sets that variable.',
      "A variable that another host always sets, such as `FLY_APP_NAME`, is a warning.",
      'A variable that the settings insist on, such as `env.bool("DEBUG")` without a default.',
      "A variable that a manifest in the repository sets is a warning: the code still fails open elsewhere.",
    ],
    links: ["https://docs.djangoproject.com/en/stable/ref/settings/#debug"],
  },
  *run({ settings }) {
    const declared = settings.declared.get("DEBUG");
    const fix = assignment(settings, "DEBUG", "bool", switchAmong(declared.env));
    if (
      settings.assumed.size > 0 &&
      truthOf(declared.value) === true &&
      !settings.required.some(({ name }) => settings.assumed.has(name))
    ) {
      const change = [...settings.assumed].map(([name, text]) => `$${name} ${stateOf(settings, name, text)}`);
      const hosts = [...settings.assumed.keys()].map(hostThatSets);
      const host = hosts.every((each) => each !== undefined) ? hosts[0] : undefined;
      const by = host === undefined ? "nothing in this repository" : `only ${host}`;
      yield fails(`DEBUG is on unless ${change.join(" and ")}, which ${by} sees to`, {
        at: declared.assignedAt ?? declared.at,
        when: [...settings.assumed.keys()].map((name) => `$${name} is unset`),
        fix,
        ...(host !== undefined && { severity: "warning" }),
      });
      return;
    }
    for (const name of declared.env) {
      const given = settings.given.get(name);
      if (!given) continue;
      const without = settings.declaredUnder({ [name]: undefined }).get("DEBUG");
      if (truthOf(declared.value) !== false || truthOf(without.value) !== true) continue;
      if (given.at) {
        yield fails(`DEBUG is off only because ${given.by} sets ${name}: without it, DEBUG is on`, {
          at: without.assignedAt ?? without.at,
          when: [`$${name} is unset`],
          severity: "warning",
          fix,
        });
      } else yield evidence(`DEBUG is off because ${given.by} sets $${name}`, declared.at);
    }
    if (declared.env.length === 0) yield notApplicable("DEBUG does not depend on the environment");
    else
      yield evidence(
        `DEBUG is not on when ${declared.env.map((name) => `$${name}`).join(", ")} is unset`,
        declared.at,
      );
  },
});

/** A variable that is a switch for DEBUG by its name; `ENV` and the like say something else, and must not be read as yes or no. */
function switchAmong(variables: readonly string[]): string {
  return variables.find((name) => /debug/i.test(name)) ?? "DJANGO_DEBUG";
}

/** Whether it takes just this text, or whatever the variable holds will do. */
function stateOf(settings: Settings, name: string, text: string): string {
  const isOffWith = (other: string) => {
    const view = settings.declaredUnder({ ...Object.fromEntries(settings.assumed), [name]: other });
    return truthOf(view.get("DEBUG").value) === false;
  };
  if (text === "") return "is empty";
  return ["True", "another text"].every(isOffWith) ? "is set" : `is ${JSON.stringify(text)}`;
}

import { defineCheck } from "../../check.ts";
import { assignment } from "../../facts/django/idiom.ts";
import { bad, good, judge } from "../../facts/django/judge.ts";
import { evidence } from "../../finding.ts";
import { show, textOf, truthOf } from "../../python/inspect.ts";

export default defineCheck({
  id: "secret-key-none",
  title: "A missing SECRET_KEY is noticed at once",
  area: "secrets",
  severity: "warning",
  needs: ["settings"],
  docs: {
    why: "With an empty key the deployment goes through: collectstatic and migrate need none. Then every request ends in `ImproperlyConfigured: The SECRET_KEY setting must not be empty`, the health check too.",
    fix: "Insist on the variable, so that a deployment without it fails before anybody sees it.",
    bad: {
      "shop/settings.py":
        'import os\n\nROOT_URLCONF = "shop.urls"\nSECRET_KEY = os.environ.get("SECRET_KEY")\n',
    },
    good: {
      "shop/settings.py": 'import os\n\nROOT_URLCONF = "shop.urls"\nSECRET_KEY = os.environ["SECRET_KEY"]\n',
    },
    notReported: [
      "A guard that raises an error where the key is missing.",
      "A variable that a manifest of the repository sets or generates.",
      "It is a warning in any case: whoever deploys may set the variable, or bring a file with the key that is in no repository.",
    ],
    links: ["https://docs.djangoproject.com/en/stable/ref/settings/#secret-key"],
  },
  *run({ settings }) {
    const setting = settings.get("SECRET_KEY");
    const variables = setting.env.filter((name) => {
      if (settings.given.has(name)) return false;
      const { value } = settings.under({ [name]: "a-text-that-is-no-key" }).get("SECRET_KEY");
      return truthOf(value) !== false;
    });
    yield* judge(
      setting,
      (value) => {
        const empty = value.kind === "none" || textOf(value) === "" || truthOf(value) === false;
        if (!empty) return good;
        return bad(
          `is ${setting.explicit ? show(value) : "not set"}, and with an empty one every request ends in an error`,
        );
      },
      {
        fix: assignment(settings, "SECRET_KEY", "text", variables[0] ?? "SECRET_KEY"),
        when: variables.map((name) => `$${name} is unset`),
      },
    );
    yield evidence("SECRET_KEY is never empty, as far as the files tell", setting.at);
  },
});

import { defineCheck } from "../../check.ts";
import { cannotTell, evidence, fails } from "../../finding.ts";
import { textOf } from "../../python/inspect.ts";
import { decidedOutside } from "../told-by-django.ts";

const names = ["STATIC_URL", "MEDIA_URL"];

export default defineCheck({
  id: "url-setting-no-slash",
  title: "STATIC_URL and MEDIA_URL end in a slash",
  area: "static",
  severity: "error",
  django: ["urls.E006"],
  needs: ["settings", "systemChecks"],
  docs: {
    why: "Django puts names of files straight behind the URL, and refuses one without a slash at its end: `migrate`, `runserver` and every other command that runs the system checks stops with urls.E006.",
    fix: 'End it in a slash:\n\n```python\nSTATIC_URL = "/static/"\n```',
    bad: { "shop/settings.py": 'STATIC_URL = "/static"\nROOT_URLCONF = "shop.urls"\n' },
    good: { "shop/settings.py": 'STATIC_URL = "static/"\nROOT_URLCONF = "shop.urls"\n' },
    notReported: ["An empty one, which Django takes for a slash.", "A relative one (`static/`)."],
    links: ["https://docs.djangoproject.com/en/stable/ref/settings/#static-url"],
  },
  *run({ settings, systemChecks }) {
    const answer = systemChecks.answer("urls.E006");
    for (const name of names) {
      const { value, at } = settings.get(name);
      const text = textOf(value);
      if (text !== undefined && text !== "" && !text.endsWith("/"))
        yield fails(
          `${name} is ${JSON.stringify(text)}, without a slash at its end, which Django refuses with urls.E006`,
          {
            at,
            fix: `${name} = ${JSON.stringify(`${text}/`)}`,
          },
        );
    }
    if (answer === true || answer === undefined) return;
    const outside = names.map((name) => decidedOutside(settings.get(name))).find((one) => one !== undefined);
    if (answer === false) yield evidence("STATIC_URL and MEDIA_URL end in a slash, or are empty");
    else yield outside ?? cannotTell(answer.because);
  },
});

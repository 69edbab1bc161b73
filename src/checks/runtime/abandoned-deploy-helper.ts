import { defineCheck } from "../../check.ts";
import { abandoned } from "../../facts/packages/abandoned.ts";
import { evidence, fails } from "../../finding.ts";
import { shop } from "../example-shop.ts";

export default defineCheck({
  id: "abandoned-deploy-helper",
  title: "No package for deploying is abandoned",
  area: "runtime",
  severity: "warning",
  needs: ["packages"],
  wants: ["settings"],
  docs: {
    why: "Nobody mends a package that its authors gave up: it stops at the next version of Django or Python, and its holes stay open. Some of them change settings behind your back.",
    fix: "Put what it did into the settings, with packages that are kept:\n\n```\ndj-database-url>=3,<4\nwhitenoise>=6.9,<7\npsycopg[binary]>=3.2,<4\n```",
    bad: { ...shop, "requirements.txt": "django>=5.2,<6\ngunicorn>=23,<27\nraven==6.10.0\n" },
    good: { ...shop, "requirements.txt": "django>=5.2,<6\ngunicorn>=23,<27\nsentry-sdk==2.42.0\n" },
    notReported: [
      "`django-on-heroku` and other forks that are kept.",
      "What only development installs.",
      "What a lock lists and the settings do not import: another package may bring it.",
    ],
    links: ["https://pypi.org/project/django-heroku/", "https://docs.sentry.io/platforms/python/migration/"],
  },
  *run({ packages, settings }) {
    const imported = new Set(settings?.imports.map(({ module }) => module.split(".")[0]));
    for (const { name, because, instead } of abandoned) {
      const found = packages.get(name);
      // A lock lists what other packages bring, too.
      if (
        !found ||
        (/[.-]lock(?:\.\w+)?$|^Pipfile\.lock$/.test(found.at.file) &&
          !imported.has(name.replaceAll("-", "_")))
      )
        continue;
      if (brings[name] !== undefined && packages.get(brings[name]) !== undefined) continue;
      yield fails(`${found.at.file} installs ${name}, ${because}`, {
        at: found.at,
        fix:
          instead.length === 0
            ? `# take ${name} out of ${found.at.file}`
            : instead.map((one) => packages.addition(one)).join("\n"),
      });
    }
    yield evidence("no package for deploying that is installed is known to be abandoned");
  },
});

/** Named once: by the package that asks for it. */
const brings: Readonly<Record<string, string>> = { static3: "dj-static", "dj-static": "django-toolbelt" };

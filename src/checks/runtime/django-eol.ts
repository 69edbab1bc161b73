import { defineCheck } from "../../check.ts";
import {
  advisedDjango,
  djangoReleasesAsOf,
  djangoSeries,
  seriesFor,
  seriesOfDjango,
} from "../../facts/django-releases.ts";
import { evidence, fails, notApplicable } from "../../finding.ts";
import { shop } from "../example-shop.ts";

export default defineCheck({
  id: "django-eol",
  title: "The Django version gets security fixes",
  area: "runtime",
  severity: "warning",
  needs: ["packages"],
  docs: {
    why: "A series of Django gets security fixes for about sixteen months, one with long-term support for three years. After that its holes are published and stay open.",
    fix: `Move to a series that is supported, one after the other, reading each one's release notes:\n\n\`\`\`\nDjango>=${advisedDjango},<5.3\n\`\`\``,
    bad: { ...shop, "requirements.txt": "django==3.2.25\ngunicorn==23.0.0\n" },
    good: { ...shop, "requirements.txt": "django==5.2.17\ngunicorn==23.0.0\n" },
    notReported: [
      "A range that a supported series is in (`django>=4.2`): the build takes the newest.",
      "A fork or a patched Django from a URL.",
      "A series newer than our table.",
    ],
    links: ["https://www.djangoproject.com/download/#supported-versions"],
  },
  *run({ packages }) {
    const django = packages.get("django");
    if (!django) return yield notApplicable("the list of packages does not name Django");
    const { version, specifier, at } = django;
    const newest = version === undefined ? seriesFor(django)[0] : (seriesOfDjango(version) ?? older(version));
    if (!newest) return yield notApplicable("nothing tells which series of Django will be installed");
    const asks = `${at.file} asks for Django ${version ?? specifier}`;
    if (newest.supportedUntil > djangoReleasesAsOf)
      return yield evidence(
        `${asks}, and Django ${newest.name} is supported until ${newest.supportedUntil}`,
        at,
      );
    yield fails(
      `${asks}, and the security fixes of Django ${newest.name} ended on ${newest.supportedUntil} (as of ${djangoReleasesAsOf})`,
      { at, fix: packages.addition("django") },
    );
  },
});

/** Older than the table: as old as its oldest, or older. */
function older(version: string) {
  const oldest = djangoSeries.at(-1);
  const name = /^(?:0|1)\.\d+/.exec(version)?.[0];
  return oldest && name !== undefined ? { ...oldest, name } : undefined;
}

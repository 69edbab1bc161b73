import { satisfies } from "@renovatebot/pep440";
import { defineCheck } from "../../check.ts";
import type { Requirement } from "../../facts/packages.ts";
import { evidence, fails, notApplicable } from "../../finding.ts";
import { shop } from "../example-shop.ts";

export default defineCheck({
  id: "gunicorn-vulnerable",
  title: "gunicorn has no known request-smuggling hole",
  area: "runtime",
  severity: "warning",
  needs: ["packages"],
  wants: ["webServer"],
  docs: {
    why: "gunicorn before 22.0.0 (CVE-2024-1135) and 22.0.0 itself (CVE-2024-6827) misread Transfer-Encoding. Behind a proxy that reads it otherwise, one request is taken for two: restrictions by path are passed by, and answers reach the wrong people.",
    fix: "Move to 23 or newer:\n\n```\ngunicorn>=23.0.0,<27\n```",
    bad: {
      ...shop,
      Procfile: "web: gunicorn shop.wsgi\n",
      "requirements.txt": "django>=5.2,<6\ngunicorn==20.1.0\n",
    },
    good: {
      ...shop,
      Procfile: "web: gunicorn shop.wsgi\n",
      "requirements.txt": "django>=5.2,<6\ngunicorn==23.0.0\n",
    },
    notReported: [
      "A range that a mended release is in (`gunicorn>=20`): the build takes the newest.",
      "gunicorn that is installed while another server answers.",
    ],
    links: [
      "https://github.com/advisories/GHSA-w3h3-4rj7-4ph4",
      "https://github.com/advisories/GHSA-hc5x-x2vx-497g",
    ],
  },
  *run({ packages, webServer }) {
    const gunicorn = packages.get("gunicorn");
    if (!gunicorn) return yield notApplicable("the list of packages does not name gunicorn");
    if (webServer && webServer.program !== "gunicorn")
      return yield notApplicable(`${webServer.program} answers the requests`);
    const { at, version, specifier } = gunicorn;
    const newest = newestOf(gunicorn);
    if (newest === undefined) return yield notApplicable("nothing tells which gunicorn will be installed");
    const asks = `${at.file} asks for gunicorn ${version ?? specifier}`;
    const major = Number(newest.split(".")[0]);
    if (major >= 23)
      return yield evidence(specifier === "" ? "any gunicorn may be installed, so the newest is" : asks, at);
    const hole = major < 22 ? "CVE-2024-1135 and CVE-2024-6827" : "CVE-2024-6827";
    yield fails(`${asks}, which is open to request smuggling (${hole})`, {
      at,
      fix: packages.addition("gunicorn"),
    });
  },
});

/** Releases to try a range with, newest first. */
const releases = [
  "26.1.0",
  "25.0.0",
  "24.0.0",
  "23.0.0",
  "22.0.0",
  "21.2.0",
  "20.1.0",
  "20.0.4",
  "19.10.0",
  "19.9.0",
];

function newestOf({ version, specifier, url }: Requirement): string | undefined {
  if (version !== undefined) return version;
  if (url !== undefined) return undefined;
  return specifier === "" ? releases[0] : releases.find((release) => satisfies(release, specifier));
}

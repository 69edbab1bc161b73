import { defineCheck } from "../../check.ts";
import { seriesOf } from "../../facts/python-releases.ts";
import { lackingModules } from "../../facts/removed-modules.ts";
import { runningPython } from "../../facts/running-python.ts";
import { evidence, fails, notApplicable } from "../../finding.ts";
import { shop } from "../example-shop.ts";

export default defineCheck({
  id: "removed-stdlib-needed",
  title: "No package imports what this Python does not have",
  area: "runtime",
  severity: "error",
  needs: ["packages", "pythonVersions"],
  wants: ["deployment"],
  docs: {
    why: "Python 3.12 dropped distutils and brings no setuptools, 3.13 dropped cgi, imghdr and more, and setuptools 82 dropped pkg_resources. An old package that imports one of them ends with `ModuleNotFoundError` before it answers anything.",
    fix: "Move to a release that does without:\n\n```\ngunicorn>=23,<27\n```",
    bad: { ...shop, "requirements.txt": "aioredis==2.0.1\ndjango>=5.2,<6\ngunicorn==20.1.0\n" },
    good: { ...shop, "requirements.txt": "django>=5.2,<6\ngunicorn==23.0.0\nredis==6.4.0\n" },
    notReported: [
      "A Python that has the module still.",
      "setuptools below 82 among the packages, which has pkg_resources and a distutils, and `legacy-cgi`.",
      "A package without an exact version: the newest that fits is installed.",
      "Where another package may bring setuptools along it is a warning.",
    ],
    links: [
      "https://docs.python.org/3/whatsnew/3.12.html#distutils",
      "https://setuptools.pypa.io/en/latest/history.html",
    ],
  },
  *run({ packages, pythonVersions, deployment }) {
    const python = runningPython(pythonVersions, deployment);
    if (!python) return yield notApplicable("nothing tells which Python will run");
    const series = seriesOf(python.version);
    for (const { requirement, module, before, because, unlessBrought } of lackingModules(packages, series)) {
      const { name, version, at } = requirement;
      const when = [
        ...(python.declared ? [] : ["no version is chosen outside the repository"]),
        ...(unlessBrought ? ["no other package brings setuptools along"] : []),
        // Which setuptools is newest is nothing that the repository guarantees.
        ...(module === "pkg_resources" && !unlessBrought ? ["pip installs setuptools 82 or newer"] : []),
        // Heroku's classic buildpack and others install an old setuptools for 3.12.
        ...(module === "pkg_resources" && series === "3.12" && !pythonVersions.image
          ? ["the platform installs no setuptools of its own"]
          : []),
      ];
      yield fails(`${name} ${version} imports ${module}, ${because}`, {
        at,
        when,
        fix:
          name === "aioredis"
            ? "# redis>=4.2 has it: from redis import asyncio as aioredis"
            : `${name}>=${before}`,
        ...(when.length > 0 ? { severity: "warning" } : {}),
      });
    }
    yield evidence(`no package is known to import what Python ${series} does not have`, python.at);
  },
});

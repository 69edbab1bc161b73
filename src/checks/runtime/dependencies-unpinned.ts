import { defineCheck } from "../../check.ts";
import type { Requirement } from "../../facts/packages.ts";
import { evidence, fails } from "../../finding.ts";
import { shop } from "../example-shop.ts";

export default defineCheck({
  id: "dependencies-unpinned",
  title: "The versions of the packages are bounded",
  area: "runtime",
  severity: "warning",
  needs: ["packages"],
  docs: {
    why: "Without an upper bound every build takes the newest release of a package. A build of the same commit then gets another major version of Django or of the server, and fails at import or behaves otherwise.",
    fix: "Bound each package (`django>=5.2,<5.3`), or keep what you write in `requirements.in` and compile it:\n\n```sh\ngit mv requirements.txt requirements.in\npip install pip-tools && pip-compile requirements.in\n```",
    bad: { ...shop, "requirements.txt": "django\ngunicorn>=20\n" },
    good: { ...shop, "requirements.txt": "django>=5.2,<5.3\ngunicorn==23.0.0\n" },
    notReported: [
      "Ranges with an upper bound (`django>=6.0,<6.1`), `~=`, and `==4.2.*`.",
      "A lock that the platform installs from, and a file that pip-tools or uv compiled.",
      "Bounds in a file that `-c` names, and URLs of a commit or a tag.",
      "pip and its kin, which a Dockerfile updates before it installs.",
    ],
    links: ["https://pip.pypa.io/en/stable/topics/repeatable-installs/", "https://12factor.net/dependencies"],
  },
  *run({ packages }) {
    const [list = "the list of packages"] = packages.sources;
    if (packages.locked) return yield evidence(`${list} names the version of every package`);
    const counted = packages.requirements.filter(({ name }) => !installers.has(name));
    const open = counted.filter((each) => !isBounded(each));
    const [first] = open;
    if (!first) return yield evidence(`${list} bounds the version of every package`);
    const telling = [...open].sort((one, two) => weight(one) - weight(two)).map(({ name }) => name);
    const more =
      telling.length > 3 ? `, ${telling.slice(0, 3).join(", ")} among them` : `: ${telling.join(", ")}`;
    yield fails(
      `${count(open.length, counted.length)} in ${list} ${open.length === 1 ? "has" : "have"} no upper bound${more}, so a build takes whatever release is the newest then`,
      { at: first.at, fix: fixFor(list) },
    );
  },
});

/** What installs packages is no part of the app. */
const installers = new Set(
  "pip setuptools wheel uv pip-tools virtualenv poetry pipenv pdm hatch tox twine build".split(" "),
);

/** The newest release that may come is decided by the file. */
function isBounded({ version, specifier, url }: Requirement): boolean {
  if (url !== undefined) return isFixedUrl(url);
  return version !== undefined || /~=|<|={2,3}/.test(specifier);
}

/** A commit, a tag, an archive, or something in the project; a repository alone is its newest commit. */
function isFixedUrl(url: string): boolean {
  return !/^git\+/.test(url) || /\.git@|@[^/@:]+(?:#|$)/.test(url.replace(/^git\+\w+:\/\/[^/]*@/, ""));
}

/** What breaks most when it changes comes first. */
const telling = [
  "django",
  "gunicorn",
  "celery",
  "djangorestframework",
  "psycopg",
  "psycopg2",
  "psycopg2-binary",
];

function weight({ name }: Requirement): number {
  const place = telling.indexOf(name);
  return place < 0 ? telling.length : place;
}

function count(open: number, all: number): string {
  if (open === all) return all === 1 ? "the only package" : `all ${all} packages`;
  return `${open} of ${all} packages`;
}

function fixFor(list: string): string | undefined {
  if (/\.toml$/.test(list)) return "uv lock   # or: poetry lock — then commit the lock";
  return /\.txt$/.test(list)
    ? `git mv ${list} ${list.replace(/\.txt$/, ".in")}\npip install pip-tools && pip-compile ${list.replace(/\.txt$/, ".in")}`
    : undefined;
}

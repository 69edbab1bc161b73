import { satisfies } from "@renovatebot/pep440";
import type { Packages, Requirement } from "./packages.ts";
import { compareSeries } from "./python-releases.ts";

/** A distribution that imports, as it starts, what later versions of Python or setuptools lack. */
interface Needing {
  readonly name: string;
  /** The first release that does not. */
  readonly before: string;
  readonly module: "distutils" | "pkg_resources" | "cgi" | "imghdr";
  /** It asks for setuptools itself. */
  readonly bringsSetuptools?: true;
}

/** Looked up in the wheels of PyPI: what their modules import without a `try`. As of 2026-11-20. */
const needing: readonly Needing[] = [
  { name: "gunicorn", before: "21.0.0", module: "pkg_resources", bringsSetuptools: true },
  { name: "djangorestframework-simplejwt", before: "5.3.1", module: "pkg_resources" },
  { name: "drf-yasg", before: "1.21.8", module: "pkg_resources" },
  { name: "django", before: "3.2", module: "distutils" },
  { name: "aioredis", before: "3", module: "distutils" },
  { name: "feedparser", before: "6.0.11", module: "cgi" },
  { name: "tweepy", before: "4.15.0", module: "imghdr" },
];

/** The first Python without a module of its own: https://docs.python.org/3/whatsnew/3.13.html#pep-594-remove-dead-batteries-from-the-standard-library */
const removedFrom: Readonly<Record<Exclude<Needing["module"], "pkg_resources">, string>> = {
  distutils: "3.12",
  cgi: "3.13",
  imghdr: "3.13",
};

/** Distributions that bring a removed module back. */
const substitutes: Readonly<Partial<Record<Needing["module"], string>>> = {
  cgi: "legacy-cgi",
  imghdr: "standard-imghdr",
};

/** What fails at import. */
export interface LackingModule {
  readonly requirement: Requirement;
  readonly module: string;
  readonly before: string;
  /** A clause: "which Python 3.13 does not have". */
  readonly because: string;
  /** Another package may bring setuptools along. */
  readonly unlessBrought: boolean;
}

/** The packages of exact version that import what the Python that runs does not have; `series` is its `major.minor`. */
export function lackingModules(packages: Packages, series: string): readonly LackingModule[] {
  return needing.flatMap((one): readonly LackingModule[] => {
    const requirement = packages.get(one.name);
    const version = requirement?.version;
    if (!requirement || version === undefined || !satisfies(version, `<${one.before}`)) return [];
    const about = { requirement, module: one.module, before: one.before };
    const setuptools = setuptoolsIn(packages, series, one.bringsSetuptools === true);
    if (one.module === "pkg_resources") {
      if (setuptools === "with pkg_resources") return [];
      const because =
        setuptools === "without pkg_resources"
          ? "which setuptools has no more since 82"
          : `which comes with setuptools, and Python ${series} brings none`;
      return [{ ...about, because, unlessBrought: setuptools === "perhaps" }];
    }
    const substitute = substitutes[one.module];
    if (compareSeries(series, removedFrom[one.module]) < 0) return [];
    if (substitute !== undefined && packages.installs(substitute) === "yes") return [];
    // setuptools brings a distutils of its own.
    if (one.module === "distutils" && setuptools !== "none" && setuptools !== "perhaps") return [];
    return [
      {
        ...about,
        because: `which Python ${series} does not have`,
        unlessBrought: one.module === "distutils" && setuptools === "perhaps",
      },
    ];
  });
}

type Setuptools = "with pkg_resources" | "without pkg_resources" | "none" | "perhaps";

/** Up to 3.11 every new environment has one of its time; setuptools 82 dropped pkg_resources (2026-02). */
function setuptoolsIn(packages: Packages, series: string, isBrought: boolean): Setuptools {
  const listed = packages.get("setuptools");
  if (listed?.version !== undefined)
    return satisfies(listed.version, "<82") ? "with pkg_resources" : "without pkg_resources";
  // What is in the environment already, or an upper bound, keeps the old one.
  if (compareSeries(series, "3.12") < 0 || (listed && !satisfies("82.0.0", listed.specifier || ">=0")))
    return "with pkg_resources";
  if (listed || isBrought) return "without pkg_resources";
  return packages.installs("setuptools") === "no" ? "none" : "perhaps";
}

import { describe, expect, test } from "vitest";
import { checks } from "../../src/checks/index.ts";
import { memoryFiles } from "../../src/files/memory.ts";
import { type Planning, planAll } from "../../src/plan/plan.ts";
import { platformById } from "../../src/platforms/index.ts";
import {
  type BuilderCase,
  casesOf,
  type JudgedCase,
  type RecordedBuilder,
  recordedBuilders,
} from "../support/builder-cases.ts";
import { type Decisions, partOf, plannedDecisions, recordedDecisions } from "./agreement.ts";

/** Who builds with it, and the files that would make this platform build with something else, which the builder never reads. */
const builtBy: Readonly<
  Record<RecordedBuilder, { readonly platform: string; readonly without: readonly string[] }>
> = {
  heroku: { platform: "heroku", without: [] },
  "heroku-fir": { platform: "heroku-fir", without: [] },
  railpack: { platform: "railway", without: ["Dockerfile"] },
  nixpacks: { platform: "coolify", without: ["Dockerfile", "railpack.json"] },
};

/** What a plan and a verdict do not both speak of: "builder case", and why. */
const notComparable: ReadonlyMap<string, string> = new Map([
  ...(["version-patch-unknown", "version-too-new", "runtime-too-new"] as const).map(
    (name) =>
      [
        `railpack ${name}`,
        "which versions there are is asked of mise's list on the day of the build",
      ] as const,
  ),
  ...(["railpack", "nixpacks"] as const).map(
    (builder) =>
      [
        `${builder} env-commands`,
        "commands that variables of the dashboard put in place of the builder's own",
      ] as const,
  ),
  [
    "nixpacks env-manager-uv",
    "a variable of the dashboard asks for uv without its lock: the command is there, and fails",
  ],
  [
    "heroku-fir pipenv-lock-broken",
    "the check that tells of the missing list cannot read the list that is there, so it is unknown",
  ],
  ...(["railpack project-in-folder", "railpack project-in-folder-of-two"] as const).map(
    (name) =>
      [name, "the root directory is a setting of the service: we take the folder that can be built"] as const,
  ),
  ["nixpacks project-in-folder-of-two", "the base directory is a setting of the application, too"],
]);

/** Neither an application of a framework nor a Procfile: deploy-check says that there is no project it knows. Railpack's and Nixpacks' reading of these is tested in test/platforms/builders. */
const unrecognised = [
  "bare",
  "bot",
  "notebook",
  "pyproject-tools-only",
  "script-only",
  "server-only",
  "venv-only",
];

/** Two projects side by side: deploy-check asks which one is meant. */
const ambiguous = ["manage-two-at-one-depth"];

/** The checks of which one at least tells of a failure, by the builder's id of it. */
const toldBy: Readonly<Record<string, readonly string[]>> = {
  detect: ["dependency-manifest-missing", "procfile-misnamed"],
  "checks::existing-python-dir": ["manifest-invalid"],
  "checks::existing-venv-dir": ["manifest-invalid"],
  "checks::forbidden-env-vars": ["manifest-invalid"],
  "config-invalid": ["manifest-invalid"],
  "config-not-found": ["manifest-invalid"],
  "no-provider": ["dependency-manifest-missing", "manifest-invalid"],
  "no-start-command": ["no-start-command", "procfile-process-types", "railway-manifest", "manifest-invalid"],
  "package-manager::multiple-found": ["package-manager-conflict"],
  "package-manager::none-found": ["dependency-manifest-missing"],
  "package-manager::pipenv-missing-lockfile": ["package-manager-conflict"],
  "package-manager::setup-py-only": ["dependency-manifest-missing"],
  "pipfile-lock::invalid-json": ["python-version-malformed"],
  "pipfile-lock::invalid-version": ["python-version-malformed"],
  "procfile-invalid": ["manifest-invalid"],
  "procfile::invalid": ["procfile-process-types", "procfile-misnamed"],
  "procfile::unreadable": ["procfile-misnamed"],
  "provider-unknown": ["manifest-invalid"],
  "python-version-file::invalid": ["python-version-malformed"],
  "python-version-file::invalid-encoding": ["python-version-malformed"],
  "python-version-file::invalid-version": ["python-version-malformed"],
  "python-version-file::misspelled": ["python-version-malformed"],
  "python-version-file::multiple-versions": ["python-version-malformed"],
  "python-version-file::no-version": ["python-version-malformed"],
  "python-version-file::not-found": ["python-version-unspecified"],
  "python-version-file::unreadable": ["python-version-malformed"],
  "python-version::eol": ["python-eol"],
  "python-version::unknown-major": ["python-version-malformed"],
  "ruby-version-absent": ["manifest-invalid"],
  "runtime-txt::invalid-version": ["python-version-malformed"],
  "runtime-txt::not-supported": ["python-version-malformed", "python-version-unspecified"],
  "tool-versions-crash": ["python-version-malformed"],
  "version-file-unreadable": ["python-version-malformed"],
  "version-unavailable": ["python-version-malformed"],
  "wsgi-application-absent": ["manifest-invalid"],
};

describe.each(recordedBuilders)("the plan agrees with %s", (builder) => {
  const all = casesOf(builder);
  const compared = all.filter(
    ({ name }) =>
      !notComparable.has(`${builder} ${name}`) && !unrecognised.includes(name) && !ambiguous.includes(name),
  );

  test("about nearly every project that deploy-check knows for one", () => {
    expect(compared.length).toBeGreaterThanOrEqual(all.length - unrecognised.length - 10);
  });

  test.each(compared.map((one) => [one.name, one] as const))("%s", async (_, one) => {
    const planning = await planningOf(one, builder);
    if (planning.kind !== "planned") throw new Error(`it is ${planning.kind}`);
    const [plan] = planning.plans;
    if (!plan) throw new Error("there is no plan");
    expect(plannedFor(plannedDecisions(plan), one)).toEqual(decidedIn(one));
    const { failure } = one.verdict;
    if (failure === null || one.verdict.unsettled?.includes("failure")) return;
    const tellers = toldBy[failure] ?? [];
    expect(
      plan.problems.filter((id) => tellers.includes(id)),
      `one of ${tellers.join(", ")} tells of ${failure}, not only ${plan.problems.join(", ")}`,
    ).not.toEqual([]);
  });

  test.each(all.filter(({ name }) => unrecognised.includes(name)).map((one) => [one.name, one] as const))(
    "%s is no project that deploy-check knows",
    async (_, one) => {
      expect((await planningOf(one, builder)).kind).toBe("nothing");
    },
  );

  test.each(all.filter(({ name }) => ambiguous.includes(name)).map((one) => [one.name, one] as const))(
    "%s is two projects",
    async (_, one) => {
      expect((await planningOf(one, builder)).kind).toBe("ambiguous");
    },
  );
});

test("what is not compared is little, and there", () => {
  const names = recordedBuilders.flatMap((builder) =>
    casesOf(builder).map(({ name }) => `${builder} ${name}`),
  );
  expect([...notComparable.keys()].filter((one) => !names.includes(one))).toEqual([]);
  expect(notComparable.size).toBeLessThanOrEqual(25);
});

test("every failure has its check", () => {
  const ids = new Set(checks.map(({ id }) => id));
  expect(
    Object.values(toldBy)
      .flat()
      .filter((id) => !ids.has(id)),
  ).toEqual([]);
  const failures = recordedBuilders.flatMap((builder) =>
    casesOf(builder).map(({ verdict }) => verdict.failure),
  );
  const recorded = new Set(failures.filter((failure) => failure !== null));
  expect(Object.keys(toldBy).sort()).toEqual([...recorded].sort());
});

function planningOf({ files, env }: BuilderCase, builder: RecordedBuilder): Promise<Planning> {
  const { platform: id, without } = builtBy[builder];
  const platform = platformById(id);
  if (!platform) throw new Error(`there is no platform ${id}`);
  return planAll({
    files: memoryFiles(Object.fromEntries(Object.entries(files).filter(([path]) => !without.includes(path)))),
    checks,
    options: { env: new Map(Object.entries(env)), closed: false, platformNamed: true },
    platforms: [platform],
  });
}

/** The decisions of a verdict that are to be compared. */
function decidedIn(one: JudgedCase): Partial<Decisions> {
  const { verdict } = one;
  const decisions = recordedDecisions(verdict, one);
  return only(decisions, comparedParts(one, decisions));
}

/** The same parts of a plan; of several starts between which the builder takes at random, one is as good as another. */
function plannedFor(planned: Decisions, one: JudgedCase): Partial<Decisions> {
  const { startOneOf } = one.verdict;
  const decisions = recordedDecisions(one.verdict, one);
  const start = startOneOf?.includes(planned.start ?? "") ? decisions.start : planned.start;
  return only({ ...planned, start }, comparedParts(one, decisions));
}

function comparedParts({ verdict }: JudgedCase, decisions: Decisions): ReadonlySet<keyof Decisions> {
  const { failure, provider = "python", unsettled = [] } = verdict;
  const parts = (Object.keys(partOf) as (keyof Decisions)[]).filter((part) => {
    const value = decisions[part];
    if (unsettled.includes(partOf[part])) return false;
    if (part === "processes" && value === null) return false;
    // How another language is built is no concern of ours, but that no Python is there.
    if (failure === null) return provider === "python" || partOf[part] === "python";
    // Where the version ends the build, the plan names none; and what a builder did not come to, it may.
    if (partOf[part] === "python" && /python-version|runtime-txt|pipfile-lock/.test(failure)) return false;
    return value !== null && value.length > 0;
  });
  return new Set(parts);
}

function only(decisions: Decisions, parts: ReadonlySet<keyof Decisions>): Partial<Decisions> {
  return Object.fromEntries(
    Object.entries(decisions).filter(([part]) => parts.has(part as keyof Decisions)),
  ) as Partial<Decisions>;
}

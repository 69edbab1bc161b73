import { defineCheck } from "../../check.ts";
import { nameOf } from "../../files/listing.ts";
import { evidence, fails, notApplicable } from "../../finding.ts";
import { shop } from "../example-shop.ts";

const bare = Object.fromEntries(Object.entries(shop).filter(([name]) => name !== "requirements.txt"));
const pyproject =
  '[project]\nname = "shop"\nversion = "1"\nrequires-python = ">=3.13"\ndependencies = ["django>=5.2,<6", "gunicorn>=23,<27"]\n';
const lock = (names: string) =>
  `version = 1\nrequires-python = ">=3.13"\n\n[[package]]\nname = "shop"\nversion = "1"\nsource = { virtual = "." }\ndependencies = [{ name = "django" }${names === "" ? "" : ', { name = "gunicorn" }'}]\n\n[[package]]\nname = "django"\nversion = "5.2.17"\n${names}`;

export default defineCheck({
  id: "lockfile-stale",
  title: "The lock has what the manifest asks for",
  area: "runtime",
  severity: "error",
  needs: ["packages", "locks"],
  wants: ["deployment"],
  docs: {
    why: "A package that was added to the manifest by hand is not in the lock. The platform installs from the lock: it stops because the two differ, or starts the app without the package.",
    fix: "Make the lock anew, and commit it:\n\n```sh\nuv lock   # or: poetry lock, pipenv lock\n```",
    bad: { ...bare, "pyproject.toml": pyproject, "uv.lock": lock("") },
    good: {
      ...bare,
      "pyproject.toml": pyproject,
      "uv.lock": lock('\n[[package]]\nname = "gunicorn"\nversion = "23.0.0"\n'),
    },
    notReported: [
      "The hash that a lock holds of its manifest: it changes with the tool's own version.",
      "Packages from a repository or a folder, and groups for development.",
      "A lock that the platform does not install from.",
      "uv without `--locked` makes the lock anew by itself: a warning.",
    ],
    links: ["https://docs.astral.sh/uv/concepts/projects/sync/", "https://python-poetry.org/docs/cli/#check"],
  },
  *run({ locks, deployment }) {
    if (locks.length === 0)
      return yield notApplicable("production installs from no lock that has a manifest");
    for (const { path, manifest, command, lacking, outdated } of locks) {
      const install =
        deployment?.platform.packages?.sources.find(({ file }) => file === nameOf(path))?.install ?? "";
      const mends = nameOf(path) === "uv.lock" && !/--locked|--frozen/.test(install);
      const details = {
        fix: `${command} && git add ${path}`,
        ...(mends && { severity: "warning" as const }),
      };
      const [first] = lacking;
      if (first) {
        const names = lacking.map(({ name }) => name);
        const shown =
          names.length > 3
            ? `${names.slice(0, 3).join(", ")} and ${names.length - 3} more`
            : names.join(", ");
        yield fails(
          `${manifest} asks for ${shown}, and ${path} does not have ${names.length === 1 ? "it" : "them"}`,
          { at: first.at, ...details },
        );
      }
      for (const { requirement, locked } of outdated)
        yield fails(
          `${manifest} asks for ${requirement.name} ${requirement.specifier}, and ${path} has ${locked}`,
          { at: requirement.at, ...details },
        );
    }
    yield evidence("every lock has what its manifest asks for");
  },
});

import { defineCheck } from "../../check.ts";
import type { ImageFile } from "../../facts/image-file.ts";
import type { Packages, Requirement } from "../../facts/packages.ts";
import { evidence, fails } from "../../finding.ts";
import { shop } from "../example-shop.ts";

const files = (requirement: string) => ({
  ...shop,
  "requirements.txt": `django>=5.2,<6\ngunicorn>=23,<27\n${requirement}\n`,
  Dockerfile:
    'FROM python:3.13-slim\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\nCMD ["gunicorn", "shop.wsgi", "-b", "0.0.0.0:8000"]\n',
});

export default defineCheck({
  id: "psycopg2-source-build",
  title: "The image can build its database driver",
  area: "runtime",
  severity: "error",
  needs: ["packages", "imageFile"],
  docs: {
    why: 'psycopg2 and mysqlclient come as source, and slim and Alpine images have neither a compiler nor the headers of the database\'s library: pip ends with "pg_config executable not found", and the build with it.',
    fix: "Take a driver that comes built:\n\n```\npsycopg[binary]>=3.2,<4\n```\n\nor install what the build needs before pip runs:\n\n```dockerfile\nRUN apt-get update && apt-get install -y --no-install-recommends gcc libpq-dev\n```",
    bad: files("psycopg2==2.9.10"),
    good: files("psycopg2-binary==2.9.10"),
    notReported: [
      "Full images such as `python:3.13`, which have compilers and headers, and images of somebody else's.",
      "A stage that installs them, also where another stage copies what was built.",
      "Packages whose names a variable or a file holds.",
      "Platforms without a Dockerfile: Heroku's image has the headers.",
    ],
    links: [
      "https://www.psycopg.org/docs/install.html#build-prerequisites",
      "https://github.com/PyMySQL/mysqlclient#linux",
    ],
  },
  *run({ packages, imageFile }) {
    const driver = driverIn(packages);
    if (!driver) return yield evidence("no driver that comes as source is installed");
    const lean = leanImage(imageFile);
    if (!lean)
      return yield evidence(`${imageFile.path} builds on an image that may have a compiler, or installs one`);
    yield fails(
      `${driver.name} comes as source, and ${lean.from} has no compiler and no headers to build it`,
      {
        at: driver.at,
        fix: packages.addition(driver.name === "mysqlclient" ? "pymysql" : "psycopg[binary]"),
      },
    );
  },
});

function driverIn(packages: Packages): Requirement | undefined {
  const named = ["psycopg2", "mysqlclient", "psycopg-c"].map((name) => packages.get(name));
  const compiled = packages.get("psycopg");
  return [...named, compiled?.extras.includes("c") ? compiled : undefined].find(
    (each) => each !== undefined && each.url === undefined,
  );
}

/** The stage that pip runs in, if every image is a slim one of Python's own and nothing installs a compiler. */
function leanImage({ stages }: ImageFile) {
  const names = new Set(stages.map(({ from }) => from));
  const bases = stages.filter(({ from, runs }) => !isStage(from) && runs.length > 0);
  const isLean =
    bases.length > 0 &&
    bases.every(({ from }) => /^(?:docker\.io\/)?(?:library\/)?python:[\w.-]*(?:slim|alpine)/.test(from));
  const runs = stages.flatMap((stage) => stage.runs);
  // What is installed by another tool, a script or a variable may be a compiler.
  const open = runs.some((run) => mayBuild.test(run));
  return isLean && !open && names.size > 0 ? bases[0] : undefined;

  function isStage(from: string): boolean {
    return stages.length > 1 && !/[:/]/.test(from);
  }
}

const mayBuild =
  /gcc|g\+\+|build-essential|build-base|libpq|postgresql|mysql|mariadb|pg_config|clang|(?:apt(?:-get)?|apk)\b[^\n]*(?:install|add)\b[^\n]*\$|xargs|\.sh\b|\bmake\b|conda|nix|--only-binary|wheel/i;

import { describe, expect, test } from "vitest";
import { docker } from "../../src/platforms/docker.ts";
import { heroku } from "../../src/platforms/heroku.ts";
import { procfileHost } from "../../src/platforms/procfile-host.ts";
import { render } from "../../src/platforms/render.ts";
import { runtimeFacts } from "../support/runtime-facts.ts";

async function read(
  files: Readonly<Record<string, string>>,
  platform = heroku,
): Promise<NonNullable<Awaited<ReturnType<typeof runtimeFacts>>["packages"]>> {
  const { packages } = await runtimeFacts(files, platform);
  if (!packages) throw new Error("no packages");
  return packages;
}
const procfile = { Procfile: "web: gunicorn shop.wsgi\n" };
const named = (names: string, file = "requirements.txt") => ({
  ...procfile,
  [file]: names.replaceAll(" ", "\n"),
});

describe("which files production installs from", () => {
  const uv =
    '[[package]]\nname = "django"\nversion = "5.2"\n\n[[package]]\nname = "shop"\nsource = { virtual = "." }\ndependencies = [{ name = "django" }]\n';

  test.each<[string, Readonly<Record<string, string>>, readonly string[]]>([
    [
      "requirements.txt of the root",
      { "requirements.txt": "django", "requirements/prod.txt": "x" },
      ["requirements.txt"],
    ],
    [
      "the lock of uv",
      { "uv.lock": uv, "pyproject.toml": '[project]\ndependencies = ["django"]' },
      ["uv.lock"],
    ],
    [
      "Pipfile.lock",
      { "Pipfile.lock": '{"default": {"django": {}}}', Pipfile: "[packages]\n" },
      ["Pipfile.lock"],
    ],
    ["a Pipfile without a lock", { Pipfile: '[packages]\ndjango = "*"\n' }, ["Pipfile"]],
    [
      "pyproject.toml alone",
      { "pyproject.toml": '[project]\ndependencies = ["django"]' },
      ["pyproject.toml"],
    ],
    [
      "requirements beside a pyproject.toml of tools",
      { "pyproject.toml": "[tool.ruff]\n", "requirements.txt": "django" },
      ["requirements.txt"],
    ],
    [
      "the production file of a folder",
      { "requirements/base.txt": "django", "requirements/production.txt": "-r base.txt" },
      ["requirements/production.txt", "requirements/base.txt"],
    ],
    [
      "the base file, if there is no other",
      { "requirements/base.txt": "django", "requirements/dev.txt": "x" },
      ["requirements/base.txt"],
    ],
  ])("%s", async (_, files, sources) => {
    expect((await read({ ...procfile, ...files })).sources).toEqual(sources);
    expect((await read({ ...procfile, ...files }, procfileHost)).sources).toEqual(sources);
  });

  test("those of the project's folder, if the root has none", async () => {
    const { packages } = await runtimeFacts({
      "manage.py": "",
      "backend/manage.py": "import django",
      "backend/requirements.txt": "django",
    });
    expect(packages?.sources).toEqual(["backend/requirements.txt"]);
  });

  test("none", async () => {
    expect((await runtimeFacts(procfile)).packages).toBeUndefined();
  });

  test("several package managers: what is in either may be there", async () => {
    const both = await read({ ...named("django gunicorn"), "uv.lock": uv });
    expect(both.installs("gunicorn")).toBe("yes");
    expect(both.installs("whitenoise")).toBe("no");
  });

  test("the Dockerfile that is deployed, by its own commands", async () => {
    const dockerfile = `ARG PYTHON_VERSION=3.12
FROM python:\${PYTHON_VERSION}-slim AS builder
COPY requirements /tmp/requirements
RUN --mount=type=cache,target=/root/.cache pip install --no-cache-dir -U pip && \\
    pip install -r /tmp/requirements/production.txt "gunicorn>=23"
FROM builder AS dev
RUN pip install honcho
FROM python:3.12-slim
COPY --from=builder /venv /venv
`;
    const files = {
      Dockerfile: dockerfile,
      "requirements/production.txt": "django==5.2",
      "requirements.txt": "nothing",
    };
    const { packages, pythonVersions } = await runtimeFacts(files, docker);
    expect(packages?.requirements.map(({ name }) => name)).toEqual(["pip", "django", "gunicorn"]);
    expect(pythonVersions.image).toMatchObject({ name: "python:3.12-slim", version: "3.12" });
  });

  test.each([
    [
      "FROM acme/django:3\nRUN pip install gunicorn\n",
      "Dockerfile builds on acme/django:3, which may bring packages",
    ],
    [
      "FROM python:3.13\nRUN apt-get update && apt-get install -y python3-gdal uwsgi\nRUN pip install -r requirements.txt\n",
      "in Dockerfile, apt installs python3-gdal",
    ],
    [
      "FROM python:3.13\nRUN pip install -r /src/other.txt\n",
      "Dockerfile installs /src/other.txt, which is not in the repository",
    ],
    [
      "FROM python:3.13\nRUN pip install gunicorn ./backend\n",
      "Dockerfile installs ./backend, and which folder that is cannot be told",
    ],
    [
      "FROM python:3.13\nRUN pip install --group live\n",
      "Dockerfile installs the group live, whose pyproject.toml is not there",
    ],
  ])("an image of which something is unknown: %j", async (dockerfile, incomplete) => {
    const list = await read({ Dockerfile: dockerfile, "requirements.txt": "django" }, docker);
    expect(list.incomplete).toBe(incomplete);
    expect(list.installs("whitenoise")).toBe("unknown");
  });

  test.each([
    ["RUN pip install .", ["django"]],
    ["RUN pip install /builder/src/backend", ["django"]],
    ["RUN pip install '.[live]'", ["django", "gunicorn"]],
    ["RUN pip install --group main", ["django", "whitenoise"]],
  ])("%s takes the one project there is, wherever it stands", async (run, expected) => {
    const pyproject =
      '[project]\nname = "shop"\ndependencies = ["django"]\n[project.optional-dependencies]\nlive = ["gunicorn"]\n[dependency-groups]\nmain = ["whitenoise"]\n';
    const files = {
      Dockerfile: `FROM python:3.13\nCOPY src/backend /builder\nWORKDIR /builder\n${run}\n`,
      "src/backend/pyproject.toml": pyproject,
    };
    const list = await read(files, docker);
    expect(list.requirements.map(({ name }) => name)).toEqual(expected);
    expect(list.sources).toEqual(["src/backend/pyproject.toml"]);
  });

  test("every extra, and uv's own name for a file of requirements", async () => {
    const list = await read(
      {
        "pyproject.toml":
          '[project]\nname = "shop"\ndependencies = ["django"]\n[project.optional-dependencies]\nweb-server = ["granian"]\n',
        Dockerfile:
          "FROM python:3.13\nWORKDIR /app\nCOPY pyproject.toml .\nRUN uv export --all-extras --output-file all.txt && uv pip install --system --requirements all.txt\n",
      },
      docker,
    );
    expect(list.requirements.map(({ name }) => name)).toEqual(["django", "granian"]);
  });

  test("what only the Dockerfile lists is added there", async () => {
    const list = await read({ Dockerfile: "FROM python:3.13\nRUN pip install django\n" }, docker);
    expect(list.addition("gunicorn")).toBe('# Dockerfile\nRUN pip install "gunicorn>=23,<27"');
  });

  test.each([
    ["RUN uv sync --frozen --no-dev", ["django"]],
    ["RUN poetry install --only main", ["django"]],
    ["RUN pip install .", ["django"]],
  ])("%s takes the project's own files", async (run, expected) => {
    const files = {
      Dockerfile: `FROM python:3.13\n${run}\n`,
      "uv.lock": uv,
      "pyproject.toml": '[project]\nname = "shop"\ndependencies = ["django"]\n',
    };
    expect((await read(files, docker)).requirements.map(({ name }) => name)).toEqual(expected);
  });

  test("poetry install takes the tools of development along", async () => {
    const files = {
      Dockerfile: "FROM python:3.13\nRUN poetry install --no-root\n",
      "pyproject.toml":
        '[tool.poetry.dependencies]\ndjango = "*"\n[tool.poetry.dev-dependencies]\nblack = "*"\n[tool.poetry.group.docs]\noptional = true\n[tool.poetry.group.docs.dependencies]\nsphinx = "*"\n',
    };
    expect((await read(files, docker)).requirements.map(({ name }) => name)).toEqual(["django", "black"]);
  });

  test("the commands that build on Render, by way of a script", async () => {
    const list = await read(
      {
        "render.yaml":
          "services:\n  - type: web\n    name: shop\n    runtime: python\n    buildCommand: ./build.sh\n    startCommand: gunicorn shop.wsgi\n",
        "build.sh":
          "set -e\npip install -U pip\npip install -r requirements/prod.txt\npip install gunicorn\n",
        "requirements/prod.txt": "asgiref==3\ndjango==5.2\nsqlparse==0.5\n",
        "requirements.txt": "other\n",
      },
      render,
    );
    expect(list.requirements.map(({ name }) => name)).toEqual([
      "pip",
      "asgiref",
      "django",
      "sqlparse",
      "gunicorn",
    ]);
    expect(list.locked).toBe(true);
  });

  test("heroku.yml that builds an image replaces the buildpack", async () => {
    const { packageFiles } = await runtimeFacts({
      "heroku.yml": "build:\n  docker:\n    web: Dockerfile\n",
      Dockerfile: "FROM python:3.13\n",
    });
    expect(packageFiles.dockerfile).toBe("Dockerfile");
  });

  test("a Dockerfile beside a Procfile does not count on a platform that builds Python itself", async () => {
    const { packageFiles } = await runtimeFacts({ ...named("django"), Dockerfile: "FROM python:3.13\n" });
    expect(packageFiles.dockerfile).toBeUndefined();
  });
});

describe("parts of a project", () => {
  const pyproject = {
    Procfile: "web: gunicorn shop.wsgi\n",
    "pyproject.toml":
      '[project]\nname = "shop"\ndependencies = ["django"]\n\n[project.optional-dependencies]\ns3 = ["django-storages"]\ndev = ["honcho"]\n\n[dependency-groups]\nprod = ["gunicorn"]\ndev = ["pytest-django"]\n',
  };

  test("called after production are installed where nothing says how", async () => {
    const packages = await read(pyproject, procfileHost);
    expect(packages.requirements.map(({ name }) => name)).toEqual(["django", "gunicorn"]);
  });

  test("are not installed by a platform that tells what it installs, but could be", async () => {
    const packages = await read(pyproject);
    expect(packages.installs("gunicorn")).toBe("no");
    const parts = ["gunicorn", "django-storages", "honcho", "pytest-django"].map((name) =>
      packages.onlyWith(name),
    );
    expect(parts).toEqual(['the group "prod"', 'the extra "s3"', undefined, undefined]);
  });
});

describe("what is installed", () => {
  const frozen = "asgiref==3.8 django==5.2 sqlparse==0.5 gunicorn==23.0";
  test.each<[string, string, "yes" | "no" | "unknown"]>([
    // In the list, in any spelling.
    ["django Django_Environ", "environ", "yes"],
    ["django djangorestframework", "rest_framework", "yes"],
    ["django psycopg2-binary", "psycopg2", "yes"],
    ["django pillow", "PIL.Image", "yes"],
    ["django google-cloud-storage", "google.cloud.storage", "yes"],
    // Along with another.
    ["wagtail", "taggit", "yes"],
    ["wagtail", "django", "yes"],
    ["django celery[redis]", "redis", "yes"],
    ["celery", "kombu", "yes"],
    ["uvicorn[standard]", "dotenv", "yes"],
    ["django-heroku", "whitenoise", "yes"],
    ["dj-rest-auth[with_social]", "allauth", "yes"],
    // A likely name, although the table does not know it.
    ["django django-shiny-thing", "shiny_thing", "yes"],
    ["django shiny-thing", "shiny_thing", "yes"],
    // Python's own.
    ["django", "zoneinfo", "yes"],
    ["django", "distutils", "yes"],
    // Absent for sure: everything in the list is known to the end.
    ["django gunicorn", "dotenv", "no"],
    ["django gunicorn psycopg2-binary", "requests", "no"],
    // Absent: an app does not come along with libraries.
    ["django numpy pandas", "corsheaders", "no"],
    ["django some-library", "debug_toolbar", "no"],
    ["django some-library", "whitenoise", "no"],
    // It may come along.
    ["django some-library", "requests", "unknown"],
    ["django numpy", "yaml", "unknown"],
    ["django django-some-suite", "mptt", "unknown"],
    ["django channels", "daphne", "unknown"],
    ["django celery[librabbitmq]", "requests", "unknown"],
    ["django gunicorn", "pkg_resources", "unknown"],
    // A fork by another name.
    ["django my-corsheaders-fork", "corsheaders", "yes"],
    ["django wagtail-font-awesome-svg", "wagtailfontawesomesvg", "yes"],
    ["django gunicorn psycopg2", "psycopg", "no"],
    ["django shop@git+https://example.org/shop", "corsheaders", "unknown"],
    ["django -r+https", "whitenoise", "unknown"],
    // Nobody knows what provides it, or whose it is.
    ["django gunicorn", "shiny_thing", "unknown"],
    ["django gunicorn", "notifications", "unknown"],
    // A frozen list holds everything.
    [frozen, "requests", "no"],
    [`${frozen} some-library==1`, "requests", "no"],
    [`${frozen} some-library==1`, "whitenoise", "no"],
    [`${frozen} wagtail==6`, "taggit", "yes"],
  ])("%s provides %s: %s", async (list, module, answer) => {
    const lines = list.replace("shop@git", "shop @git").replace("-r+https", "-r https://example.org/r.txt");
    const text = lines.split(/ (?!@|https:)/).join("\n");
    expect((await read({ ...procfile, "requirements.txt": text })).provides(module)).toBe(answer);
  });

  test.each(["apps/taggit/__init__.py", "taggit.py", "vendor/taggit/models.py", "src/taggit/__init__.py"])(
    "%s makes taggit the project's own",
    async (file) => {
      expect((await read({ ...named("django"), [file]: "" })).provides("taggit")).toBe("yes");
    },
  );

  test("a module inside a package is not a module of that name", async () => {
    const files = { ...named("django gunicorn"), "shop/__init__.py": "", "shop/celery.py": "" };
    expect((await read(files)).provides("celery")).toBe("no");
  });
});

describe("how to add what is missing", () => {
  test.each<[Readonly<Record<string, string>>, string, string]>([
    [{ "requirements.txt": "django" }, "requirements.txt", "# requirements.txt\ngunicorn>=23,<27"],
    [
      { "requirements/production.txt": "django" },
      "requirements/production.txt",
      "# requirements/production.txt\ngunicorn>=23,<27",
    ],
    [{ Pipfile: '[packages]\ndjango = "*"' }, "Pipfile", "pipenv install gunicorn"],
    [
      { "pyproject.toml": '[tool.poetry.dependencies]\ndjango = "*"' },
      "pyproject.toml",
      "poetry add gunicorn",
    ],
    [{ "uv.lock": 'version = 1\n[[package]]\nname = "django"\n' }, "pyproject.toml", "uv add gunicorn"],
    [
      { "pyproject.toml": '[project]\ndependencies = ["django"]' },
      "pyproject.toml",
      '# pyproject.toml\n"gunicorn>=23,<27",',
    ],
  ])("%j", async (files, addTo, addition) => {
    const packages = await read({ ...procfile, ...files });
    expect(packages.addTo).toBe(addTo);
    expect(packages.addition("gunicorn")).toBe(addition);
  });
});

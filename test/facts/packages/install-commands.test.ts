import { expect, test } from "vitest";
import { type Install, installsOf } from "../../../src/facts/packages/install-commands.ts";

const pip = (
  files: readonly string[],
  requirements: readonly string[] = [],
  groups: readonly string[] = [],
): Install => ({
  kind: "pip",
  files,
  requirements,
  groups,
});
const uv = (groups: readonly string[] = [], extras: readonly string[] = []): Install => ({
  kind: "uv",
  groups,
  extras,
});
const poetry = (groups: readonly string[] = [], extras: readonly string[] = []): Install => ({
  kind: "poetry",
  groups,
  extras,
});

test.each<[string, readonly Install[]]>([
  ["pip install -r requirements.txt", [pip(["requirements.txt"])]],
  ["python3.13 -m pip install --no-cache-dir -r a.txt -r b.txt", [pip(["a.txt", "b.txt"])]],
  ["/venv/bin/pip3 install --requirement=a.txt", [pip(["a.txt"])]],
  ["uv pip install --system -r requirements.txt", [pip(["requirements.txt"])]],
  ["pip install --group main --group=web/pyproject.toml:live", [pip([], [], ["main", "live"])]],
  ["uv pip sync requirements.txt", [pip(["requirements.txt"])]],
  [
    "pip install -c constraints.txt -U gunicorn 'psycopg[binary]>=3'",
    [pip([], ["gunicorn", "psycopg[binary]>=3"])],
  ],
  ["pip wheel --wheel-dir /wheels -r prod.txt", [pip(["prod.txt"])]],
  ["pip install -e .[prod]", [pip([], [".[prod]"])]],
  ["pip install --require-hashes -r a.txt", [pip(["a.txt"])]],
  ["apt-get update && PIP_NO_CACHE_DIR=1 pip install -r a.txt && rm -rf /tmp", [pip(["a.txt"])]],
  ["pip --version; pip freeze", []],
  ["uv sync --frozen --no-dev --extra prod", [uv([], ["prod"])]],
  ["uv sync --group=worker", [uv(["worker"])]],
  ["uv run manage.py collectstatic", []],
  ["poetry install --only main --no-root", [poetry()]],
  ["poetry install --only main,deploy -E 's3 redis'", [poetry(["deploy"], ["s3", "redis"])]],
  ["poetry export -f requirements.txt -o requirements.txt", [poetry()]],
  ["poetry install --no-root", [poetry(["*"])]],
  ["poetry install --without dev", [poetry()]],
  ["poetry config virtualenvs.create false", []],
  ["pipenv install --system --deploy", [{ kind: "pipenv", groups: [], extras: [] }]],
  ["pdm sync --prod", [{ kind: "pdm", groups: [], extras: [] }]],
  ["apt-get install -y libpq-dev python3-dev gcc", []],
  ["apt-get install -y python3-psycopg2", [{ kind: "other", because: "apt installs python3-psycopg2" }]],
  ["conda env create -f environment.yml", [{ kind: "other", because: "conda installs packages" }]],
])("%s", (shell, installs) => {
  expect(installsOf(shell)).toEqual(installs);
});

test("pip-sync takes requirements.txt unless it is told otherwise", () => {
  expect(installsOf("pip-sync")).toEqual([
    { kind: "pip", files: ["requirements.txt"], requirements: [], groups: [] },
  ]);
  expect(installsOf("pip-sync dev.txt")).toMatchObject([{ files: ["dev.txt"] }]);
});

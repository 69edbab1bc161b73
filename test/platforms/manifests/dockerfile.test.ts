import fc from "fast-check";
import { expect, test } from "vitest";
import { readDockerfile } from "../../../src/platforms/manifests/dockerfile.ts";

const read = (text: string, folders: readonly string[] = [""], target?: string) =>
  readDockerfile("Dockerfile", text, { context: "", target, isFolder: (path) => folders.includes(path) });
const commands = (text: string, target?: string) =>
  read(text, [""], target).processes.map(({ command }) => command);

test("the last stage, with what it inherits", () => {
  const image = read(`ARG PYTHON=3.13
FROM python:\${PYTHON}-slim AS base
ENV PYTHONUNBUFFERED=1 DJANGO_SETTINGS_MODULE="shop.settings"
WORKDIR /app
FROM base AS development
CMD python manage.py runserver
FROM base
ENV PORT 8000
COPY . .
RUN pip install gunicorn && \\
    python manage.py collectstatic --noinput
CMD ["gunicorn", "--bind", "0.0.0.0:$PORT", "shop.wsgi"]
`);
  expect(image.image).toMatchObject({ name: "python:3.13-slim", at: { line: 2 } });
  expect(image.env.map(({ name, value }) => [name, value])).toEqual([
    ["PYTHONUNBUFFERED", "1"],
    ["DJANGO_SETTINGS_MODULE", "shop.settings"],
    ["PORT", "8000"],
  ]);
  expect(image.processes).toMatchObject([
    {
      name: "web",
      command: "gunicorn --bind '0.0.0.0:$PORT' shop.wsgi",
      folder: "",
      at: { file: "Dockerfile", line: 12, column: 1 },
    },
  ]);
  expect(image.steps).toMatchObject([{ phase: "build", at: { line: 10 } }]);
  expect(image.steps[0]?.command).toContain("collectstatic");
});

test.each([
  ["shell form", "FROM x\nCMD gunicorn shop.wsgi\n", ["gunicorn shop.wsgi"]],
  ["the last CMD counts", "FROM x\nCMD a\nCMD b\n", ["b"]],
  [
    "entry point and arguments",
    'FROM x\nENTRYPOINT ["./run.sh"]\nCMD ["gunicorn", "x"]\n',
    ["./run.sh gunicorn x"],
  ],
  [
    "an entry point in shell form takes none",
    'FROM x\nENTRYPOINT ./run.sh\nCMD ["gunicorn"]\n',
    ["./run.sh"],
  ],
  [
    "a CMD in shell form goes through sh",
    'FROM x\nENTRYPOINT ["tini", "--"]\nCMD a $B\n',
    ["tini -- /bin/sh -c 'a $B'"],
  ],
  ["a new entry point drops the CMD below", 'FROM x AS a\nCMD ["b"]\nFROM a\nENTRYPOINT ["c"]\n', ["c"]],
  ["an inherited CMD", "FROM x AS a\nCMD b\nFROM a\nENV C=1\n", ["b"]],
  ["no JSON is shell form", "FROM x\nCMD ['gunicorn']\n", ["['gunicorn']"]],
  ["none", "FROM x\n", []],
  ["no stage", "CMD x\n", []],
])("%s", (_name, text, expected) => {
  expect(commands(text)).toEqual(expected);
});

test("the stage that is asked for", () => {
  const text = "FROM x AS dev\nCMD a\nFROM x AS prod\nCMD b\nFROM x\nCMD c\n";
  expect(commands(text, "prod")).toEqual(["b"]);
  expect(commands(text, "0")).toEqual(["a"]);
});

test("where the project's files are", () => {
  const image = read(
    `FROM python AS build
WORKDIR /src
COPY backend .
FROM python
COPY --from=build /src /srv
COPY requirements.txt docker/start.sh /
COPY ./docker /etc/docker
WORKDIR /srv/shop
CMD x
`,
    ["", "backend", "docker"],
  );
  expect(image.mounts).toEqual([
    { from: "backend", to: "/srv" },
    { from: "requirements.txt", to: "/requirements.txt" },
    { from: "docker/start.sh", to: "/start.sh" },
    { from: "docker", to: "/etc/docker" },
  ]);
  expect(image.processes[0]?.folder).toBe("backend/shop");
});

test("a working folder that holds nothing of the project", () => {
  expect(read("FROM python\nWORKDIR /x\nCMD a\n").processes).toMatchObject([
    { folderUnclear: "nothing of the project is copied to /x" },
  ]);
});

test("a working folder that is filled piece by piece", () => {
  const text =
    "FROM python\nWORKDIR /app\nCOPY manage.py setup.cfg /app/\nCOPY shop /app/shop\nCOPY etc/x.py /app/\nCMD a\n";
  expect(read(text, ["", "shop"]).processes).toMatchObject([{ folder: "" }]);
});

test("any text is survived", () => {
  const line = fc.constantFrom(
    "FROM a AS b",
    "FROM b",
    "FROM",
    "ENV A",
    "ENV A=$B ${C:-d}",
    "COPY . .",
    "COPY --from=b /a",
    "CMD [",
    "CMD",
    "ENTRYPOINT []",
    "WORKDIR ..",
    "ARG",
    "RUN <<EOF",
    "\\",
    "# escape=`",
    "\u0000",
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
      read(lines.join("\n"));
    }),
    { numRuns: 500 },
  );
  expect(read("FROM a\n".repeat(100_000)).problems).toHaveLength(1);
});

test.each([
  [
    "a stage that is built on, and one whose packages are copied",
    "FROM python:3.13 AS base\nRUN pip install base\nFROM base AS builder\nRUN pip install --prefix=/out one\nFROM base\nCOPY --from=builder /out /usr/local\n",
    ["pip install base", "pip install --prefix=/out one"],
  ],
  [
    "a virtual environment",
    "FROM python:3.13 AS builder\nRUN python -m venv /opt/shop && /opt/shop/bin/pip install one\nFROM python:3.13\nCOPY --from=builder /opt/shop /opt/shop\n",
    ["python -m venv /opt/shop && /opt/shop/bin/pip install one"],
  ],
  [
    "uv's, beside the project",
    "FROM python:3.13 AS builder\nWORKDIR /app\nRUN uv sync --locked\nFROM python:3.13\nCOPY --from=builder /app/.venv /app/.venv\n",
    ["uv sync --locked"],
  ],
  [
    "requirements that a stage writes",
    "FROM python:3.13 AS lock\nRUN poetry export -o requirements.txt\nFROM python:3.13\nCOPY --from=lock /requirements.txt .\nRUN pip install -r requirements.txt\n",
    ["poetry export -o requirements.txt", "pip install -r requirements.txt"],
  ],
  [
    "a front end that is only copied, and a program from elsewhere",
    "FROM node:22 AS front\nWORKDIR /front\nRUN pip install awscli && npm run build\nFROM python:3.13\nCOPY --from=front /front/dist /app/static\nCOPY --from=ghcr.io/astral-sh/uv /uv /bin/\nRUN pip install one\n",
    ["pip install one"],
  ],
  [
    "a stage that nothing uses",
    "FROM python:3.13 AS tests\nRUN pip install pytest\nFROM python:3.13\nRUN pip install one\n",
    ["pip install one"],
  ],
])("packages come from %s", (_name, text, expected) => {
  expect(read(text).installs.map(({ command }) => command)).toEqual(expected);
});

test("packages from an image of somebody else", () => {
  expect(read("FROM python:3.13\nCOPY --from=acme/base /venv /venv\n").packagesOf).toBe("acme/base");
  expect(read("FROM python:3.13\nCOPY --from=ghcr.io/astral-sh/uv /uv /bin/\n").packagesOf).toBeUndefined();
});

test("steps of stages that something is copied from are steps, in the order of the file", () => {
  const text =
    "FROM node:22 AS front\nRUN npm run build\nFROM python:3.13\nRUN one\nCOPY --from=front /dist /static\nRUN two\n";
  expect(read(text).steps.map(({ command }) => command)).toEqual(["npm run build", "one", "two"]);
});

test("a step runs in its folder, with the files that were copied so far and those bound for it", () => {
  const { steps } = read(
    "FROM python:3.13\nWORKDIR /app\nRUN apt-get update\nRUN --mount=type=bind,source=uv.lock,target=uv.lock uv sync\nCOPY backend .\nRUN ./build.sh\n",
    ["backend"],
  );
  expect(steps.map(({ command, folder, mounts }) => [command, folder, mounts])).toEqual([
    ["apt-get update", undefined, []],
    ["uv sync", "", [{ from: "uv.lock", to: "/app/uv.lock" }]],
    ["./build.sh", "backend", [{ from: "backend", to: "/app" }]],
  ]);
});

test("comments and empty lines inside a command are no part of it; a here-document is a script", () => {
  const { steps } = read(
    'FROM python:3.13\nRUN one \\\n  # about two\n\n  && two\nRUN <<END\nset -e\n# three\nthree\nEND\nRUN ["four", "a b"]\n',
  );
  expect(steps.map(({ command }) => command)).toEqual(["one && two", "set -e\n# three\nthree", "four 'a b'"]);
});

test("user, ports and health check", () => {
  const image = read(
    "FROM python:3.13\nENV PORT=8000\nUSER app\nEXPOSE $PORT 9000/tcp 53/udp\nHEALTHCHECK --interval=5s CMD wget -q --spider http://127.0.0.1:8000/up || exit 1\n",
  );
  expect(image.user).toBe("app");
  expect(image.exposes.map(({ port }) => port)).toEqual([8000, 9000]);
  expect(image.health).toMatchObject({
    kind: "http",
    path: "/up",
    host: "127.0.0.1",
    port: 8000,
    accepts: [200, 299],
  });
  expect(read("FROM x\nHEALTHCHECK CMD true\nHEALTHCHECK NONE\n").health).toBeUndefined();
});

test.each([
  ["CMD curl http://localhost:8000/", { kind: "tcp", path: "/" }],
  ["CMD curl -fL http://localhost:8000/", { kind: "http", accepts: [200, 299] }],
  ["CMD curl --fail -s http://localhost/a", { kind: "http", path: "/a", accepts: [200, 399] }],
  ['CMD ["sh", "-c", "curl -fsS localhost/x http://web:8000/b"]', { kind: "http", path: "/b", host: "web" }],
  [
    `CMD python -c "import urllib.request as u; u.urlopen('http://localhost:8000/c')"`,
    { path: "/c", accepts: [200, 299] },
  ],
  ["CMD python check.py http://localhost/", { kind: "http", accepts: undefined }],
  ["CMD nc -z localhost 8000", { kind: "unknown" }],
])("HEALTHCHECK %s", (text, expected) => {
  expect(read(`FROM x\nHEALTHCHECK ${text}\n`).health).toMatchObject(expected);
});

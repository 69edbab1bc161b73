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

import { expect, test } from "vitest";
import check from "../../../src/checks/images/entrypoint-not-runnable.ts";
import { memoryFiles } from "../../../src/files/memory.ts";
import { told } from "../../support/told.ts";

const dockerfile = (rest: string, image = "python:3.13-slim") =>
  `FROM ${image}\nWORKDIR /app\nCOPY . .\n${rest}\n`;
const base = { "manage.py": "import django\n", "requirements.txt": "django==5.2\n" };
const script = "#!/bin/sh\nexec gunicorn shop.wsgi\n";
const entry = 'ENTRYPOINT ["/app/entrypoint.sh"]';

/** All files are tracked; those named in `executable` have the mode. */
const ask = (files: Readonly<Record<string, string>>, executable: readonly string[] = []) =>
  told(
    check,
    memoryFiles({ ...base, ...files }, { tracked: [...Object.keys({ ...base, ...files })], executable }),
  );

test("git's mode does not let it be executed", async () => {
  expect(await ask({ Dockerfile: dockerfile(entry), "entrypoint.sh": script })).toEqual([
    'error certain Dockerfile:4:1 entrypoint.sh is not executable in git, and /app/entrypoint.sh is executed: "permission denied"',
  ]);
  expect(await ask({ Dockerfile: dockerfile("CMD ./entrypoint.sh"), "entrypoint.sh": script })).toHaveLength(
    1,
  );
  expect(
    (
      await ask({
        "app.json": '{"stack": "heroku-24"}',
        Procfile: "web: ./bin/start.sh\n",
        "bin/start.sh": script,
      })
    )[0],
  ).toMatch(/^error certain Procfile:1:1 bin\/start\.sh is not executable in git/);
});

test("carriage returns", async () => {
  const crlf = script.replaceAll("\n", "\r\n");
  expect(await ask({ Dockerfile: dockerfile(entry), "entrypoint.sh": crlf }, ["entrypoint.sh"])).toEqual([
    'error certain Dockerfile:4:1 the lines of entrypoint.sh end with a carriage return, and there is no program named "/bin/sh\\r" to run it',
  ]);
  expect(
    (await ask({ Dockerfile: dockerfile('CMD ["sh", "/app/entrypoint.sh"]'), "entrypoint.sh": crlf }))[0],
  ).toMatch(/^warning certain .* which the shell takes for a part of the commands$/);
});

test("carriage returns everywhere may be those of this checkout", async () => {
  const files = {
    Dockerfile: dockerfile(entry).replaceAll("\n", "\r\n"),
    "entrypoint.sh": script.replaceAll("\n", "\r\n"),
  };
  expect((await ask(files, ["entrypoint.sh"]))[0]).toMatch(
    /^warning conditional .*\(when the lines end so in every checkout\)$/,
  );
});

test("no interpreter, where no shell helps out", async () => {
  const files = { Dockerfile: dockerfile(entry), "entrypoint.sh": "exec gunicorn shop.wsgi\n" };
  expect(await ask(files, ["entrypoint.sh"])).toEqual([
    'error certain Dockerfile:4:1 entrypoint.sh names no interpreter in its first line, and no shell starts it: "exec format error"',
  ]);
  const marked = { ...files, "entrypoint.sh": `\uFEFF${script}` };
  expect((await ask(marked, ["entrypoint.sh"]))[0]).toContain("begins with a byte order mark");
});

test("an interpreter that the image lacks", async () => {
  const files = {
    Dockerfile: dockerfile(entry, "python:3.13-alpine"),
    "entrypoint.sh": script.replace("/bin/sh", "/usr/bin/env bash"),
  };
  expect(await ask(files, ["entrypoint.sh"])).toEqual([
    "error certain Dockerfile:4:1 the first line of entrypoint.sh asks for bash, which python:3.13-alpine does not have",
  ]);
  const installs = { ...files, Dockerfile: dockerfile(`RUN apk add bash\n${entry}`, "python:3.13-alpine") };
  expect(await ask(installs, ["entrypoint.sh"])).toEqual(["passed"]);
});

test("a script that is not there, or is kept out of the image", async () => {
  expect(await ask({ Dockerfile: dockerfile(entry) })).toEqual([
    "error certain Dockerfile:4:1 /app/entrypoint.sh is started, and entrypoint.sh is not in the repository",
  ]);
  const files = { Dockerfile: dockerfile(entry), "entrypoint.sh": script, ".dockerignore": "*.sh\n" };
  expect(await ask(files, ["entrypoint.sh"])).toEqual([
    "error certain Dockerfile:4:1 .dockerignore keeps entrypoint.sh out of the image that starts it",
  ]);
});

test("the script that an entry point hands on to", async () => {
  const files = {
    Dockerfile: dockerfile(`${entry}\nCMD ["/app/start.sh"]`),
    "entrypoint.sh": '#!/bin/sh\nexec "$@"\n',
    "start.sh": script,
  };
  expect(await ask(files, ["entrypoint.sh"])).toEqual([
    expect.stringContaining("start.sh is not executable in git"),
  ]);
  expect(await ask(files, ["entrypoint.sh", "start.sh"])).toEqual(["passed"]);
});

test.each([
  ["it is executable", entry, ["entrypoint.sh"]],
  ["sh reads it", 'CMD ["sh", "/app/entrypoint.sh"]', []],
  ["bash reads it, told by a shell", "CMD bash entrypoint.sh", []],
  ["chmod +x", `RUN chmod +x entrypoint.sh\n${entry}`, []],
  ["chmod by number, with a path", `RUN pip list && chmod 0755 /app/entrypoint.sh\n${entry}`, []],
  ["chmod of all scripts", `RUN chmod u+x *.sh\n${entry}`, []],
  ["chmod of a folder", `RUN chmod -R a+rx /app\n${entry}`, []],
  ["COPY --chmod", `COPY --chmod=755 entrypoint.sh /app/entrypoint.sh\n${entry}`, []],
  [
    "another stage's chmod",
    `RUN chmod +x entrypoint.sh\nFROM python:3.13-slim\nCOPY --from=0 /app /app\n${entry}`,
    [],
  ],
  [
    "chmod of the name that COPY gives it",
    'COPY entrypoint.sh /start.sh\nRUN chmod +x /start.sh\nENTRYPOINT ["/start.sh"]',
    [],
  ],
  ["find and chmod", `RUN find . -name '*.sh' -exec chmod +x {} +\n${entry}`, []],
])("%s: nothing to tell", async (_name, rest, executable) => {
  expect(await ask({ Dockerfile: dockerfile(rest), "entrypoint.sh": script }, executable)).toEqual([
    "passed",
  ]);
});

test("what cures carriage returns", async () => {
  const crlf = script.replaceAll("\n", "\r\n");
  const cured = dockerfile(`RUN sed -i 's/\\r$//g' /app/entrypoint.sh\n${entry}`);
  expect(await ask({ Dockerfile: cured, "entrypoint.sh": crlf }, ["entrypoint.sh"])).toEqual(["passed"]);
  const kept = {
    Dockerfile: dockerfile(entry),
    "entrypoint.sh": crlf,
    ".gitattributes": "*.sh text eol=lf\n",
  };
  expect(await ask(kept, ["entrypoint.sh"])).toEqual(["passed"]);
});

test("a shell helps out where the first line names no interpreter", async () => {
  const bare = "exec gunicorn shop.wsgi\n";
  for (const rest of ["CMD ./entrypoint.sh", 'ENTRYPOINT ["tini", "--", "/app/entrypoint.sh"]'])
    expect(await ask({ Dockerfile: dockerfile(rest), "entrypoint.sh": bare }, ["entrypoint.sh"])).toEqual([
      "passed",
    ]);
});

test("nobody knows the mode without git, or of a file that git does not track", async () => {
  const files = { ...base, Dockerfile: dockerfile(entry), "entrypoint.sh": script };
  expect(await told(check, files)).toEqual(["passed"]);
  expect(await told(check, memoryFiles(files, { tracked: ["Dockerfile"], executable: [] }))).toEqual([
    "passed",
  ]);
});

test("a script that another command makes, or that somebody else's image has", async () => {
  expect(
    await ask({ Dockerfile: dockerfile(`RUN curl -o entrypoint.sh https://example.com\n${entry}`) }),
  ).toEqual(["passed"]);
  expect(await ask({ Dockerfile: dockerfile('ENTRYPOINT ["/docker-entrypoint.sh"]') })).toEqual([
    "skipped: no command of the deployment starts a script of the project",
  ]);
});

test("a file that is copied to the name of a folder is no folder of the project", async () => {
  const Dockerfile = 'FROM python:3.13\nCOPY requirements.txt /app\nCMD ["/app/docker-entrypoint.sh"]\n';
  expect(await ask({ Dockerfile })).toEqual(["passed"]);
});

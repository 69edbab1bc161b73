import { describe, expect, test } from "vitest";
import type { Area } from "../../src/check.ts";
import { memoryFiles } from "../../src/files/memory.ts";
import { fails } from "../../src/finding.ts";
import { placeOf } from "../../src/report/place.ts";
import { djangoFacts, report, result } from "./sample.ts";

const files = memoryFiles({
  "manage.py": "#!/usr/bin/env python\n",
  "shop/settings.py": "DEBUG = True  # on\n",
  "requirements.txt": "Django\n",
  Procfile: "web: gunicorn shop.wsgi\n",
  Pipfile: "[packages]\n",
});

function placed(finding: ReturnType<typeof fails>, area: Area = "settings", prefix = "") {
  return placeOf(finding, result("a", { area }), report([], { files, prefix }));
}

describe("the place of a finding", () => {
  const at = { file: "shop/settings.py", line: 1, column: 9 };

  test("is told from the top of the repository", () => {
    const finding = fails("DEBUG is True", { at: { ...at, endLine: 1, endColumn: 13 } });
    expect(placed(finding, "settings", "backend/")).toEqual({
      file: "backend/shop/settings.py",
      line: 1,
      column: 9,
      endLine: 1,
      endColumn: 13,
      instead: false,
    });
  });

  test("reaches to the end of the line where its end is not known", () => {
    expect(placed(fails("DEBUG is True", { at }))).toMatchObject({ endLine: 1, endColumn: 19 });
    const behind = { file: "Procfile", line: 7, column: 4 };
    expect(placed(fails("x", { at: behind }))).toMatchObject({ line: 7, endLine: 7, endColumn: 4 });
  });
});

describe("a finding about something that is not there is shown", () => {
  test.each<[string, string, Area]>([
    ["Pipfile has no Pipfile.lock", "Pipfile", "runtime"],
    ["ALLOWED_HOSTS is empty", "shop/settings.py", "settings"],
    ["nothing says how to start", "Procfile", "processes"],
    ["no file names the Python version", "requirements.txt", "runtime"],
    ["nothing is ignored", "manage.py", "secrets"],
  ])("%s: at %s", (message, file, area) => {
    expect(placed(fails(message), area)).toMatchObject({ file, line: 1, column: 1, endLine: 1 });
  });

  test("also where it names the file that has to be made", () => {
    const at = { file: "app.py", line: 3, column: 4 };
    expect(placed(fails("there is no app.py", { at }), "processes")).toMatchObject({
      file: "Procfile",
      line: 1,
      instead: true,
    });
  });

  test("at manage.py, or at whatever there is", () => {
    const at = (paths: readonly string[]) =>
      placeOf(
        fails("nothing"),
        result("a", { area: "processes" }),
        report([], { files: memoryFiles(Object.fromEntries(paths.map((path) => [path, ""]))) }),
      ).file;
    expect(at(["a.py", "manage.py"])).toBe("manage.py");
    expect(at(["a.py", "b.py"])).toBe("a.py");
    expect(at([])).toBe("manage.py");
  });

  test("in the folder of the project, if it is there", () => {
    const facts = djangoFacts();
    const project = {
      framework: "django",
      folder: "app",
      recognisedBy: "",
      managePy: undefined,
      path: [],
    } as const;
    const found = placeOf(
      fails("requirements.txt names no version"),
      result("a"),
      report([], {
        files: memoryFiles({ "requirements.txt": "", "app/requirements.txt": "" }),
        result: { results: [], facts: { ...facts, project } },
      }),
    );
    expect(found.file).toBe("app/requirements.txt");
  });
});

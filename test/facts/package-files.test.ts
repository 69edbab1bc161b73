import { expect, test } from "vitest";
import { runtimeFacts } from "../support/runtime-facts.ts";

test.each([
  ["requirement.txt", true],
  ["requirments.txt", true],
  ["Requirements.txt", true],
  ["requirements.text", true],
  ["requirements", true],
  ["requirements-dev.txt", false],
  ["requirements.txt", false],
  ["requirements2.txt", false],
  ["requirements.in", false],
  ["README.md", false],
])("%s is misspelt: %s", async (name, misspelt) => {
  const { packageFiles } = await runtimeFacts({ [name]: "django\n" });
  expect(packageFiles.misspelt).toEqual(misspelt ? [name] : []);
});

test("files by where they are", async () => {
  const files = {
    "requirements.txt": "",
    "pyproject.toml": "",
    "requirements-dev.txt": "",
    "requirements/prod.txt": "",
    "backend/Pipfile": "",
    "docs/requirements.txt": "",
    "uv.lock": "",
  };
  const { packageFiles } = await runtimeFacts(files, undefined, { ignored: ["uv.lock"] });
  expect(packageFiles.inRoot).toEqual(["pyproject.toml", "requirements.txt"]);
  expect(packageFiles.elsewhere).toEqual([
    "backend/Pipfile",
    "docs/requirements.txt",
    "requirements-dev.txt",
    "requirements/prod.txt",
  ]);
  expect(packageFiles.ignored).toEqual(["uv.lock"]);
});

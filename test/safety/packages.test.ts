import { expect, test } from "vitest";
import { runtimeFacts } from "../support/runtime-facts.ts";

const many = (count: number, line: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => line(index)).join("\n");

/** Files of up to 5 MB are read; none may hold up the run. */
test.each<[string, Readonly<Record<string, string>>]>([
  ["a line of spaces", { "requirements.txt": `django${" ".repeat(2_000_000)}x` }],
  ["a line of dashes", { "requirements.txt": `${"1-".repeat(500_000)}x` }],
  ["a line of equals signs", { "requirements.txt": `django${"=".repeat(1_000_000)};` }],
  ["a line that never ends", { "requirements.txt": many(200_000, () => "a \\") }],
  ["blank lines", { "requirements.txt": "\n".repeat(3_000_000) }],
  ["files in a circle", { "requirements.txt": "-r a.txt\n", "a.txt": "-r requirements.txt\n-r a.txt\n" }],
  ["a hundred thousand requirements", { "requirements.txt": many(100_000, (index) => `p${index}==1`) }],
  ["a large Pipfile", { Pipfile: `[packages]\n${many(20_000, (index) => `p${index} = "*"`)}` }],
  [
    "a large pyproject.toml",
    { "pyproject.toml": `[project]\ndependencies = [\n${many(20_000, (index) => `"p${index}",`)}\n]` },
  ],
  [
    "a large lock",
    {
      "uv.lock": many(
        20_000,
        (index) => `[[package]]\nname = "p${index}"\ndependencies = [{ name = "p${index + 1}" }]\n`,
      ),
    },
  ],
  [
    "groups in a circle",
    {
      "pyproject.toml":
        '[project]\ndependencies = ["a"]\n[dependency-groups]\nprod = [{include-group = "live"}]\nlive = [{include-group = "prod"}]\n',
    },
  ],
  [
    "a large Dockerfile",
    {
      "requirements.txt": "django\n",
      Dockerfile: `FROM python:3.13\n${many(100_000, () => "RUN pip install \\")}`,
    },
  ],
  ["a marker without end", { "requirements.txt": `django; ${"(".repeat(1900)}` }],
  [
    "a version file without end",
    { "requirements.txt": "django\n", ".python-version": "3.13 ".repeat(200_000) },
  ],
])("%s", { timeout: 20_000 }, async (_, files) => {
  const { packageFiles } = await runtimeFacts(files);
  expect(packageFiles.inRoot.length).toBeGreaterThan(0);
});

test("a name that every object has is a name like any other", async () => {
  const { packages } = await runtimeFacts({
    "requirements.txt": "constructor\n__proto__\ntoString\n",
    "pyproject.toml": "[tool.poetry]\n__proto__ = 1\n",
  });
  expect(packages?.get("constructor")?.name).toBe("constructor");
  expect(packages?.provides("hasOwnProperty")).toBe("unknown");
  expect(packages?.installs("valueOf")).not.toBe("yes");
});

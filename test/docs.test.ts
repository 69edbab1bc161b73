import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { checks } from "../src/checks/index.ts";
import { explain, index } from "../src/explain.ts";
import { version } from "../src/version.ts";

/** `npx vitest run test/docs.test.ts -u` writes the pages. */
describe("the documentation is what the checks say", () => {
  test.each(checks.map((check) => [check.id, check] as const))("%s", async (id, check) => {
    await expect(explain(check)).toMatchFileSnapshot(`../docs/checks/${id}.md`);
  });

  test("the index", async () => {
    await expect(index(checks)).toMatchFileSnapshot("../docs/checks/README.md");
  });
});

test("no page is left of a check that is gone: delete it, or keep the old name as an alias", () => {
  const ids = new Set(checks.map(({ id }) => id));
  const pages = readdirSync("docs/checks").filter((name) => name !== "README.md");
  expect(pages.filter((name) => !ids.has(name.replace(/\.md$/, "")))).toEqual([]);
});

test("the version is the package's", () => {
  expect(version).toBe(JSON.parse(readFileSync("package.json", "utf8")).version);
});

describe("code in docs/contributing.md", () => {
  const guide = readFileSync("docs/contributing.md", "utf8");
  const quotes = [...guide.matchAll(/<!-- from (\S+) -->\n```ts\n([\s\S]*?)```/g)];

  test("is quoted", () => expect(quotes.length).toBeGreaterThan(0));

  test.each(quotes.map(([, path = "", code = ""]) => [path, code]))("from %s is there", (path, code) => {
    expect(readFileSync(path, "utf8")).toContain(code);
  });
});

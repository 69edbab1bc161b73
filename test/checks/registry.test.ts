import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { areas, type Check } from "../../src/check.ts";
import { checks } from "../../src/checks/index.ts";

const files = readdirSync("src/checks", { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap(({ name: area }) =>
    readdirSync(`src/checks/${area}`).map((file) => ({ area, id: file.replace(/\.ts$/, "") })),
  );

describe("every check file", () => {
  test.each(files.map(({ area, id }) => [`${area}/${id}.ts`, area, id] as const))(
    "%s",
    async (path, area, id) => {
      const { default: check }: { default?: Check } = await import(
        /* @vite-ignore */ `../../src/checks/${path}`
      );
      expect(
        check,
        `src/checks/${path} has no default export: export default defineCheck({ … })`,
      ).toBeDefined();
      expect(check?.id, `the check in src/checks/${path} must be called as its file: id: "${id}"`).toBe(id);
      expect(
        check?.area,
        `the check in src/checks/${path} must be in the area of its folder: area: "${area}"`,
      ).toBe(area);
      expect(checks, `src/checks/index.ts does not list ${id}: import it and add it to its area`).toContain(
        check,
      );
      const tests = readdirSync(`test/checks/${area}`, { withFileTypes: false });
      expect(tests, `${id} has no test of its own: write test/checks/${area}/${id}.test.ts`).toContain(
        `${id}.test.ts`,
      );
      const pages = readdirSync("docs/checks");
      expect(
        pages,
        `${id} has no page: npx vitest run test/docs.test.ts -u writes docs/checks/${id}.md`,
      ).toContain(`${id}.md`);
    },
  );
});

describe("the list of checks", () => {
  test("holds nothing that is no file in src/checks", () => {
    expect(checks.map(({ id }) => id).sort()).toEqual(files.map(({ id }) => id).sort());
  });

  test("is in the order of the areas, so that a report reads from top to bottom", () => {
    const order = Object.keys(areas);
    const inList = checks.map(({ area }) => order.indexOf(area));
    expect(inList).toEqual([...inList].sort((a, b) => a - b));
  });

  test("uses no name twice: an id is never reused, and an alias belongs to one check", () => {
    const names = checks.flatMap(({ id, aliases = [] }) => [id, ...aliases]);
    expect(names).toEqual([...new Set(names)]);
  });
});

describe("every check", () => {
  test.each(checks.map((check) => [check.id, check] as const))("%s is documented", (id, check) => {
    const { docs, title } = check;
    expect(id).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)+$/);
    expect(Object.keys(areas)).not.toContain(id);
    expect(title, "a title is the desired state, without a full stop").toMatch(/[^.!?]$/);
    expect(docs.why.length, "docs.why says why it matters").toBeGreaterThan(40);
    expect(docs.fix.length, "docs.fix says what to change").toBeGreaterThan(20);
    expect(docs.bad, "the bad and the good example differ").not.toEqual(docs.good);
    for (const link of docs.links ?? []) expect(link).toMatch(/^https:\/\/\S+$/);
    for (const django of check.django ?? []) expect(django).toMatch(/^[a-z0-9_]+\.[CEIWD]\d{3}$/);
  });
});

import { expect, test } from "vitest";
import { checklist } from "../../src/report/checklist.ts";
import { plain, report, result } from "./sample.ts";

const skipped = (count: number, reason: string) =>
  Array.from({ length: count }, (_, at) =>
    result(`${reason.replace(/\W/g, "-")}-${at}`, { status: "skipped", reason }),
  );

test("checks that are skipped for one reason are told together, the first of them by name", () => {
  const results = [...skipped(20, "no Django"), ...skipped(2, "no image")];
  const text = checklist.render(report(results), { ...plain, verbose: true });
  expect(text.match(/no Django$/gm)).toHaveLength(1);
  expect(text).toContain("20 checks: no-Django-0, no-Django-1");
  expect(text).toMatch(/and\s+10\s+more/);
  expect(text.match(/no image$/gm)).toHaveLength(2);
});

import { describe, expect, test } from "vitest";
import { fails } from "../../src/finding.ts";
import { heroku } from "../../src/platforms/heroku.ts";
import { platforms } from "../../src/platforms/index.ts";
import type { Platform } from "../../src/platforms/platform.ts";
import { render } from "../../src/platforms/render.ts";
import { checklist } from "../../src/report/checklist.ts";
import { matrix } from "../../src/report/matrix.ts";
import { plain, report, result } from "./sample.ts";

const target = (platform: Platform, targeted = true) => ({ platform, because: "it is there", targeted });
const both = { platforms: [target(heroku), target(render, false)] };
const failed = (message: string) => ({ status: "failed" as const, findings: [fails(message)] });

describe("the matrix", () => {
  test("has a line for each check that is answered differently, and a column for each platform", () => {
    const results = [
      result("disk", { platform: heroku, ...failed("it is lost") }),
      result("disk", { platform: render }),
      result("port", { platform: heroku, ...failed("none"), severity: "warning" }),
      result("port", { platform: render, status: "unknown" }),
      result("same", { platform: heroku, ...failed("bad") }),
      result("same", { platform: render, ...failed("bad") }),
      result("fine", { platform: heroku }),
      result("fine", { platform: render, status: "skipped" }),
      result("everywhere", failed("bad")),
    ];
    expect(matrix(report(results, both), plain)).toEqual([
      "Where the platforms differ",
      "",
      "        heroku  render",
      "  disk    ✗       ✓",
      "  port    !       ?",
      "",
      "  ✗ error   ! warning   i advice   ? unknown   ✓ passed   – does not apply",
    ]);
  });

  test("is left out for one platform, and where nothing differs", () => {
    const results = [result("disk", { platform: heroku, ...failed("it is lost") })];
    expect(matrix(report(results, { platforms: [target(heroku)] }), plain)).toEqual([]);
    expect(matrix(report([result("a")], both), plain)).toEqual([]);
  });

  test("breaks between platforms where the terminal is too narrow, and is never wider", () => {
    const results = platforms.map((platform, index) =>
      result("disk", { platform, ...(index === 0 && failed("it is lost")) }),
    );
    const lines = matrix(report(results, { platforms: platforms.map((one) => target(one)) }), {
      ...plain,
      width: 40,
    });
    expect(lines.join("\n")).toContain(platforms.at(-1)?.id);
    for (const line of lines.slice(0, -1)) expect(line.length).toBeLessThanOrEqual(40);
  });
});

test("a finding that several platforms share is told once, and what it comes to on each", () => {
  const shared = failed("the database is a file");
  const results = [
    result("disk", { platform: heroku, ...shared }),
    result("disk", { platform: render, ...shared }),
    result("port", { platform: heroku }),
    result("port", { platform: render, ...failed("no port") }),
  ];
  const text = checklist.render(report(results, both), plain);
  expect(text.match(/the database is a file/g)).toHaveLength(1);
  expect(text).toContain("port is as it should be on Render (port)");
  expect(text).toMatch(/^ {2}Heroku {2}1 error, 0 warnings$/m);
  expect(text).toMatch(/^ {2}Render {2}2 errors, 0 warnings {2}\(not targeted\)$/m);
});

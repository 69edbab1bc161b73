import { expect, test } from "vitest";
import { pathMatcher } from "../../src/ignores/path-pattern.ts";

const matches = pathMatcher();

test.each([
  ["legacy/", "legacy/shop/settings.py"],
  ["legacy/**", "legacy/shop/settings.py"],
  ["*.py", "shop/settings.py"],
  ["shop/*.py", "shop/settings.py"],
  ["**/settings.py", "a/b/settings.py"],
  ["settings", "shop/settings/base.py"],
  ["/Procfile", "Procfile"],
  ["[Pp]rocfile", "Procfile"],
])("%s takes %s", (pattern, file) => {
  expect(matches(pattern, file)).toBe(true);
});

test.each([
  ["shop/*.py", "shop/settings/base.py"],
  ["/settings.py", "shop/settings.py"],
  ["legacy/", "legacy"],
  ["!*.py", "shop/settings.py"],
  ["", "shop/settings.py"],
  ["# note", "# note"],
])("%s does not take %s", (pattern, file) => {
  expect(matches(pattern, file)).toBe(false);
});

test("no pattern takes long", () => {
  const started = performance.now();
  const file = `${"s".repeat(200)}/${"s/".repeat(200)}x.py`;
  for (const pattern of [
    "@(+(*s*))b",
    "*s".repeat(100),
    "**/s/".repeat(100),
    "[".repeat(1000),
    `${"*".repeat(5000)}b`,
  ])
    matches(pattern, file);
  expect(performance.now() - started).toBeLessThan(2000);
});

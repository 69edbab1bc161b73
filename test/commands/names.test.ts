import { expect, test } from "vitest";
import { checksNamed, nearestName } from "../../src/checks/named.ts";
import { explain } from "../../src/commands/explain.ts";
import { list } from "../../src/commands/list.ts";
import { check } from "../report/sample.ts";

const debug = check("debug-enabled", {
  django: ["security.W018"],
  aliases: ["debug-on"],
  title: "DEBUG is off",
});
const open = check("debug-fail-open", { django: ["security.W018"], severity: "warning" });
const key = check("secret-key-literal", { area: "secrets" });
const checks = [debug, open, key];

test.each([
  ["debug-enabled", [debug]],
  ["debug-on", [debug]],
  ["security.W018", [debug, open]],
  ["secrets", [key]],
  ["settings", [debug, open]],
  ["debug", []],
])("%s names the checks that it should", (name, named) => expect(checksNamed(checks, name)).toEqual(named));

test.each([
  ["debug-enable", "debug-enabled"],
  ["security.w018", "security.W018"],
  ["secret-key-litteral", "secret-key-literal"],
  ["secret", "secrets"],
  ["completely-different", undefined],
])("%s was probably meant as %s", (name, meant) => expect(nearestName(checks, name)).toBe(meant));

test("explain prints every page that a Django id leads to", () => {
  const { stdout, code } = explain(checks, "security.W018");
  expect(stdout).toMatch(/^# debug-enabled[\s\S]*^# debug-fail-open/m);
  expect(code).toBe(0);
});

test("explain suggests the name that was meant", () => {
  expect(() => explain(checks, "debug-enable")).toThrow(
    "there is no check debug-enable; did you mean debug-enabled?",
  );
  expect(() => explain(checks, "x")).toThrow("there is no check x; deploy-check list shows them all");
});

test("list shows every check in its area", () => {
  expect(list(checks).stdout).toBe(
    `Settings (settings)
  debug-enabled       error    DEBUG is off (security.W018)
  debug-fail-open     warning  debug-fail-open is as it should be (security.W018)

Secrets and git (secrets)
  secret-key-literal  error    secret-key-literal is as it should be
`,
  );
});

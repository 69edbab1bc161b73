import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { isNamedTimeZone } from "../../../src/facts/django/time-zones.ts";
import { hasPython, python } from "../../support/python.ts";

test.each(["UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires", "Etc/GMT+12"])("%s is one", (name) => {
  expect(isNamedTimeZone(name)).toBe(true);
});

test.each(["", " ", "utc", "Europe", "Europe/Atlantis", "UTC Zulu", "Zulu\nUTC"])("%j is none", (name) => {
  expect(isNamedTimeZone(name)).toBe(false);
});

test.skipIf(!hasPython("zoneinfo"))("Python knows no other, but for newer ones", () => {
  const script = 'import zoneinfo; print("\\n".join(zoneinfo.available_timezones()))';
  const names = execFileSync(python, ["-c", script], { encoding: "utf8" }).trim().split("\n");
  const missing = names.filter((name) => !isNamedTimeZone(name) && name !== "localtime");
  expect(names.length).toBeGreaterThan(400);
  expect(missing.length).toBeLessThan(5);
});

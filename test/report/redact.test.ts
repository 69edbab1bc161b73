import { describe, expect, test } from "vitest";
import { memoryFiles } from "../../src/files/memory.ts";
import { fails } from "../../src/finding.ts";
import { redactFinding } from "../../src/report/redact.ts";

/** What is told of a finding at the first line of a file that consists of it. */
function told(line: string, message: string, file = "shop/settings.py") {
  const at = { file, line: 1, column: 1 };
  return redactFinding(fails(message, { at, fix: message }), memoryFiles({ [file]: `${line}\n` }), true);
}

describe("a value is masked", () => {
  test.each([
    ['SECRET_KEY = "hunter2"', "SECRET_KEY is hunter2", "SECRET_KEY is *******"],
    ['SECRET_KEY = "my_super_secret"', "is my_super_secret", "is ***************"],
    ['SECRET_KEY = "my.super.secret"', 'is "my.super.secret"', 'is "***************"'],
    ['SECRET_KEY = "correct horse"', 'is "correct horse"', 'is "******* *****"'],
    ['PASSWORD = env("PASSWORD", "changeme")', 'falls back to "changeme"', 'falls back to "********"'],
    ['X = load("hunter2")', "X is hunter2", "X is *******"],
    ["x: postgres://u:hunter2@db/x", "to postgres://u:hunter2@db/x", "to postgres://u:*******@db/x"],
  ])("%s", (line, message, shown) => {
    const file = line.startsWith("x:") ? "a.yaml" : "shop/settings.py";
    expect(told(line, message, file)).toMatchObject({ message: shown, fix: shown });
  });
});

describe("a name is not", () => {
  test.each([
    ["SECRET_KEY = getattr(configuration, 'SECRET_KEY')", "SECRET_KEY cannot be read statically"],
    ['SECRET_KEY = secret("SECRET_KEY")', 'SECRET_KEY = env.str("SECRET_KEY")'],
    ["key = getattr(configuration, 'SECRET_KEY')", "SECRET_KEY cannot be read statically"],
    ['SIGNING = load("SIGNING")', "$SIGNING is unset"],
    ['path("accounts/", include("django.contrib.auth.urls"))', "includes django.contrib.auth.urls"],
    ['SECRET_KEY = "SECRET_KEY"', "SECRET_KEY is a literal"],
  ])("%s", (line, message) => expect(told(line, message)).toMatchObject({ message, fix: message }));
});

import { expect, test } from "vitest";
import { needsShell } from "../../../src/platforms/shell/needs-shell.ts";

test.each([
  ["a && b", "&&"],
  ["a || true", "||"],
  ["a; b", ";"],
  ["a | tee log", "|"],
  ["a > log", ">"],
  ["a 2>&1", "2>"],
  ["a &", "&"],
  ["gunicorn --bind 0.0.0.0:$PORT", "$PORT"],
  ['gunicorn --bind "0.0.0.0:${PORT:-8000}"', "${PORT:-8000}"],
  ["a $(nproc)", "$(nproc)"],
  ["DEBUG=0 a", "DEBUG=0"],
  ["bash a.sh && b", "&&"],
])("%s needs a shell for %s", (command, reason) => {
  expect(needsShell(command)).toBe(reason);
});

test.each([
  "gunicorn shop.wsgi --workers=3",
  "sh -c 'a && b'",
  '/bin/bash -lc "exec gunicorn --bind :$PORT"',
  "python -c 'print(1); print(2)'",
  'python -c "a; b"',
  "celery --hostname=w@%h",
  "a --filter a&b",
])("%s needs none", (command) => {
  expect(needsShell(command)).toBeUndefined();
});

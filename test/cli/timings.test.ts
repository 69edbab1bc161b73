import { expect, test } from "vitest";
import { stopwatch } from "../../src/cli/timings.ts";
import { main } from "../../src/cli.ts";
import { memoryFiles } from "../../src/files/memory.ts";
import { onDisk } from "../support/on-disk.ts";

test("each stage has its own time, and all of them are the whole", () => {
  let time = 0;
  const watch = stopwatch(() => time);
  time += 3;
  watch.walked();
  const slow = memoryFiles({ a: "" });
  const files = watch.files({
    ...slow,
    text(path) {
      time += 5;
      return slow.text(path);
    },
  });
  time += 7;
  files.text("a");
  const [check] = watch.checks([
    {
      id: "a",
      title: "",
      area: "settings",
      severity: "error",
      needs: [],
      wants: [],
      docs: { why: "", fix: "", bad: {}, good: {} },
      *run() {
        time += 11;
        files.text("a");
        yield* [];
      },
    },
  ]);
  check?.run({});
  time += 13;
  const { stderr } = watch.outcome({ stdout: "", stderr: "before\n", code: 0 });
  expect(stderr).toBe("before\ndeploy-check: 44 ms: walk 3, read 10, facts 7, checks 11, report 13\n");
});

test("--timings says it on stderr, and the report is the same", async () => {
  const cwd = onDisk({
    "manage.py": 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n',
    "shop/settings.py": "DEBUG = True\n",
  });
  const run = async (...argv: readonly string[]) => {
    const text = { stdout: "", stderr: "" };
    const stream = (name: keyof typeof text) => ({
      write: (written: string) => {
        text[name] += written;
      },
    });
    const [stdout, stderr] = [stream("stdout"), stream("stderr")];
    let time = 0;
    const clock = () => (time += 1);
    await main({ argv, cwd, env: {}, isTTY: false, columns: undefined, stdout, stderr, clock });
    return text;
  };
  const { stdout, stderr } = await run("--timings", "--verbose");
  expect(stderr).toMatch(/^deploy-check: \d+ ms: walk \d+, read \d+, facts \d+, checks \d+, report \d+\n$/);
  expect(await run("--verbose")).toEqual({ stdout, stderr: "" });
});

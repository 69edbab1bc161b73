import { readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { linksFor, supportsHyperlinks } from "../../src/cli/hyperlinks.ts";
import { outcomeOf } from "../../src/cli.ts";
import { bin, ensureBuilt } from "../support/built.ts";
import { has, onDisk } from "../support/on-disk.ts";
import { onTerminal } from "../support/terminal.ts";

const unsafe = {
  "manage.py": 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n',
  "shop/settings.py": 'DEBUG = True\nROOT_URLCONF = "shop.urls"\n',
};
const kitty = { TERM: "xterm-kitty" };

/** The links of a text: what is shown, and where it leads. Anything else of a terminal's would be left in `rest`. */
function linksIn(text: string) {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: links are made of control characters
  const link = /\x1b\]8;;([^\x1b\x07]+)\x1b\\([^\x1b]*)\x1b\]8;;\x1b\\/g;
  return {
    links: [...text.matchAll(link)].map(([, url = "", shown = ""]) => ({ url, shown })),
    rest: text.replace(link, "$2"),
  };
}

describe("terminals", () => {
  test.each([
    ["no terminal", kitty, false, false],
    ["no terminal, even if it is forced", { ...kitty, FORCE_HYPERLINK: "1" }, false, false],
    ["one that nobody knows", { TERM: "xterm-256color" }, true, false],
    ["the same, forced", { TERM: "xterm-256color", FORCE_HYPERLINK: "1" }, true, true],
    ["kitty", kitty, true, true],
    ["kitty, forced off", { ...kitty, FORCE_HYPERLINK: "0" }, true, false],
    ["kitty in a pipeline", { ...kitty, CI: "true" }, true, false],
    ["tmux in kitty", { ...kitty, TMUX: "/tmp/tmux-0/default,1,0" }, true, false],
    ["a dumb one", { TERM: "dumb", VTE_VERSION: "7600" }, true, false],
    ["GNOME's", { TERM: "xterm-256color", VTE_VERSION: "7600" }, true, true],
    ["GNOME's that crashed", { TERM: "xterm-256color", VTE_VERSION: "5000" }, true, false],
    ["iTerm", { TERM_PROGRAM: "iTerm.app" }, true, true],
    ["Windows Terminal", { WT_SESSION: "x" }, true, true],
  ])("%s", (_, env, isTTY, supported) => expect(supportsHyperlinks({ env, isTTY })).toBe(supported));
});

describe("a report", () => {
  const report = async (isTTY: boolean, env: Record<string, string>, ...argv: readonly string[]) => {
    const cwd = onDisk(unsafe);
    return { cwd, ...(await outcomeOf({ argv: ["--no-color", ...argv], env, cwd, isTTY, columns: 80 })) };
  };

  test("leads to files and to the pages of checks, and reads as it does without", async () => {
    const { cwd, stdout } = await report(true, kitty);
    const { links, rest } = linksIn(stdout);
    const [place] = links.filter(({ shown }) => shown === "shop/settings.py:1:9");
    expect(fileURLToPath(place?.url ?? "")).toBe(join(cwd, "shop/settings.py"));
    const page = links.find(({ shown }) => shown === "debug-enabled");
    expect(page?.url).toMatch(/^https:\/\/\S+\/docs\/checks\/debug-enabled\.md$/);
    const argv = ["--no-color"];
    const plain = await outcomeOf({ argv, env: { TERM: "xterm" }, cwd, isTTY: true, columns: 80 });
    expect(rest).toBe(plain.stdout);
    expect(rest).not.toContain("\x1b");
  });

  test("has none in a pipe, in a file, or in another format", async () => {
    expect((await report(false, { ...kitty, FORCE_HYPERLINK: "1" })).stdout).not.toContain("\x1b");
    const { files, stdout } = await report(true, kitty, "--format", "checklist=list.txt", "--format", "json");
    expect([...(files ?? []).map(({ text }) => text), stdout].join()).not.toContain("\x1b");
  });

  test("leaves places to VS Code, which makes links to the line of them", async () => {
    const { links } = linksIn((await report(true, { TERM_PROGRAM: "vscode" })).stdout);
    expect(links.some(({ url }) => url.startsWith("file:"))).toBe(false);
    expect(links.length).toBeGreaterThan(0);
  });
});

describe("hostile names", () => {
  const names = [
    "a\x1b]8;;http://evil\x07b",
    "a\x1b\\b",
    "a\nb c",
    "a\u202e\u2028b",
    "a%0Ab#?;b",
    "\ud800",
    "日本",
  ];

  test.each(names)("%j is percent-encoded", (name) => {
    const links = linksFor({ argv: [], cwd: "/", env: kitty, isTTY: true, columns: 80 }, "/srv/it's");
    const text = links?.place("here", { file: name, line: 1, column: 1 }) ?? "";
    const [link] = linksIn(text).links;
    expect(link?.shown).toBe("here");
    expect(link?.url).toMatch(/^file:\/\/\/srv\/it[!-~]*$/);
    expect(linksIn(text).rest).toBe("here");
  });
});

describe.skipIf(!has("python3") || process.platform === "win32")(
  "a real terminal (skipped without Python, which opens one)",
  { timeout: 120_000 },
  () => {
    beforeAll(ensureBuilt, 180_000);

    test("gets links, a file does not", () => {
      const cwd = onDisk(unsafe);
      const argv = [process.execPath, bin];
      expect(linksIn(onTerminal({ argv, cwd, env: kitty }).shown).links.length).toBeGreaterThan(1);
      onTerminal({ argv, cwd, env: kitty, stdout: join(cwd, "out") });
      expect(readFileSync(join(cwd, "out"), "utf8")).not.toContain("\x1b");
    });
  },
);

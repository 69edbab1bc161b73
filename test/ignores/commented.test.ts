import { describe, expect, test } from "vitest";
import { syntaxOf } from "../../src/ignores/commented.ts";

/** The comments of a file as "line text", and the lines between which nothing can be put as "from-to". */
async function read(path: string, lines: readonly string[], end = "\n") {
  const text = lines.join(end) + end;
  const found = await syntaxOf(path, text)?.read(text);
  return (
    found && [
      ...found.comments.map(({ line, column, text, alone }) => `${line}:${column}${alone ? "!" : ""}${text}`),
      ...found.solid.map(({ from, to }) => `${from}-${to}`),
    ]
  );
}

describe("comments, and what only looks like one", () => {
  test.each<[string, readonly string[], readonly string[]]>([
    [
      "shop/settings.py",
      ["# a", 'X = "# no" # b', 'Y = f"""', "{ # c", "1 } # no", '"""', "Z = 1 + \\", "  2  # d"],
      ["1:1! a", "2:12 b", "4:3 c", "8:6 d", "3-6", "7-8"],
    ],
    [
      "render.yaml",
      [
        "# a",
        "x: # b",
        '  - "y # no"',
        "  - a#no",
        "run: | # c",
        "  # no",
        "",
        "z: 'two",
        "  # no' # d",
        "# e",
      ],
      ["1:1! a", "2:4 b", "5:8 c", "9:9 d", "10:1! e", "5-6", "8-9"],
    ],
    [
      "fly.toml",
      ['x = """', "# no", '""" # a', 'y = "#no" # b', "l = [", "  1, # c", "]"],
      ["3:5 a", "4:11 b", "6:6 c", "1-3"],
    ],
    [
      "start.sh",
      [
        "echo '# no",
        "# no' # a",
        "cat <<EOF",
        "# no",
        "EOF",
        "echo $# ${x#y} a#b # b",
        "exec x \\",
        "  y # c",
      ],
      ["2:7 a", "6:20 b", "8:5 c", "1-2", "3-4", "7-8"],
    ],
    ["bin/release", ["#!/usr/bin/env bash", "true # a"], ["1:1!!/usr/bin/env bash", "2:6 a"]],
    [
      "Dockerfile.prod",
      ["# a", "FROM x # no", "RUN a \\", "  # mid", "  && b", "# b"],
      ["1:1! a", "6:1! b", "3-5"],
    ],
    [
      ".env.production",
      ["# a", 'A="', "# no", '" # b', "B=it's # c", "C=x#no"],
      ["1:1! a", "4:3 b", "5:8 c", "2-4"],
    ],
    ["Procfile", ["# a", "web: x '# no' # b", "// c"], ["1:1! a", "2:15 b", "3:1! c"]],
    ["requirements/prod.txt", ["a==1 \\", "  --hash=x # a", "-e git+https://h/r#egg=no"], ["2:12 a", "1-2"]],
    ["server.js", ["const x = 'http://no' // a", "y = `", "// no`"], ["1:23 a", "2-3"]],
    ["templates/base.html", ["{# a #}", "<p> <!-- b --> # no"], ["1:1! a ", "2:5 b "]],
    ["setup.cfg", ["; a", "x = 1 # no"], ["1:1! a"]],
  ])("%s", async (path, lines, expected) => {
    expect(await read(path, lines)).toEqual(expected);
    expect(await read(path, lines, "\r\n")).toEqual(expected);
  });

  test.each(["app.json", "runtime.txt", "bin/tool", "logo.svg"])("%s has none", (path) => {
    expect(syntaxOf(path, "#!/usr/bin/env node\n")).toBeUndefined();
  });
});

test("no file makes reading slow", async () => {
  const paths = [
    "a.sh",
    "Dockerfile",
    ".env",
    "a.toml",
    "a.js",
    "a.html",
    "Procfile",
    "a.yaml",
    "a.py",
    "a.cfg",
  ];
  const units = ["<<A ", '"""\n', "'", "\\\n", "/*", "{#", "<!--", "# ", "\n ", '="', "`", "|\n ", " \t"];
  for (const path of paths)
    for (const unit of units) {
      const text = unit.repeat(200_000 / unit.length);
      const start = performance.now();
      await syntaxOf(path, text)?.read(text);
      expect(performance.now() - start, `${path} of ${JSON.stringify(unit)}`).toBeLessThan(1500);
    }
}, 60_000);

import { describe, expect, test } from "vitest";
import { cannotTell, type Finding, fails, type Severity } from "../../src/finding.ts";
import { fly } from "../../src/platforms/fly.ts";
import { heroku } from "../../src/platforms/heroku.ts";
import { github } from "../../src/report/github.ts";
import { markdown, markdownWithin } from "../../src/report/markdown.ts";
import { hasCmark, rendered, renderedByCmark } from "../support/rendered.ts";
import { ignoredResult, plain, report, result } from "./sample.ts";

const at = { file: "shop/settings.py", line: 3, column: 9 };

function failing(id: string, findings: readonly Finding[], level: Severity = "error") {
  return result(id, { status: "failed", level, findings });
}

test("the verdict, the counts, findings by area with links, and what to do", () => {
  const results = [
    failing("debug-enabled", [fails("DEBUG is True", { at, fix: "DEBUG = False\n", when: ["X is unset"] })]),
    result("log-level", { status: "failed", area: "logging", level: "info", findings: [fails("a | b")] }),
    result("hosts", { status: "unknown", area: "hosts", findings: [cannotTell("`x` is opaque", { at })] }),
    ignoredResult("set-aside", fails("it is set aside")),
    result("fine"),
  ];
  expect(
    markdown.render(report(results, { prefix: "back end/" }), plain),
  ).toBe(`## ✗ Not ready to deploy: 1 error

5 checks: 2 failed (1 error, 1 advice), 1 unknown, 1 passed, 0 skipped, 1 ignored

- Project: shop, Django, recognised by manage.py
- Settings: shop.settings: manage.py defaults to it
- Platform: a Procfile host: nothing in the project names another
- Production: the repository as it stands

### Settings: 1 error

| | Finding | Where | Check |
| :-- | :-- | :-- | :-- |
| error | DEBUG is True<br>When: X is unset | [\`back end/shop/settings.py:3\`](back%20end/shop/settings.py#L3) | \`debug-enabled\` |

<details>
<summary>What to do</summary>

**\`debug-enabled\`**: debug-enabled is as it should be

\`\`\`text
DEBUG = False
\`\`\`

</details>

### Logging and errors: 1 advice

| | Finding | Where | Check |
| :-- | :-- | :-- | :-- |
| advice | a &#124; b |  | \`log-level\` |

<details>
<summary>What to do</summary>

**\`log-level\`**: log-level is as it should be

Do the other thing.

</details>

### Cannot be told from the files

| | Finding | Where | Check |
| :-- | :-- | :-- | :-- |
| unknown | &#96;x&#96; is opaque | [\`back end/shop/settings.py:3\`](back%20end/shop/settings.py#L3) | \`hosts\` |

<details>
<summary>Ignored: 1 finding</summary>

- \`set-aside\`: it is set aside; --ignore names it

</details>

deploy-check 0.1.0; \`deploy-check explain <check>\` says why a check matters.
`);
});

test("nothing found is said in a few lines", () => {
  const text = markdown.render(report([result("fine")]), plain);
  expect(text).toMatch(/^## ✓ Ready to deploy, as far as the files tell\n\n1 check: 0 failed/);
  expect(text).not.toMatch(/###|details|\n\n\n/);
});

test("links lead to the files where it is known where those are", () => {
  const browse = "https://github.com/o/r/blob/abc/";
  const results = [failing("a", [fails("x", { at })])];
  expect(rendered(markdown.render(report(results, { browse, prefix: "b/" }), plain)).attributes).toContain(
    'href="https://github.com/o/r/blob/abc/b/shop/settings.py#L3"',
  );
});

test("platforms are named where they are not all", () => {
  const platforms = [heroku, fly].map((platform) => ({ platform, because: "x", targeted: true }));
  const results = [result("port", { status: "failed", platform: fly, findings: [fails("x")] })];
  expect(markdown.render(report(results, { platforms }), plain)).toContain("| `port` on Fly.io |");
});

test("ignores to look at are listed, and fail the command under --strict", () => {
  const message = "ignores `hsts-unset`, which does not fail";
  const ignoreNotes = [
    { kind: "unused", by: "comment", message, at },
    { kind: "gone", by: "baseline", message: "x", at: undefined },
  ] as const;
  const gate = { level: "warning", strict: true, maxWarnings: undefined } as const;
  const text = markdown.render(report([result("fine")], { ignoreNotes, gate, prefix: "b/" }), plain);
  expect(text).toMatch(/^## ✓ Ready to deploy.*; --strict fails on 2 ignores to look at\n/);
  expect(text).toContain(`### Ignores to look at

- Note: ignores &#96;hsts-unset&#96;, which does not fail ([\`b/shop/settings.py:3\`](b/shop/settings.py#L3))
- Note: x

deploy-check`);
});

test("a fix that several findings share is told once", () => {
  const text = markdown.render(report([failing("a", [fails("x", { at }), fails("y", { at })])]), plain);
  expect(text.match(/Do the other thing/g)).toHaveLength(1);
});

describe.each([
  { name: "marked", read: rendered, skip: false },
  { name: "GitHub's cmark-gfm (not installed: .ci/run does)", read: renderedByCmark, skip: !hasCmark },
])("$name makes of a hostile project's report", ({ read, skip }) => {
  test.skipIf(skip)("nothing but the report's own elements and links", () => {
    const evil =
      "</details><script>alert(1)</script>\n\n# h\n| a | b |\n| - | - |\n[x](https://evil.example) https://evil.example @octocat #12 ``` `<img src=x>` ![i](x)";
    const finding = fails(evil, { at: { ...at, file: `${evil}.py` }, when: [evil], fix: evil });
    const results = [
      failing("a", [finding]),
      result("b", {
        status: "unknown",
        findings: [cannotTell(evil, { at: { ...at, file: "javascript:x" } })],
      }),
      result("c", {
        status: "ignored",
        ignored: [{ finding, ignore: { by: "comment", reason: evil, justification: evil } }],
      }),
    ];
    const page = read(markdown.render(report(results, { root: evil, prefix: "@octocat/" }), plain));
    expect(page.tags).toEqual(
      "a br code details h2 h3 li p pre strong summary table tbody td th thead tr ul".split(" "),
    );
    const links = page.attributes.filter((attribute) => !/^(?:align|class|lang)=/.test(attribute));
    expect(links).toHaveLength(2);
    for (const link of links) expect(link).toMatch(/^href="%40octocat\/[\w%./-]+#L3"$/);
    expect(page.prose).not.toMatch(/(?<!\w)@[a-z]|#\d|:\/\//);
  });
});

describe("as much as there is room for", () => {
  const many = (id: string, level: Severity, count: number) =>
    failing(
      id,
      [...Array(count).keys()].map((n) => fails(`${id} ${n} ${"é|".repeat(40)}`, { at, fix: `fix ${n}` })),
      level,
    );
  const results = [
    many("advised", "info", 300),
    many("broken", "error", 300),
    many("doubtful", "warning", 300),
    ignoredResult("set-aside", fails("it is set aside")),
  ];

  test("is within what GitHub takes, whole, and with the worst", () => {
    const text = markdown.render(report(results), plain);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(65_536);
    expect(Buffer.byteLength(text)).toBeGreaterThan(60_000);
    expect(text.match(/^\| error \|/gm)?.length).toBeGreaterThan(80);
    expect(text).not.toMatch(/^\| (?:warning|advice) \|/m);
    expect(text.match(/<details>/g)?.length).toBe(text.match(/<\/details>/g)?.length);
    const left = /^Left out, .*: (\d+) findings, (\d+) of what to do, 1 ignored finding\. /m.exec(text);
    expect(Number(left?.[1]) + (text.match(/^\| error \|/gm)?.length ?? 0)).toBe(900);
    expect(left?.[2]).toBe("900");
  });

  test("is more in the summary of a run", () => {
    const text = github.appendix?.render(report(results)) ?? "";
    expect(text).toContain("| advice | advised 299");
    expect(text).toContain("fix 299");
    expect(text).not.toContain("Left out");
    expect(Buffer.byteLength(text)).toBeLessThan(1024 * 1024);
  });

  test.each([65_536, 20_000, 5_000])("is never more than %i bytes", (limit) => {
    const wide = fails("😀".repeat(5_000), { at, fix: "x".repeat(20_000) });
    const text = markdownWithin(report([...results, failing("wide", [wide])]), limit);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(limit);
    expect(text).toMatch(/^## ✗ Not ready to deploy: 2 errors\n/);
    expect(text).not.toMatch(/[\ud800-\udbff](?![\udc00-\udfff])/);
  });
});

import { expect, test } from "vitest";
import { explain, index } from "../src/explain.ts";
import { check } from "./report/sample.ts";

const documented = check("debug-enabled", {
  title: "DEBUG is off in production",
  django: ["security.W018"],
  aliases: ["debug-on"],
  docs: {
    why: "It shows too much.",
    fix: "Turn it off.",
    bad: { "shop/settings.py": "DEBUG = True\n", Procfile: "web: x" },
    good: { "shop/settings.py": "DEBUG = False\n", "README.md": "```\ncode\n```\n" },
    notReported: ["Tests."],
    links: ["https://example.com/debug"],
  },
});

test("a page says what the check is, why, what to do, and shows examples", () => {
  expect(explain(documented)).toMatchInlineSnapshot(`
    "# debug-enabled

    **DEBUG is off in production**

    - Severity: error
    - Area: Settings
    - Asks what Django asks: \`security.W018\`
    - Was called: \`debug-on\`

    ## Why it matters

    It shows too much.

    ## What to do

    Turn it off.

    ## Example

    This fails:

    \`shop/settings.py\`

    \`\`\`python
    DEBUG = True
    \`\`\`

    \`Procfile\`

    \`\`\`
    web: x
    \`\`\`

    This passes:

    \`shop/settings.py\`

    \`\`\`python
    DEBUG = False
    \`\`\`

    \`README.md\`

    \`\`\`\`
    \`\`\`
    code
    \`\`\`
    \`\`\`\`

    ## What is not reported

    - Tests.

    ## Links

    - <https://example.com/debug>
    "
  `);
});

test("a page leaves out what there is not", () => {
  expect(explain(check("a-b"))).not.toMatch(/Links|not reported|Django|called/);
});

test("the index has a table for each area", () => {
  expect(
    index([documented, check("key-lost", { area: "secrets", severity: "warning" })]),
  ).toMatchInlineSnapshot(`
    "# Checks

    \`deploy-check explain ID\` prints any of these pages.

    ## Settings

    | Check | What it wants | Severity | Django |
    |---|---|---|---|
    | [debug-enabled](debug-enabled.md) | DEBUG is off in production | error | \`security.W018\` |

    ## Secrets and git

    | Check | What it wants | Severity | Django |
    |---|---|---|---|
    | [key-lost](key-lost.md) | key-lost is as it should be | warning |  |
    "
  `);
});

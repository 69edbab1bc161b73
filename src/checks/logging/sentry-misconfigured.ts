import { defineCheck } from "../../check.ts";
import type { SourceFile } from "../../facts/code/source-file.ts";
import { evidence, type Finding, fails, notApplicable } from "../../finding.ts";
import type { Call, ConstantValue } from "../../python/tree.ts";
import { shop } from "../example-shop.ts";

const init = (rest: string) =>
  `import os\n\nimport sentry_sdk\n\nROOT_URLCONF = "shop.urls"\nsentry_sdk.init(\n${rest})\n`;

interface Option {
  readonly keyword: string;
  isWrong(value: ConstantValue): boolean;
  readonly says: string;
  readonly fix: string;
  readonly severity?: Finding["severity"];
}

/** https://docs.sentry.io/platforms/python/configuration/options/ (2025) */
const options: readonly Option[] = [
  {
    keyword: "dsn",
    isWrong: (value) => value === "",
    says: "an empty DSN, so that nothing is ever sent",
    fix: 'dsn=os.environ.get("SENTRY_DSN"),',
  },
  {
    keyword: "debug",
    isWrong: (value) => value === true,
    says: "debug on, so that the log fills with what the SDK does",
    fix: "debug=False,",
  },
  {
    keyword: "traces_sample_rate",
    isWrong: (value) => value === 1 || value === 1n,
    says: "a traces_sample_rate of 1.0, so that every request is traced and counts towards the quota",
    fix: "traces_sample_rate=0.05,",
    severity: "info",
  },
  {
    keyword: "send_default_pii",
    isWrong: (value) => value === true,
    says: "send_default_pii on, so that addresses, cookies and users go to Sentry",
    fix: "send_default_pii=False,",
    severity: "info",
  },
];

export default defineCheck({
  id: "sentry-misconfigured",
  title: "Sentry gets errors, and what they need",
  area: "logging",
  severity: "warning",
  needs: ["code"],
  docs: {
    why: "With an empty DSN the SDK sends nothing, and says nothing of it. With `debug` it writes a line for all that it does. A `traces_sample_rate` of 1.0 sends every request, which uses up a quota within days, and `send_default_pii` sends who made it.",
    fix: 'Take the DSN from the environment:\n\n```python\nsentry_sdk.init(dsn=os.environ.get("SENTRY_DSN"), traces_sample_rate=0.05)\n```',
    bad: { ...shop, "shop/settings.py": init('    dsn="",\n    traces_sample_rate=1.0,\n') },
    good: {
      ...shop,
      "shop/settings.py": init('    dsn=os.environ.get("SENTRY_DSN"),\n    traces_sample_rate=0.05,\n'),
    },
    notReported: [
      "A DSN in the code: it is no secret.",
      "No `dsn` at all: the SDK then reads SENTRY_DSN.",
      "Settings for development, by their name.",
      "Options that are read from the environment, and a `traces_sampler`.",
      "Tracing everything and sending personal data are advice: some want to.",
    ],
    links: ["https://docs.sentry.io/platforms/python/configuration/options/"],
  },
  *run({ code }) {
    const inits = code
      .mentioning(/\bsentry_sdk\b/)
      .filter(({ path }) => !/(?:^|[/_])(?:local|dev|devel|development|testing)\w*(?:\/|\.py$)/.test(path))
      .flatMap((file) =>
        file.calls
          .filter(({ name }) => name === "sentry_sdk.init")
          .map(({ node }): { file: SourceFile; node: Call } => ({ file, node })),
      );
    const [first] = inits;
    if (!first) return yield notApplicable("no code calls sentry_sdk.init");
    for (const { file, node } of inits)
      for (const { keyword, isWrong, says, fix, severity } of options) {
        const value = node.keywords.find(({ arg }) => arg === keyword)?.value;
        if (value?.nodeType !== "Constant" || !isWrong(value.value)) continue;
        yield fails(`sentry_sdk.init has ${says}`, {
          at: file.at(value),
          fix,
          ...(severity && { severity }),
        });
      }
    yield evidence("sentry_sdk.init is called", first.file.at(first.node));
  },
});

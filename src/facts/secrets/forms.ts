/** A secret that is known by its form alone, as its provider documents it. */
export interface SecretForm {
  /** "an AWS access key" */
  readonly kind: string;
  readonly pattern: RegExp;
  /** What whoever finds it can do, as a clause. */
  readonly opens: string;
}

/** Nothing else looks like these. Keys of test modes, and keys that are made to be published, are not among them. */
export const secretForms: readonly SecretForm[] = [
  {
    kind: "an AWS access key",
    pattern: /\b(?:AKIA|ASIA)[A-Z2-7]{16}\b(?!\/\d{8}\/)/g,
    opens: "acts as its owner at AWS",
  },
  {
    kind: "a Stripe live key",
    pattern: /\b(?:sk|rk)_live_[A-Za-z\d]{16,}/g,
    opens: "moves its owner's money",
  },
  {
    kind: "a SendGrid key",
    pattern: /\bSG\.[\w-]{20,24}\.[\w-]{39,50}\b/g,
    opens: "sends mail in its owner's name",
  },
  {
    kind: "a GitHub token",
    pattern: /\b(?:gh[pousr]_[A-Za-z\d]{36,}|github_pat_\w{50,})/g,
    opens: "acts as its owner at GitHub",
  },
  { kind: "a GitLab token", pattern: /\bglpat-[\w-]{20,}/g, opens: "acts as its owner at GitLab" },
  {
    kind: "a Slack token",
    pattern: /\bxox[abprs]-\d{6,}-[\w-]{10,}/g,
    opens: "reads and writes in its owner's Slack",
  },
  {
    kind: "the address of a Slack webhook",
    pattern: /hooks\.slack\.com\/services\/T[A-Z\d]{8,}\/B[A-Z\d]{8,}\/[A-Za-z\d]{20,}/g,
    opens: "writes into its channel",
  },
  {
    kind: "an OpenAI key",
    pattern: /\bsk-(?:proj-[\w-]{40,}|[A-Za-z\d]{20}T3BlbkFJ[A-Za-z\d]{20})/g,
    opens: "spends its owner's money",
  },
  { kind: "an Anthropic key", pattern: /\bsk-ant-[\w-]{40,}/g, opens: "spends its owner's money" },
  { kind: "a Mailgun key", pattern: /\bkey-[\da-f]{32}\b/g, opens: "sends mail in its owner's name" },
  {
    kind: "a DigitalOcean token",
    pattern: /\bdo[opr]_v1_[\da-f]{64}\b/g,
    opens: "acts as its owner at DigitalOcean",
  },
  {
    kind: "a token of PyPI",
    pattern: /\bpypi-AgE[\w-]{50,}/g,
    opens: "publishes packages in its owner's name",
  },
  {
    kind: "a token of npm",
    pattern: /\bnpm_[A-Za-z\d]{36}\b/g,
    opens: "publishes packages in its owner's name",
  },
  { kind: "a token of a Telegram bot", pattern: /\b\d{8,10}:AA[\w-]{33}\b/g, opens: "speaks as the bot" },
  {
    kind: "a private key",
    pattern:
      /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----(?:\\r|\\n|\s)+(?:[\w+/=]|\\r|\\n|\s|:|,|-(?!-))*?[A-Za-z\d+/]{60}/g,
    opens: "is taken for its owner",
  },
];

/** A URL of a database or a queue with a password in it, on a machine that is reached from elsewhere. */
export const urlWithPassword =
  /\b(postgres(?:ql)?(?:\+\w+)?|postgis|mysql(?:\+\w+)?|mariadb|mongodb(?:\+srv)?|rediss?|amqps?):\/\/([^\s:/?#@"'`<>{}$]{0,100}):([^\s/?#@"'`<>{}$]{4,200})@([A-Za-z\d][\w-]*(?:\.[\w-]+)+)/g;

/** One of these stands in every text that any of the forms is in: to look for a word is much quicker. */
const marks: readonly string[] = [
  ...[
    "AKIA",
    "ASIA",
    "_live_",
    "SG.",
    "ghp_",
    "gho_",
    "ghu_",
    "ghs_",
    "ghr_",
    "github_pat_",
    "glpat-",
    "xox",
  ],
  ...["hooks.slack.com", "sk-", "key-", "_v1_", "pypi-", "npm_", ":AA", "PRIVATE KEY"],
];

/** Whether it is worth looking for secrets in a text at all. */
export function mayHoldSecret(text: string): boolean {
  return marks.some((mark) => text.includes(mark)) || (text.includes("://") && text.includes("@"));
}

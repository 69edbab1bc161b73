/** What a value is, as far as its name and its form tell. */
export type Holds = "nothing" | "placeholder" | "ciphertext" | "harmless" | "secret";

/** How much a name says about its value. */
type Naming = "secret" | "perhaps" | "public" | "other";

/**
 * What `name=value` holds. `inTheOpen` are the values that names like USER and HOST have in the same file:
 * a password that is also the user's name is none.
 */
export function holds(name: string, value: string, inTheOpen: ReadonlySet<string> = new Set()): Holds {
  if (value === "") return "nothing";
  if (/^DOTENV_VAULT/i.test(name) || ciphertexts.some((form) => form.test(value))) return "ciphertext";
  if (providerKeys.some((form) => form.test(value))) {
    return isPlaceholder(value, name) ? "placeholder" : "secret";
  }
  if (references.some((form) => form.test(value))) return "placeholder";
  const naming = namingOf(name);
  if (naming === "public" || testKeys.test(value)) return "harmless";
  const password = /^[a-z][\w+.-]*:\/\/([^\s/?#@:]*):([^\s/?#]+)@/i.exec(value);
  if (password !== null) {
    const [, user = "", text = ""] = password;
    const isReference = references.some((form) => form.test(text));
    return isReference || text === user || isPlaceholder(text, name) ? "placeholder" : "secret";
  }
  if (naming === "other" || plainValues.some((form) => form.test(value))) return "harmless";
  if (naming === "perhaps" && !looksRandom(value)) return "harmless";
  return inTheOpen.has(value) || isPlaceholder(value, name) ? "placeholder" : "secret";
}

/** Whether a name says nothing of a secret. */
export function isOpen(name: string): boolean {
  return namingOf(name) === "other";
}

/** Encrypted with dotenvx, sops, Ansible Vault, age or PGP: meant to be committed. */
const ciphertexts: readonly RegExp[] = [
  /^encrypted:/,
  /^ENC\[/,
  /^\$ANSIBLE_VAULT/,
  /^age-encryption\.org/,
  /^-----BEGIN (AGE ENCRYPTED FILE|PGP MESSAGE)/,
  /^vault:v\d+:/,
];

/** Says where the value is kept, or that it is to be filled in. */
const references: readonly RegExp[] = [
  /^\$\{?\w/,
  /^\$\(/,
  /^(op|vault|sm|ssm|ref\+\w+|gcp-?sm|aws-?sm|keyring|doppler|infisical|bws|akeyless):\/?\/?\S/i,
  /^arn:aws/i,
  /^projects\/[^/]+\/secrets\//,
  /^[<{[(%][^"]*[>}\])%]s?$/,
];

/** Keys of a provider's test mode, and keys that are made to be published. */
const testKeys =
  /^(sk|rk|whsec)_test_|^pk_(live|test)_|^ssh-(rsa|ed25519)\s|^-----BEGIN (PUBLIC KEY|CERTIFICATE)/;

/** Key formats after the documentation of their providers: nothing else looks like them. */
const providerKeys: readonly RegExp[] = [
  /^(AKIA|ASIA)[A-Z2-7]{16}$/,
  /^(sk|rk)_live_\w{10,}/,
  /^whsec_\w{16,}/,
  /^sk-(proj-|ant-)?[\w-]{20,}/,
  /^(gh[pousr]_|github_pat_|glpat-)\w{16,}/,
  /^xox[abeoprs]-[\w-]{10,}/,
  /^SG\.[\w-]{16,}\.[\w-]{16,}/,
  /^(dop_v1_|npg_|pypi-|npm_|hf_|shp(at|ss|ca)_|r8_|gsk_)\w{16,}/,
  /^eyJ[\w-]{10,}\.eyJ[\w-]+\.[\w-]+$/,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
];

/** A switch, a number, a duration, a path, a class, a URL without a password: never a secret, whatever its name. */
const plainValues: readonly RegExp[] = [
  /^(true|false|yes|no|on|off|none|null|nil|undefined)$/i,
  /^\d{1,5}([smhd]|ms)?$/i,
  /^\d+\/\d*(s|sec|second|m|min|minute|h|hour|d|day)s?$/i,
  /^(\/|\.{1,2}\/|~\/|[A-Z]:\\)[\w./\\-]*$/,
  /^[\w-]+\.(pem|key|json|crt|txt|ya?ml|p12|pfx|env)$/i,
  /^[a-z_]+(\.[a-z_]+)*\.[A-Za-z_]+$/,
  /^(https?|redis|amqp|postgres(ql)?|mysql):\/\/[^@\s]+$/i,
];

const secretEnding =
  /(^|_)(\w*SECRETS?|\w*PASSWORDS?|\w*PASSWD|PASS|PWD|\w*PASSPHRASE|\w*TOKENS?|CREDENTIALS?|APIKEY|SECRETKEY|(API|SECRET|ACCESS|PRIVATE|SIGNING|ENCRYPTION|MASTER|AUTH|FERNET|JWT|LICENSE|ACCOUNT|STORAGE|SERVICE|HMAC)_?KEY)(_?\d+|_(PROD|PRODUCTION|LIVE|STAGING|BASE))?$/;

const secretPart = /(^|_)\w*(SECRET|PASSWORD|PASSWD|TOKEN|CREDENTIAL|PRIVATE|KEY|PASSPHRASE|SALT)/;

/** `NEXT_PUBLIC_`, `VITE_` and `REACT_APP_` are built into pages that everybody can load; so is the key of a map. */
const publicName =
  /^(NEXT_PUBLIC|VITE|REACT_APP|VUE_APP|GATSBY|NUXT_PUBLIC|EXPO_PUBLIC|PUBLIC)_|PUBLIC|PUBLISHABLE|ANON_KEY|SITE_?KEY|(MAPS?|MAPBOX|BROWSER|CLIENT)(_API)?_(KEY|TOKEN)$|SENTRY_DSN/;

/** `TOKEN_LIFETIME`, `SECRET_NAME`, `PASSWORD_FILE`: about a secret, and not one. */
const aboutSecret =
  /_(FILE|PATH|DIR|URL|URI|ENDPOINT|HOST|NAME|ID|ARN|TYPE|HEADER|PREFIX|ALGORITHM|ALG|LIFETIME|TTL|EXPIR\w*|TIMEOUT|AGE|SECONDS|MINUTES|HOURS|DAYS|LENGTH|LIMIT|COUNT|VERSION|ENABLED|REQUIRED|USER|USERNAME|EMAIL|REGION|BUCKET|BACKEND|CLASS|HASHERS?|VALIDATORS?|FUNCTION|FORMAT|SCOPES?)$/;

function namingOf(name: string): Naming {
  const words = name
    .replace(/([a-z\d])([A-Z])/g, "$1_$2")
    .replace(/[.-]/g, "_")
    .toUpperCase();
  if (publicName.test(words)) return "public";
  if (aboutSecret.test(words)) return "other";
  if (secretEnding.test(words)) return "secret";
  return secretPart.test(words) ? "perhaps" : "other";
}

const placeholderPart =
  /change.?(me|this|it|in)|replace|example|placeholder|dummy|sample|your[-_ .]|^your|yours?$|xxx|\*\*\*|\.\.\.|todo|fixme|insert|fill.?(in|me)|put.?(it|your)|enter.?(a|your)|generate|to.?be.?(set|defined)|fake|not.?(so.?|very.?|a.?|really.?)?(secret|secure|real|set|used)|(in|un)secure|some.?(random|secret|key|thing|long|string)|any.?(thing|string)|(super|very|top|my|this.?is).*secret|secret.*here|here$|for.?(dev|test|local|ci)|(dev|local|test|ci|build)[-_ ]?only|only.?(for|in)/i;

/** In a long text the short words of the above come about by chance. */
const longPlaceholder = /\.\.\.|example|your|placeholder|x{6}/i;

/** Words that people make up a password of where none is needed, alone or together: "dev-secret-key", "postgres123". */
const weakWords =
  /^((my|the|a|an|is|for|super|very|top|secrets?|keys?|passwords?|passwd|pass|pwd|tokens?|api|django|flask|python|postgres(ql)?|psql|mysql|maria|mongo|redis|rabbit(mq)?|minio|celery|flower|mail|smtp|admin|root|users?|guest|default|debug|devel(op(ment)?)?|dev|local(host)?|test(ing|er|s)?|stag(e|ing)|prod(uction)?|ci|docker|db|database|app|web|site|foo|bar|baz|qux|qwerty|asdf|abc|hello|world|letmein|random|string|value|none|long|key|jwt|auth|access|private|hunter)[-_ .!@#]*)+\d{0,4}!?$/i;

function isPlaceholder(value: string, name: string): boolean {
  const text = value.replace(/^django-insecure-(?=\S{20})/, "");
  return (
    text.length < 4 ||
    /^(.)\1*$/.test(text) ||
    /^(0?123456789?0?|abcdefg?h?i?j?)\w{0,4}$/i.test(text) ||
    squeezed(text) === squeezed(name) ||
    wordsOnly.test(text) ||
    (text.length > 100 ? longPlaceholder.test(text) : placeholderPart.test(text) || weakWords.test(text))
  );
}

/** "sua-chave-secreta": small words in whatever language, as nobody's generator makes them. */
const wordsOnly = /^[a-z]{1,12}([-_][a-z]{1,12})+$/;

/** The same letters, whatever stands between them. */
function squeezed(text: string): string {
  return text.replace(/[^A-Za-z\d]/g, "").toLowerCase();
}

/** As a generated key does: long, letters and digits mixed, no spaces. */
export function looksRandom(value: string): boolean {
  return (
    value.length >= 20 &&
    !/\s/.test(value) &&
    /\d/.test(value) &&
    /[A-Za-z]/.test(value) &&
    turns(value) >= value.length / 5
  );
}

/** How often a letter stands beside a digit, or a small letter beside a capital. */
function turns(value: string): number {
  return value.match(/[a-z](?=[A-Z\d])|[A-Z](?=[a-z\d])|\d(?=[A-Za-z])/g)?.length ?? 0;
}

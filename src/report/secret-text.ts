/** Whether something of this name holds a secret: `SECRET_KEY`, `dbPassword`, `api-key`. */
export function namesSecret(name: string): boolean {
  // Nobody names anything like that, and the patterns below look at short names only.
  if (name.length > 200) return true;
  const words = name.replace(/([a-z\d])([A-Z])/g, "$1_$2").toUpperCase();
  return secretWord.test(words) && !harmlessName.test(words);
}

const secretWord =
  /(^|[^A-Z])(\w*SECRETS?|\w*PASSWORDS?|\w*PASSWD|PASS|PWD|PW|PASSPHRASE|\w*TOKENS?|(?:API|AUTH|SECRET|PRIVATE|ACCESS|SIGNING|ENCRYPTION|MASTER)?KEYS?\d*|CREDENTIALS?|CREDS?|PRIVATE|DSN|SALT|SIGNATURE|JWT|FERNET|HMAC|PEPPER|AUTH)(?![A-Z])/;

/** Settings whose name has such a word, and whose value is a class, a number or a name. */
const harmlessName =
  /^(PASSWORD_HASHERS|AUTH_PASSWORD_VALIDATORS|AUTH_USER_MODEL|AUTHENTICATION_BACKENDS|PASSWORD_RESET_TIMEOUT\w*|CSRF_\w+|KEY_PREFIX|KEY_FUNCTION|SECRET_KEY_FILE|PRIMARY_KEY|FOREIGN_KEY)$/;

/** The same text with every character of its secrets replaced, so that nothing moves. */
export function maskKnownSecrets(text: string): string {
  return knownSecrets.reduce(
    (masked, { pattern, keep }) =>
      masked.replace(pattern, (match) => {
        const kept = keep.exec(match)?.[0].length ?? 0;
        return match.slice(0, kept) + maskAll(match.slice(kept));
      }),
    text,
  );
}

/** One character for one, but for white space: a line stays a line, and a caret stays where it is. */
export function maskAll(text: string): string {
  return text.replace(/\S/g, "*");
}

/**
 * What is a secret by its form, wherever it stands. `keep` matches the part in front that tells what it is
 * and is none of it. After the providers' own documentation of their key formats.
 */
const knownSecrets: readonly { readonly pattern: RegExp; readonly keep: RegExp }[] = [
  // The password of a URL, unless it is a placeholder: $PASSWORD, {password}, <password>, PASSWORD, ...
  // No part may be of any length, or reach into the next address: a line of megabytes without a space is
  // searched from each of its letters.
  {
    pattern:
      /[a-z][a-z\d+.-]{0,30}:\/\/[^\s:/?#@"'`]{0,300}:(?![$<{%*]|PASSWORD@|\.\.\.@)(?:(?!:\/\/)[^\s"'`]){1,1000}(?=@)/gi,
    keep: /^.*?:\/\/[^:]*:/,
  },
  { pattern: /django-insecure-[^\s"'`]+/g, keep: /^django-insecure-/ },
  {
    pattern: /-----BEGIN [A-Z ]*PRIVATE KEY-----[^"'`]*?(?=-----END|["'`]|$)/g,
    keep: /^-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  },
  { pattern: /\b(AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}\b/g, keep: /^(?=)/ },
  { pattern: /\b(sk|rk|pk|whsec)_(live|test)?_?[A-Za-z\d]{10,}/g, keep: /^(?=)/ },
  { pattern: /\bsk-[\w-]{16,}/g, keep: /^(?=)/ },
  { pattern: /\b(gh[pousr]_[A-Za-z\d]{16,}|github_pat_\w{16,}|glpat-[\w-]{16,})/g, keep: /^(?=)/ },
  { pattern: /\bxox[abeoprs]-[\w-]{8,}/g, keep: /^(?=)/ },
  { pattern: /\bAIza[\w-]{30,}/g, keep: /^(?=)/ },
  { pattern: /\bSG\.[\w-]{8,100}\.[\w-]{8,100}/g, keep: /^(?=)/ },
  { pattern: /(?<![\w-])eyJ[\w-]{8,}\.[\w-]+(\.[\w-]*)?/g, keep: /^(?=)/ },
];

/** Replaces what looks as only a random text does: long, of mixed letters and digits, and without any order. */
export function maskRandom(text: string): string {
  return text.replace(/[\w+/=!@#$%^&*-]{20,}/g, (run) => (looksRandom(run) ? maskAll(run) : run));
}

/** Kinds of characters take turns, as they do in no word, path or name of a class. */
function looksRandom(text: string): boolean {
  if (text.length > 1000) return /\d/.test(text);
  const kinds = [...text].map((character) =>
    [/[a-z]/, /[A-Z]/, /\d/, /[^\w/-]/].findIndex((kind) => kind.test(character)),
  );
  const turns = kinds.filter(
    (kind, at) => kind >= 0 && kinds[at - 1] !== kind && (kinds[at - 1] ?? -1) >= 0,
  ).length;
  return kinds.filter((kind) => kind === 2).length >= 2 && turns >= text.length / 4 && entropy(text) >= 3;
}

/** Shannon's, in bits a character. */
function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  return [...counts.values()].reduce((sum, count) => {
    const share = count / text.length;
    return sum - share * Math.log2(share);
  }, 0);
}

/** A shell command as it can be shown: what it gives to names of secrets, and known secrets, are masked. */
export function maskCommand(command: string): string {
  const masked = command.replace(
    /(?<![\w-])((?:--?)?)([A-Za-z_][\w-]{0,200})(=|\s+)("[^"]*"|'[^']*'|[^\s;&|]+)/g,
    (whole, dashes: string, name: string, between: string, value: string) =>
      (between === "=" || dashes !== "") && namesSecret(name) && !/^["']?[$-]/.test(value)
        ? `${dashes}${name}${between}${maskAll(value)}`
        : whole,
  );
  return maskKnownSecrets(masked);
}

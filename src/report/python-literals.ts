import { namesSecret } from "./secret-text.ts";

/** A string literal or a comment of a Python source, from its first quote or `#` on. Offsets into the text. */
export interface Literal {
  readonly kind: "string" | "comment";
  readonly start: number;
  readonly end: number;
  /** It belongs to something that is named as a secret is: assigned to it, keyed by it, compared with it, beside it in a call. */
  readonly secret: boolean;
  /** It is there to name something: the key of a dict, an environment variable that is looked up. */
  readonly name: boolean;
}

/**
 * Finds the string literals of a Python source. It only looks at tokens, so that a file which is not valid
 * is masked as well as one that is. Where it is wrong about who owns a literal, it is so on the safe side.
 */
export function pythonLiterals(text: string): readonly Literal[] {
  const found: { literal: Omit<Literal, "secret">; owner: Element }[] = [];
  const open: { bracket: string; caller: string }[] = [];
  const elements: Element[] = [];
  const begin = (parent: Element | undefined): Element => {
    const made = { parent, secret: false, keyword: false };
    elements.push(made);
    return made;
  };
  let element = begin(undefined);
  let before: Token | undefined;
  let callee = "";

  for (const token of tokens(text)) {
    switch (token.kind) {
      case "string": {
        const after = /^\s*:(?!=)/.test(text.slice(token.end, token.end + 80));
        const content = literalContent(token.text);
        const key = after && open.at(-1)?.bracket === "{";
        const first = before?.kind === "open" && looksUp(before.text, open.at(-1)?.caller ?? "");
        const name = (key || first) && identifier.test(content);
        if (identifier.test(content) && namesSecret(content) && !isModule(content)) element.secret = true;
        found.push({ literal: { kind: "string", start: token.start, end: token.end, name }, owner: element });
        break;
      }
      case "comment":
        found.push({
          literal: { kind: "comment", start: token.start, end: token.end, name: false },
          owner: element,
        });
        continue;
      case "word":
        if (namesSecret(token.text)) element.secret = true;
        // Only what stands before the bracket matters, however long the chain.
        callee =
          before?.text === "." ? `${callee.slice(-80)}.${token.text.slice(-80)}` : token.text.slice(-80);
        break;
      case "open":
        open.push({ bracket: token.text, caller: before && isOperand(before) ? callee : "" });
        element = begin(element);
        break;
      case "close": {
        const closed = open.pop();
        const inside = element;
        element = element.parent ?? element;
        // `environ["SECRET_KEY"] = …`, `getenv("SECRET_KEY") or …`: what was looked up names the whole.
        if (closed && looksUp(closed.bracket, closed.caller)) element.secret ||= inside.secret;
        break;
      }
      case "newline":
        if (open.length > 0) continue;
        element = begin(undefined);
        break;
      case "other":
        if (token.text === "=" && open.length > 0) element.keyword = true;
        if (token.text === ";" && open.length === 0) element = begin(undefined);
        // The arguments of a call stay together: `config("SECRET_KEY", "fallback")`.
        if (token.text === "," && open.length > 0 && (open.at(-1)?.bracket !== "(" || element.keyword))
          element = begin(element.parent);
        break;
    }
    before = token;
  }
  // Parents come before their children, so one pass hands down what is a secret.
  for (const each of elements) each.secret ||= each.parent?.secret ?? false;
  return found.map(({ literal, owner }) => ({ ...literal, secret: owner.secret }));
}

/** A statement, or an element between the commas of a bracket. What names a secret anywhere in it makes all of it one. */
interface Element {
  readonly parent: Element | undefined;
  secret: boolean;
  keyword: boolean;
}

const identifier = /^[A-Za-z_][\w.-]{0,60}$/;

/** A module or something in one: "django.contrib.auth.urls" is about authentication, and names no secret. */
function isModule(content: string): boolean {
  const parts = content.split(".");
  if (parts.length < 2 || !parts.every((part) => /^[A-Za-z_]\w*$/.test(part))) return false;
  const last = parts.at(-1) ?? "";
  return /^(?:django|rest_framework)\./.test(content) || classOfDjango.test(last) || !namesSecret(last);
}

const classOfDjango = /^[A-Z]\w*[a-z](?:Authentication|Backend|Config|Hasher|Middleware|Validator|View)$/;

/** `environ[`, `os.getenv(`, `env.str(`, `config(`: what comes first inside is a name. */
function looksUp(bracket: string, caller: string): boolean {
  if (bracket === "[") return caller !== "";
  return bracket === "(" && /(^|\.)(get|getenv|pop|setdefault|config|environ)$|env\w*(\.\w+)?$/i.test(caller);
}

function isOperand({ kind, text }: Token): boolean {
  return (
    kind === "close" ||
    (kind === "word" && !/^(in|is|not|and|or|if|else|return|yield|lambda|await|for|assert)$/.test(text))
  );
}

function literalContent(text: string): string {
  return text.replace(/^[A-Za-z]*("""|'''|"|')/, "").replace(/("""|'''|"|')$/, "");
}

interface Token {
  readonly kind: "string" | "comment" | "word" | "open" | "close" | "newline" | "other";
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const token =
  /(?<blank>[^\S\r\n]+|\\\r?\n)|(?<newline>\r\n|\r|\n)|(?<comment>#[^\r\n]*)|(?<prefix>(?:[rbfut]|[rft]b|b[r]|r[ft]|[ft]r)?)(?<quote>"""|'''|"|')|(?<word>[\p{L}_][\p{L}\p{N}_]*|\d[\w.]*)|(?<open>[([{])|(?<close>[)\]}])|(?<other>[=!<>:]=|[^\s])/iuy;

function* tokens(text: string): Generator<Token> {
  let start = 0;
  while (start < text.length) {
    token.lastIndex = start;
    const groups = token.exec(text)?.groups;
    let end = Math.max(token.lastIndex, start + 1);
    if (groups?.quote !== undefined) {
      end = stringEnd(text, end, groups.quote, /[ft]/i.test(groups.prefix ?? ""));
      yield { kind: "string", text: text.slice(start, end), start, end };
    } else {
      const kind = (["comment", "word", "open", "close", "newline", "other"] as const).find(
        (each) => groups?.[each] !== undefined,
      );
      if (kind) yield { kind, text: text.slice(start, end), start, end };
    }
    start = end;
  }
}

/** Where the literal ends whose content begins at `from`. A literal that is not closed ends with its line, or the file. */
function stringEnd(text: string, from: number, quote: string, formatted: boolean, depth = 0): number {
  const long = quote.length === 3;
  for (let at = from; at < text.length; at += 1) {
    const character = text[at];
    if (character === "\\") at += 1;
    else if (!long && (character === "\n" || character === "\r")) return at;
    else if (text.startsWith(quote, at)) return at + quote.length;
    else if (formatted && character === "{") {
      if (text[at + 1] === "{") at += 1;
      else at = fieldEnd(text, at + 1, long, depth) - 1;
    }
  }
  return text.length;
}

/** Strings within fields within strings: nobody writes more, and a hostile file shall not exhaust the stack. */
const deepest = 20;

/** Behind the `}` of a replacement field, in which Python 3.12 allows the same quotes again. */
function fieldEnd(text: string, from: number, long: boolean, nesting: number): number {
  let depth = 1;
  for (let at = from; at < text.length; at += 1) {
    const character = text[at] ?? "";
    if (!long && (character === "\n" || character === "\r")) return at;
    if (character === "{") depth += 1;
    else if (character === "}") depth -= 1;
    else if (character === '"' || character === "'") {
      const quote = text.startsWith(character.repeat(3), at) ? character.repeat(3) : character;
      at = stringEnd(text, at + quote.length, quote, nesting < deepest, nesting + 1) - 1;
    }
    if (depth === 0) return at + 1;
  }
  return text.length;
}

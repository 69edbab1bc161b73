import { satisfies, valid } from "@renovatebot/pep440";
import { normalName } from "./names.ts";

/**
 * Environment markers: https://packaging.python.org/en/latest/specifications/dependency-specifiers/#environment-markers
 *
 * They are evaluated for CPython on 64-bit Linux, where deployments run. The answer is true, false, or
 * undefined where it depends on something that is not known, such as the Python version.
 */
export interface MarkerEnvironment {
  /** `major.minor` or `major.minor.patch` of the Python that will run. */
  readonly python: string | undefined;
  /** The extras that are asked for, normalised. */
  readonly extras: readonly string[];
  /** The dependency groups that are installed (PEP 751's `dependency_groups`). */
  readonly groups?: readonly string[];
}

type Truth = boolean | undefined;

/** A marker's truth; text that is not a marker is undefined. */
export function evaluateMarker(marker: string, environment: MarkerEnvironment): Truth {
  const tokens = tokenize(marker);
  if (tokens === undefined) return undefined;
  const parser = new Parser(tokens, environment);
  return parser.whole();
}

type Token =
  | { readonly kind: "text"; readonly value: string }
  | { readonly kind: "name"; readonly value: string }
  | { readonly kind: "operator"; readonly value: string }
  | { readonly kind: "parenthesis"; readonly value: "(" | ")" };

const lexeme = /\s*(?:("[^"]*"|'[^']*')|(===|~=|==|!=|<=|>=|<|>)|([()])|([A-Za-z_][\w.]*))/y;

function tokenize(marker: string): Token[] | undefined {
  const tokens: Token[] = [];
  const text = marker.trim();
  lexeme.lastIndex = 0;
  while (lexeme.lastIndex < text.length) {
    const match = lexeme.exec(text);
    if (!match) return undefined;
    const [, quoted, operator, parenthesis, name] = match;
    if (quoted !== undefined) tokens.push({ kind: "text", value: quoted.slice(1, -1) });
    else if (operator !== undefined) tokens.push({ kind: "operator", value: operator });
    else if (parenthesis === "(" || parenthesis === ")")
      tokens.push({ kind: "parenthesis", value: parenthesis });
    else if (name !== undefined) tokens.push({ kind: "name", value: name });
  }
  return tokens;
}

/** Text is nested at most this deep; a marker that is deeper is no marker. */
const deepest = 50;

class Parser {
  readonly #tokens: readonly Token[];
  readonly #environment: MarkerEnvironment;
  #at = 0;
  #depth = 0;
  #failed = false;

  constructor(tokens: readonly Token[], environment: MarkerEnvironment) {
    this.#tokens = tokens;
    this.#environment = environment;
  }

  whole(): Truth {
    const truth = this.#or();
    return this.#failed || this.#at < this.#tokens.length ? undefined : truth;
  }

  #or(): Truth {
    let truth = this.#and();
    while (this.#word("or")) {
      const right = this.#and();
      truth =
        truth === true || right === true ? true : truth === false && right === false ? false : undefined;
    }
    return truth;
  }

  #and(): Truth {
    let truth = this.#comparison();
    while (this.#word("and")) {
      const right = this.#comparison();
      truth =
        truth === false || right === false ? false : truth === true && right === true ? true : undefined;
    }
    return truth;
  }

  #comparison(): Truth {
    if (this.#parenthesis("(")) {
      this.#depth += 1;
      if (this.#depth > deepest) return this.#fail();
      const truth = this.#or();
      this.#depth -= 1;
      return this.#parenthesis(")") ? truth : this.#fail();
    }
    const left = this.#operand();
    const operator = this.#operator();
    const right = this.#operand();
    if (!left || !operator || !right) return this.#fail();
    return compare(left, operator, right, this.#environment);
  }

  #operand(): Token | undefined {
    const token = this.#tokens[this.#at];
    if (token?.kind !== "text" && token?.kind !== "name") return undefined;
    this.#at += 1;
    return token;
  }

  #operator(): string | undefined {
    const token = this.#tokens[this.#at];
    if (token?.kind === "operator") {
      this.#at += 1;
      return token.value;
    }
    if (this.#word("in")) return "in";
    return this.#word("not") && this.#word("in") ? "not in" : undefined;
  }

  #word(word: string): boolean {
    const token = this.#tokens[this.#at];
    const is = token?.kind === "name" && token.value === word;
    if (is) this.#at += 1;
    return is;
  }

  #parenthesis(which: "(" | ")"): boolean {
    const token = this.#tokens[this.#at];
    const is = token?.kind === "parenthesis" && token.value === which;
    if (is) this.#at += 1;
    return is;
  }

  #fail(): undefined {
    this.#failed = true;
    return undefined;
  }
}

/** What is the same on every Linux host; a variable that is not here depends on the machine. */
const linux: ReadonlyMap<string, string> = new Map(
  Object.entries({
    os_name: "posix",
    sys_platform: "linux",
    platform_system: "Linux",
    platform_python_implementation: "CPython",
    implementation_name: "cpython",
    "os.name": "posix",
    "sys.platform": "linux",
    "platform.python_implementation": "CPython",
    python_implementation: "CPython",
  }),
);

const mirrored: Readonly<Record<string, string>> = { "<": ">", ">": "<", "<=": ">=", ">=": "<=" };

function compare(left: Token, operator: string, right: Token, environment: MarkerEnvironment): Truth {
  if (left.kind === "text" && right.kind === "name") {
    if (operator === "in" || operator === "not in")
      return membership(left.value, operator, right, environment);
    return compare(right, mirrored[operator] ?? operator, left, environment);
  }
  if (left.kind !== "name" || right.kind !== "text") return undefined;
  const { value: name } = left;
  if (name === "extra") return extra(operator, right.value, environment);
  if (name === "python_version" || name === "python_full_version") {
    return compareVersion(name, operator, right.value, environment.python);
  }
  const value = linux.get(name);
  if (value === undefined) return undefined;
  return compareText(value, operator, right.value);
}

function extra(operator: string, text: string, { extras }: MarkerEnvironment): Truth {
  const asked = extras.includes(normalName(text));
  return operator === "==" ? asked : operator === "!=" ? !asked : undefined;
}

/** `"dev" in dependency_groups`, `"linux" in sys_platform`. */
function membership(text: string, operator: string, name: Token, environment: MarkerEnvironment): Truth {
  const inside =
    name.value === "extras"
      ? environment.extras.includes(normalName(text))
      : name.value === "dependency_groups"
        ? environment.groups?.includes(normalName(text))
        : linux.get(name.value)?.includes(text);
  return inside === undefined ? undefined : operator === "in" ? inside : !inside;
}

function compareText(value: string, operator: string, text: string): Truth {
  switch (operator) {
    case "==":
    case "===":
      return value === text;
    case "!=":
      return value !== text;
    case "in":
      return text.includes(value);
    case "not in":
      return !text.includes(value);
    default:
      return undefined;
  }
}

function compareVersion(name: string, operator: string, text: string, python: string | undefined): Truth {
  const [major, minor, patch] = (python ?? "").split(".");
  if (!major || !minor) return undefined;
  const short = `${major}.${minor}`;
  if (operator === "in" || operator === "not in") {
    if (name === "python_full_version") return undefined;
    const listed = text.split(/[\s,]+/).includes(short);
    return operator === "in" ? listed : !listed;
  }
  if (!valid(text.replace(/\.\*$/, ""))) return undefined;
  if (name === "python_version") return satisfies(short, `${operator}${text}`, { prereleases: true });
  if (patch !== undefined) return satisfies(`${short}.${patch}`, `${operator}${text}`, { prereleases: true });
  // Without the patch, the answer is known where the first and the last patch agree on it.
  const first = satisfies(`${short}.0`, `${operator}${text}`, { prereleases: true });
  const last = satisfies(`${short}.999`, `${operator}${text}`, { prereleases: true });
  return first === last ? first : undefined;
}

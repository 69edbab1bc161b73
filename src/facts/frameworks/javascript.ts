import { type Location, locator } from "../../location.ts";

/** The port that a call of `listen` is given, read from the text of a JavaScript or TypeScript file. */
export interface Listen {
  readonly at: Location;
  /**
   * `number`: written in the code, `instead` if a variable stands behind it that is never read (`3000 ||
   * process.env.PORT`); `environment`: from these variables; `unclear`: nobody can tell from the file.
   */
  readonly port:
    | { readonly kind: "number"; readonly number: number; readonly ignores: string | undefined }
    | { readonly kind: "environment"; readonly names: readonly string[] }
    | { readonly kind: "unclear" };
  /** The address that it is given, where that is written as text. */
  readonly host: string | undefined;
}

/** Nobody writes a module by hand that is longer, in characters. */
const longest = 200_000;

/** Every `something.listen(…)` of a file. */
export function listensIn(path: string, text: string): readonly Listen[] {
  if (text.length > longest) return [];
  const code = withoutComments(text);
  const place = locator(path, text);
  return [...code.matchAll(/[\w$)\]]\s*\.listen\(/g)].flatMap((match) => {
    const start = match.index + match[0].length;
    const given = argumentsFrom(code, start);
    const [first, second] = given;
    if (first === undefined) return [];
    const at = place(match.index + match[0].indexOf("."), start - 1);
    const object = /^\{([\s\S]*)\}$/.exec(first)?.[1];
    const port = object === undefined ? first : property(object, "port");
    const host = object === undefined ? second : property(object, "host");
    return [{ at, port: portOf(port ?? "", code, 0), host: host && textIn(host) }];
  });
}

/** The packages that a module loads when it is started, whatever happens, and where. */
export function packagesLoaded(
  path: string,
  text: string,
): readonly { readonly name: string; readonly at: Location }[] {
  if (text.length > longest) return [];
  const code = withoutComments(text);
  const place = locator(path, text);
  const loading =
    /^(?:import\s+(?!type\b)(?:[\w$*{}\s,]{1,2000}?\s+from\s+)?|(?:(?:const|let|var)\s+[\w$\s{},:]{1,1000}=\s*)?require\()["']([^"'\s]+)["']/gm;
  return [...code.matchAll(loading)].flatMap((match) => {
    const [whole, specifier = ""] = match;
    const [name] = /^(?:@[\w.-]+\/)?[\w.-]+/.exec(specifier) ?? [];
    if (name === undefined || specifier.startsWith(".") || specifier.startsWith("node:")) return [];
    return [{ name, at: place(match.index, match.index + whole.length) }];
  });
}

const deepest = 5;

function portOf(expression: string, code: string, depth: number): Listen["port"] {
  const text = expression.trim();
  const number = /^["'`]?(\d{2,5})["'`]?$/.exec(text)?.[1];
  if (number !== undefined) return { kind: "number", number: Number(number), ignores: undefined };
  const shadowed = /^["']?(\d{2,5})["']?\s*(?:\|\||\?\?)\s*process\.env\.(\w+)$/.exec(text);
  if (shadowed) return { kind: "number", number: Number(shadowed[1]), ignores: shadowed[2] };
  const names = [...text.matchAll(/process\.env(?:\.(\w+)|\[\s*["'](\w+)["']\s*\])/g)].map(
    ([, dotted, quoted]) => dotted ?? quoted ?? "",
  );
  if (names.length > 0) return { kind: "environment", names };
  if (depth >= deepest || !/^[A-Za-z_$][\w$]*$/.test(text)) return { kind: "unclear" };
  const name = text.replaceAll("$", "\\$");
  const given = [
    ...code.matchAll(new RegExp(`(?<![\\w$.])${name}\\s*(?::\\s*\\w+\\s*)?=(?![=>])\\s*([^;\\n]+)`, "g")),
  ];
  const isDeclared = new RegExp(`(?:const|let|var)\\s+(?:[^;\\n]*,\\s*)?${name}\\b`).test(code);
  const [only, ...others] = given;
  if (!only || others.length > 0 || !isDeclared) return { kind: "unclear" };
  return portOf(firstOf(only[1] ?? ""), code, depth + 1);
}

/** `const a = 1, b = 2` is given up to the comma. */
function firstOf(text: string): string {
  return argumentsFrom(`${text})`, 0)[0] ?? text;
}

function property(object: string, name: string): string | undefined {
  return argumentsFrom(`${object})`, 0)
    .map((part) => new RegExp(`^["']?${name}["']?\\s*(?::\\s*([\\s\\S]+))?$`).exec(part.trim()))
    .map((match) => match && (match[1] ?? name))
    .find((value) => value !== null);
}

function textIn(expression: string): string | undefined {
  return /^["'`]([^"'`$]*)["'`]$/.exec(expression.trim())?.[1];
}

/** What stands between a bracket that was opened and its own end, by its commas. */
function argumentsFrom(code: string, start: number): readonly string[] {
  const found: string[] = [];
  let depth = 0;
  let from = start;
  for (let index = start; index < code.length; index += 1) {
    const character = code[index] ?? "";
    if (`"'\``.includes(character)) index = endOfText(code, index);
    else if ("([{".includes(character)) depth += 1;
    else if (")]}".includes(character)) {
      if (depth === 0) {
        const last = code.slice(from, index).trim();
        return last === "" ? found : [...found, last];
      }
      depth -= 1;
    } else if (character === "," && depth === 0) {
      found.push(code.slice(from, index).trim());
      from = index + 1;
    }
  }
  return found;
}

/** The index of the quote that ends a text. */
function endOfText(code: string, start: number): number {
  for (let index = start + 1; index < code.length; index += 1) {
    if (code[index] === "\\") index += 1;
    else if (code[index] === code[start]) return index;
    else if (code[index] === "\n" && code[start] !== "`") return index;
  }
  return code.length;
}

/** Comments become blanks, so that places stay. */
export function withoutComments(text: string): string {
  return text.replace(
    /"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`|\/\/[^\r\n]*|\/\*[\s\S]*?\*\//g,
    (part) => (part.startsWith("/") ? part.replace(/[^\r\n]/g, " ") : part),
  );
}

import { locator } from "../location.ts";
import { type Comment, type Commented, type Lines, merged, pythonComments } from "../python/comments.ts";

/** How a kind of file has comments. */
export interface Syntax {
  /** A comment on a line of its own. */
  write(text: string): string;
  read(text: string): Commented | Promise<Commented>;
}

/** The syntax of a file, by its name and, where that says nothing, by its first line; undefined where it has no comments. */
export function syntaxOf(path: string, text: string): Syntax | undefined {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const known = syntaxes.find(({ files }) => files.test(name))?.syntax;
  if (known || name.includes(".")) return known;
  return /^#!.*\b(?:ba|da|z|k)?sh\b/.test(text.slice(0, 200)) ? shell : undefined;
}

const hash = (text: string) => `# ${text}`;

/**
 * A syntax whose files are read piece by piece. What `pattern` matches as `comment` is one, its mark being `mark`;
 * whatever else it matches is no place for comments, such as a text. It always matches something at once, or
 * nothing: no file may make it slow.
 */
function pieces(pattern: RegExp, write: Syntax["write"] = hash): Syntax {
  return { write, read: (text) => readPieces(text, pattern) };
}

const python: Syntax = { write: hash, read: pythonComments };

const yaml: Syntax = {
  write: hash,
  read: async (text) => (await import("./yaml-comments.ts")).yamlComments(text),
};

const toml = pieces(
  /"""(?:\\[\s\S]|(?!""")[^\\])*(?:"""|$)|'''(?:(?!''')[\s\S])*(?:'''|$)|"(?:\\.|[^"\\\r\n])*"?|'[^'\r\n]*'?|(?<comment>#[^\r\n]*)/g,
);

/** A here-document, a quoted text, a joined line, or a `#` that begins a word. */
const shell = pieces(
  /(?<!<)<<-?[ \t]*(["']?)(\w+)\1(?!\))(?:(?!\r?\n[\t ]*\2[ \t]*(?:\r|\n|$))[\s\S])*|\\(?:\r\n|[\s\S])|"(?:\\[\s\S]|[^"\\])*"?|'[^']*'?|(?<![^\s;&|()])(?<comment>#[^\r\n]*)/g,
);

/** A comment has its line to itself; a backslash joins lines, and a here-document holds some. */
const dockerfile = pieces(
  /(?<!<)<<-?[ \t]*(["']?)(\w+)\1(?:(?!\r?\n[\t ]*\2[ \t]*(?:\r|\n|$))[\s\S])*|(?:\\[ \t]*(?:\r\n|\r|\n)(?:[ \t]*#[^\r\n]*(?:\r\n|\r|\n)|[ \t]*(?:\r\n|\r|\n))*)|(?=#)(?<=^[ \t]*)(?<comment>#[^\r\n]*)/gm,
);

/** A value in quotes may go on over lines; a comment has a blank before it. */
const dotenv = pieces(
  /(?=["'`])(?<==[ \t]*)(?:"(?:\\[\s\S]|[^"\\])*"?|'[^']*'?|`[^`]*`?)|(?<=^|\s)(?<comment>#[^\r\n]*)/gm,
);

const procfile = pieces(
  /"(?:\\.|[^"\\\r\n])*"?|'[^'\r\n]*'?|(?=[#/])(?<=^[ \t]*)(?<comment>#[^\r\n]*|\/\/[^\r\n]*)|(?<=\s)(?<trailing>#[^\r\n]*)/gm,
);

/** As pip joins lines: a backslash at the end. */
const requirements = pieces(/\\(?:\r\n|\r|\n)|(?<=^|\s)(?<comment>#[^\r\n]*)/gm);

/** Files of lines: only a line that begins with it is a comment. */
const lines = pieces(/\\(?:\r\n|\r|\n)|(?=[#;])(?<=^[ \t]*)(?<comment>[#;][^\r\n]*)/gm);

const script = pieces(
  /`(?:\\[\s\S]|[^`\\])*`?|"(?:\\.|[^"\\\r\n])*"?|'(?:\\.|[^'\\\r\n])*'?|(?<comment>\/\/[^\r\n]*|\/\*(?:(?!\*\/)[\s\S])*(?:\*\/|$))/g,
  (text) => `// ${text}`,
);

const template = pieces(
  /(?<comment>\{#(?:(?!#\})[^\r\n])*(?:#\})?|<!--(?:(?!-->)[\s\S])*(?:-->)?)/g,
  (text) => `{# ${text} #}`,
);

const syntaxes: readonly { readonly files: RegExp; readonly syntax: Syntax }[] = [
  { files: /\.pyi?$/i, syntax: python },
  { files: /\.ya?ml$/i, syntax: yaml },
  { files: /\.toml$|^Pipfile$/i, syntax: toml },
  { files: /^(?:Dockerfile|Containerfile)(?:\.|$)|\.(?:Dockerfile|Containerfile)$/i, syntax: dockerfile },
  { files: /^Procfile(?:\.|$)/i, syntax: procfile },
  {
    files:
      /^(?:[^/]*requirements|constraints)[^/]*\.(?:txt|in)$|^(?:base|dev|prod|production|local|test)\.(?:txt|in)$/i,
    syntax: requirements,
  },
  { files: /^\.env(?:\.|$)|\.env$|^\.envrc$|^\.flaskenv$/i, syntax: dotenv },
  { files: /\.(?:sh|bash|zsh|ksh)$/i, syntax: shell },
  {
    files:
      /^(?:Makefile|justfile|Caddyfile|\.gitignore|\.dockerignore|\.slugignore)$|\.(?:ini|cfg|conf|mk)$/i,
    syntax: lines,
  },
  { files: /\.(?:[cm]?[jt]sx?|jsonc|json5)$/i, syntax: script },
  { files: /\.(?:html?|djhtml|jinja2?|j2)$/i, syntax: template },
];

function readPieces(text: string, pattern: RegExp): Commented {
  const comments: Comment[] = [];
  const solid: Lines[] = [];
  const place = locator("", text);
  for (const { index, 0: piece, groups } of text.matchAll(pattern)) {
    const { line, column, endLine = line } = place(index, index + piece.length);
    const comment = groups?.comment ?? groups?.trailing;
    if (comment !== undefined)
      comments.push({
        line,
        column,
        text: comment.replace(/^(?:#|;|\/\/|\/\*|\{#|<!--)|(?:\*\/|#\}|-->)$/g, ""),
        alone: text.slice(index - column + 1, index).trim() === "",
      });
    if (endLine > line) solid.push({ from: line, to: endLine });
  }
  const found = merged(solid);
  return { comments, statements: found, solid: found };
}

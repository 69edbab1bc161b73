import { CST, Lexer } from "yaml";
import { type Comment, type Commented, type Lines, merged } from "../python/comments.ts";

/** The comments of a YAML file, be it valid or not. What looks like one within a text is none. */
export function yamlComments(text: string): Commented {
  const comments: Comment[] = [];
  const solid: Lines[] = [];
  let line = 1;
  let before = "";
  let isScalar = false;
  let header: number | undefined;
  for (const token of new Lexer().lex(text)) {
    const type = CST.tokenType(token);
    if (type === "scalar") {
      isScalar = true;
      continue;
    }
    // These two mark something and stand for no character.
    if (type === "doc-mode" || type === "flow-error-end") continue;
    const from = line;
    const breaks = token.match(/\r\n|\r|\n/g)?.length ?? 0;
    line += breaks;
    const isText = isScalar || type === "single-quoted-scalar" || type === "double-quoted-scalar";
    if (isText && breaks > 0) {
      const closing = /[\r\n]$/.test(token) ? 1 : 0;
      solid.push({ from: header ?? from, to: Math.max(line - closing, from) });
    } else if (type === "comment") {
      comments.push({
        line: from,
        column: before.length + 1,
        text: token.slice(1),
        alone: before.trim() === "",
      });
    }
    header = type === "block-scalar-header" ? from : isScalar ? undefined : header;
    before =
      breaks > 0
        ? token.slice(Math.max(token.lastIndexOf("\n"), token.lastIndexOf("\r")) + 1)
        : before + token;
    isScalar = false;
  }
  const found = merged(solid.filter(({ from, to }) => to > from));
  return { comments, statements: found, solid: found };
}

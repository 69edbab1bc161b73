import type { Piece, Word } from "./words.ts";

/** A word as a program gets it. */
export interface Argument {
  /** Variables that are not known stand as `$NAME`. */
  readonly text: string;
  /** Nothing in it is left open. */
  readonly known: boolean;
}

/**
 * Values of variables: undefined means that it is set, to something we do not see. A variable that is
 * not in the map is unset as far as the files tell, so `${NAME:-…}` gives its fallback.
 */
export type Variables = ReadonlyMap<string, string | undefined>;

export function expand(
  pieces: readonly Piece[],
  variables: Variables,
  parameters: readonly Argument[] = [],
): Argument {
  let text = "";
  let known = true;
  for (const piece of pieces) {
    if (piece.kind === "text") text += piece.text;
    else {
      const value = expandPiece(piece, variables, parameters);
      text += value.text;
      known &&= value.known;
    }
  }
  return { text, known };
}

function expandPiece(
  piece: Exclude<Piece, { kind: "text" }>,
  variables: Variables,
  parameters: readonly Argument[],
): Argument {
  switch (piece.kind) {
    case "computed":
      return { text: piece.source, known: false };
    case "arguments":
      return {
        text: parameters.map(({ text }) => text).join(" "),
        known: parameters.every(({ known }) => known),
      };
    case "variable": {
      const unknown = { text: `$${piece.name}`, known: false };
      if (/^\d+$/.test(piece.name)) {
        const parameter = parameters[Number(piece.name) - 1];
        if (parameter) return parameter;
      }
      const value = variables.get(piece.name);
      if (value !== undefined) return { text: value, known: true };
      if (variables.has(piece.name) || !piece.fallback) return unknown;
      return expand(piece.fallback, variables, parameters);
    }
  }
}

/** The words of a command; a word that is `$@` alone becomes as many as the script has arguments. */
export function expandWords(
  words: readonly Word[],
  variables: Variables,
  parameters: readonly Argument[] = [],
): readonly Argument[] {
  return words.flatMap((word) =>
    word.pieces.length === 1 && word.pieces[0]?.kind === "arguments"
      ? parameters
      : [expand(word.pieces, variables, parameters)],
  );
}

/** A word so written that a shell reads it as it is. */
export function quote(text: string): string {
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/**
 * A command line that is split into words and run without a shell, so written that a shell would do the
 * same with it: `&&`, `$PORT` and `>` are words.
 */
export function literally(text: string): string {
  return text.replace(/'[^']*'|"(?:\\.|[^"\\])*"|\\.|[&|;<>()$`*?#~]/gs, (part) => {
    if (part.startsWith("'") || part.startsWith("\\")) return part;
    return part.startsWith('"') ? part.replace(/[$`]/g, "\\$&") : `\\${part}`;
  });
}

// What is written into files of others stands between marks, so that it can be found again. All of them have `#`
// for a comment.

const closing = "# <<< deploy-check <<<";

function opening(label: string): string {
  return `# >>> deploy-check ${label} (written by: deploy-check hook install) >>>`;
}

/** Lines between marks, all indented alike. */
export function marked(label: string, lines: readonly string[], indent = ""): string {
  return [opening(label), ...lines, closing]
    .map((line) => (line === "" ? "\n" : `${indent}${line}\n`))
    .join("");
}

/** A text in two: what is between the marks, and the rest; undefined if nothing is. */
export function splitMarked(
  text: string,
  label: string,
): { readonly inside: string; readonly rest: string } | undefined {
  const lines = text.split("\n");
  const from = lines.findIndex((line) => line.trim() === opening(label));
  const to = lines.findIndex((line, at) => at > from && line.trim() === closing);
  if (from === -1 || to === -1) return undefined;
  return {
    inside: lines.slice(from + 1, to).join("\n"),
    rest: [...lines.slice(0, from), ...lines.slice(to + 1)].join("\n"),
  };
}

/** `shlex.shlex(text, posix=True)` with `whitespace_split`, as far as splitting goes; undefined for an open quote or escape. */
export function shlexSplit(
  text: string,
  whitespace = " \t\r\n",
  comments = "#",
): readonly string[] | undefined {
  const tokens: string[] = [];
  let token: string | undefined;
  let quote: string | undefined;
  let comment = false;
  for (let index = 0; index < text.length; index++) {
    const char = text[index] ?? "";
    if (comment) {
      if (char === "\n") comment = false;
      continue;
    }
    if (quote !== undefined) {
      if (char === quote) quote = undefined;
      else if (char === "\\" && quote === '"') {
        const next = text[++index];
        if (next === undefined) return undefined;
        token = (token ?? "") + (next === '"' || next === "\\" ? next : `\\${next}`);
      } else token = (token ?? "") + char;
      continue;
    }
    if (whitespace.includes(char)) {
      if (token !== undefined) tokens.push(token);
      token = undefined;
    } else if (comments.includes(char)) {
      // A comment ends the token before it, too.
      if (token !== undefined) tokens.push(token);
      token = undefined;
      comment = true;
    } else if (char === "\\") {
      const next = text[++index];
      if (next === undefined) return undefined;
      token = (token ?? "") + next;
    } else if (char === "'" || char === '"') {
      quote = char;
      token ??= "";
    } else token = (token ?? "") + char;
  }
  if (quote !== undefined) return undefined;
  if (token !== undefined) tokens.push(token);
  return tokens;
}

/** `sh -c "…"`, `/bin/bash -lc '…'`: a shell of its own. */
const ownShell = /^\s*(?:exec\s+)?(?:\/usr\/bin\/env\s+)?(?:\S*\/)?(?:ba|da|a|z|k)?sh\s+(?:-\w+\s+)*-\w*c\b/;

/**
 * What in a command only a shell understands, as written: "&&", "$PORT", "DEBUG=0"; undefined if nothing
 * does, or if the command starts a shell itself. Where no shell reads it, the program gets it as an argument.
 */
export function needsShell(command: string): string | undefined {
  if (ownShell.test(command)) return undefined;
  const assignment = /^\s*([A-Za-z_]\w*=\S*)\s+\S/.exec(command)?.[1];
  if (assignment !== undefined) return assignment;
  const unquoted = command.replace(/\\.|'[^']*'/g, " ");
  const outside = unquoted.replace(/"[^"]*"/g, " ");
  const operator = /&&|\|\||[;|]|(?:^|\s)\d?>{1,2}|(?:^|\s)<|(?:^|\s)&(?:\s|$)/.exec(outside)?.[0].trim();
  return operator ?? /\$(?:\w+|\{[^}]*\}|\([^)]*\))|`[^`]+`/.exec(unquoted)?.[0];
}

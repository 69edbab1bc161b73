/** A text of SARIF's that is shown to people. */
export interface Message {
  readonly text: string;
}

/**
 * Text as it stands, where SARIF would see more in it: braces are placeholders unless they are doubled
 * (§3.11.5), and `[text](address)` is a link (§3.11.6), which a file name shall not make.
 */
export function messageOf(text: string): Message {
  return { text: text.replace(/[{}]/g, "$&$&").replaceAll("](", "] (") };
}

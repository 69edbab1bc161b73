import { printable, printableLines } from "./printable.ts";

/**
 * An element of XML 1.0 with its attributes, and text or other elements in it. What XML cannot hold, such as
 * most control characters, is written out as in a terminal; so are line breaks in attributes.
 */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  content: string | readonly string[] = [],
): string {
  const start = [
    name,
    ...Object.entries(attributes).map(([key, value]) => `${key}="${escaped(printable(String(value)))}"`),
  ].join(" ");
  if (typeof content === "string")
    return `<${start}>${escaped(printableLines(content).join("\n"))}</${name}>`;
  if (content.length === 0) return `<${start}/>`;
  const lines = content.map((child) => `\n${child}`).join("");
  return `<${start}>${lines}\n</${name}>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

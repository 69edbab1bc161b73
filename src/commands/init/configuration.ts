import { type KeyName, keys, schemaUrl } from "../../config/keys.ts";
import { printable } from "../../report/printable.ts";
import { wrap } from "../../report/width.ts";

/** A value that the project's files tell, as YAML, and what tells it. */
export interface Told {
  readonly value: string;
  readonly because: string;
}

/** A deploy-check.yaml with every key: those that are told as they are, the others to be uncommented. */
export function configurationText(told: Partial<Record<KeyName, Told>>): string {
  const parts = (Object.keys(keys) as readonly KeyName[])
    // Editors take it from the comment at the top.
    .filter((name) => name !== "$schema")
    .map((name) => {
      const known = told[name];
      return [
        ...comment(keys[name].says),
        ...(known ? comment(`Here: ${printable(known.because)}.`) : []),
        known ? `${name}: ${known.value}` : `# ${name}: ${keys[name].example}`,
      ].join("\n");
    });
  return [
    `# yaml-language-server: $schema=${schemaUrl}`,
    ...comment(
      "What deploy-check is told about this project. A key that is commented out shows what it might be.",
    ),
    "",
    parts.join("\n\n"),
    "",
  ].join("\n");
}

/** The text with all keys in force. */
export function uncommented(text: string): string {
  const name = new RegExp(`^# (?=(?:${Object.keys(keys).join("|").replaceAll("$", "\\$")}): )`, "gm");
  return text.replace(name, "");
}

function comment(text: string): readonly string[] {
  return wrap(text, 98).map((line) => `# ${line}`);
}

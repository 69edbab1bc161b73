import type { Reporter } from "./report.ts";

/** The formats of `check`, in the order in which the help names them. Only those that are asked for are loaded. */
export const formats = {
  checklist: async () => (await import("./checklist.ts")).checklist,
  json: async () => (await import("./json.ts")).json,
  sarif: async () => (await import("./sarif.ts")).sarif,
  gitlab: async () => (await import("./gitlab.ts")).gitlab,
  junit: async () => (await import("./junit.ts")).junit,
  github: async () => (await import("./github.ts")).github,
  markdown: async () => (await import("./markdown.ts")).markdown,
} as const satisfies Readonly<Record<string, () => Promise<Reporter>>>;

export type FormatName = keyof typeof formats;

export function isFormat(name: string): name is FormatName {
  return Object.hasOwn(formats, name);
}

/** A format, and the file that it is to be written to: standard output if there is none. */
export interface Output {
  readonly format: FormatName;
  readonly file: string | undefined;
}

import type { Location } from "../location.ts";

/** What a manifest gives to the process that gets the requests. */
export interface Memory {
  readonly megabytes: number;
  /** As written: "512Mi", "starter". */
  readonly text: string;
  readonly at: Location;
}

const units: Readonly<Record<string, number>> = { "": 1 / 1024 / 1024, k: 1 / 1024, m: 1, g: 1024 };

/** `512m`, `512Mi`, `1gb`, `0.5G`; a bare number counts `bare` (bytes, unless said otherwise). */
export function memory(
  written: { readonly text?: string | undefined; readonly at: Location } | undefined,
  bare: "" | "m" = "",
): Memory | undefined {
  const { text, at } = written ?? {};
  if (text === undefined || !at) return undefined;
  const [, number = "", unit = ""] = /^(\d+(?:\.\d+)?)\s*([kmg]?)(?:i?b?)?$/i.exec(text.trim()) ?? [];
  if (number === "") return undefined;
  const factor = units[unit === "" ? bare : unit.toLowerCase()];
  return factor === undefined ? undefined : { megabytes: Number(number) * factor, text, at };
}

/** By the name of a plan or a size. */
export function memoryOfPlan(
  written: { readonly text?: string | undefined; readonly at: Location } | undefined,
  plans: Readonly<Record<string, number>>,
): Memory | undefined {
  const { text, at } = written ?? {};
  const megabytes = text === undefined || !Object.hasOwn(plans, text) ? undefined : plans[text];
  return text === undefined || !at || megabytes === undefined ? undefined : { megabytes, text, at };
}

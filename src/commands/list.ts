import { areas, type Check } from "../check.ts";
import type { ByHand } from "../report/by-hand.ts";
import { type Outcome, printed } from "./outcome.ts";

/** Every check by area: what it is called, how bad it is, and what it wants. */
export function list(checks: readonly Check[]): Outcome {
  const idWidth = Math.max(0, ...checks.map(({ id }) => id.length));
  const sections = Object.entries(areas).flatMap(([area, name]) => {
    const inArea = checks.filter((check) => check.area === area);
    return inArea.length === 0 ? [] : [[`${name} (${area})`, ...inArea.map((check) => row(check, idWidth))]];
  });
  return printed(`${sections.map((lines) => lines.join("\n")).join("\n\n")}\n`);
}

function row({ id, title, severity, django = [] }: Check, idWidth: number): string {
  const known = django.length > 0 ? ` (${django.join(", ")})` : "";
  return `  ${id.padEnd(idWidth)}  ${severity.padEnd("warning".length)}  ${title}${known}`;
}

/** What is to be verified by hand, by group, each with one line of advice. */
export function listByHand(items: readonly ByHand[]): Outcome {
  const groups = [...new Set(items.map(({ group }) => group))];
  const sections = groups.map((group) =>
    [
      group,
      ...items
        .filter((item) => item.group === group)
        .map(({ id, title, advice }) => `  [ ] ${title} (${id})\n      ${advice}`),
    ].join("\n"),
  );
  return printed(`${["No file of a project shows these. Verify them by hand.", ...sections].join("\n\n")}\n`);
}

import { additions, type PlacedBaseline, vanished, writeBaseline } from "../ignores/baseline.ts";
import { printable } from "../report/printable.ts";
import { redactFinding } from "../report/redact.ts";
import { maskKnownSecrets } from "../report/secret-text.ts";
import { counted } from "../report/summary.ts";
import { type AskedFor, judgeAsAsked } from "./judged.ts";
import { noLevers } from "./levers.ts";
import { exitCodes, type Outcome, WrongUsage } from "./outcome.ts";
import { withoutGivenSecrets } from "./recognition.ts";

export interface BaselineRequest extends AskedFor {
  /** What is there already; without entries where nothing is. */
  readonly file: PlacedBaseline & { readonly exists: boolean };
  /** Why the project lives with what is new. */
  readonly reason: string | undefined;
  /** Takes out what is gone, and adds nothing. */
  readonly prune: boolean;
  /** The day, such as 2026-11-20: the one thing here that a second run may answer otherwise. */
  readonly today: string;
  /** What the user should know besides, a sentence each. */
  readonly notes: readonly string[];
}

/** Writes down what is found now, so that only what is new counts. What was written before keeps its reason and its day. */
export async function baseline(request: BaselineRequest): Promise<Outcome> {
  const { file, prune, files } = request;
  const { called } = file;
  if (prune && !file.exists) throw new WrongUsage(`${called} does not exist, so there is nothing to prune`);
  const nothingKnown = { ...file, baseline: { entries: [] } };
  const asked = await judgeAsAsked(request, { ...noLevers, baseline: nothingKnown });
  if (asked.kind === "nothing") return asked.outcome;
  const { before, prints, judgement } = asked;
  const { results } = judgement.result;
  const faults = results.filter(({ fault }) => fault !== undefined).map(({ check }) => check.id);
  const added = prune
    ? []
    : additions(file, results, prints, {
        reason: withoutGivenSecrets(maskKnownSecrets(request.reason?.trim() ?? ""), request.env) || undefined,
        added: request.today,
        message: (finding, { check }) =>
          withoutGivenSecrets(redactFinding(finding, files, check.area === "secrets").message, request.env),
      });
  const gone = vanished(file, before, prints);
  const kept = file.baseline.entries.filter((entry) => !prune || !gone.includes(entry));
  const text = writeBaseline({ entries: [...kept, ...added] });
  const there = counted(kept.length + added.length, "finding");
  const changes = [
    ...(added.length > 0 ? [`${added.length} added`] : []),
    ...(prune && gone.length > 0 ? [`${gone.length} taken out`] : []),
  ];
  const told = changes.length > 0 ? changes.join(", ") : "nothing to change";
  const notes = [
    ...request.configured.notes,
    ...request.notes,
    ...(gone.length > 0 && !prune
      ? [
          `${counted(gone.length, "finding")} in it ${gone.length === 1 ? "is" : "are"} gone; --prune takes ${gone.length === 1 ? "it" : "them"} out`,
        ]
      : []),
    ...faults.map(
      (id) => `the check ${id} crashed, which is a fault of deploy-check; it is not in the baseline`,
    ),
  ];
  return {
    stdout: `${printable(called)}: ${there} (${told})\n`,
    stderr: notes.map((note) => `deploy-check: ${printable(note)}\n`).join(""),
    files: changes.length > 0 || !file.exists ? [{ path: called, text }] : [],
    code: faults.length > 0 ? exitCodes.internalFault : exitCodes.fine,
  };
}

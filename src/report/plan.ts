import type { Location } from "../location.ts";
import type { Plan, Planned, PlannedCommand } from "../plan/plan.ts";
import { printable } from "./printable.ts";
import type { Paint } from "./report.ts";
import { maskCommand } from "./secret-text.ts";
import { hanging, textWidth, wrap } from "./width.ts";

/** What will happen on each platform, for people: a line for each thing, with what says so behind it. */
export function planText(plans: readonly Plan[], paint: Paint): string {
  return plans.map((plan) => `${planLines(plan, paint).join("\n")}\n`).join("\n");
}

const labelWidth = 16;

interface Row {
  readonly label: string;
  readonly text: string;
  /** What says so, or nothing. */
  readonly from: string;
}

function planLines(plan: Plan, paint: Paint): readonly string[] {
  const { platform, targeted, because } = plan;
  const title = paint.chalk.bold(`Plan for ${platform.name}`);
  const why = because ?? "nothing in the project names another platform";
  const aside = targeted ? why : "the project does not target it; this is what would happen there";
  return [`${title}  ${paint.chalk.dim(aside)}`, "", ...rowsOf(plan).flatMap((row) => rowLines(row, paint))];
}

function rowsOf(plan: Plan): readonly Row[] {
  const { python, install, build, release, processes } = plan;
  const commands = (label: string, steps: readonly PlannedCommand[], none: string) =>
    steps.length === 0
      ? [row(label, none)]
      : steps.flatMap((step, index) => commandRows(index === 0 ? label : "", step));
  return [
    row("Python", python.version ?? `not known: ${python.unless ?? ""}`, python),
    ...(install ? [row("Install", install.command, install)] : []),
    ...commands("Build", build, install ? "nothing else" : "nothing in the repository says"),
    ...commands("Release", release, "nothing"),
    ...(processes.length === 0 ? [row("Start", howElse(plan))] : []),
    ...processes.flatMap((process) => commandRows(`Start ${process.name}`, process)),
    portRow(plan),
    databaseRow(plan),
    staticRow(plan),
    ...environmentRows(plan),
    row("Problems", plan.problems.length === 0 ? "none found" : plan.problems.join(", ")),
  ];
}

function howElse({ platform: { start } }: Plan): string {
  return start.imports === undefined
    ? "nothing in the repository says how"
    : `${start.imports} imports the application`;
}

/** A script of several lines is shown line by line, without its comments. */
function commandRows(label: string, step: PlannedCommand): readonly Row[] {
  const lines = step.command.split(/\r?\n/).filter((line) => !/^\s*(?:#|$)/.test(line));
  return lines.length < 2
    ? [row(label, lines[0]?.trim() ?? "", step)]
    : lines.map((line, index) =>
        row(index === 0 ? label : "", line.trimEnd(), index === lines.length - 1 ? step : undefined),
      );
}

function row(label: string, text: string, from?: Planned): Row {
  return { label, text, from: from === undefined ? "" : origin(from.source, from.at) };
}

/** `Procfile:2`; with who says so in front, where that is not the file. */
function origin(source: string, at: Location | undefined): string {
  if (!at) return source;
  const place = `${at.file}:${at.line}`;
  return source.includes(at.file) ? place : `${source}, ${place}`;
}

function portRow({ port }: Plan): Row {
  const { variable, number, server, source, at } = port;
  const names = [variable && `$${variable}`, number === undefined ? undefined : String(number)];
  const asked = names.filter((part) => part !== undefined && part !== "").join(" = ");
  const given = asked === "" ? "none is named" : at ? asked : `${asked} (${source})`;
  return {
    label: "Port",
    text: server === undefined ? given : `${given}; ${server}`,
    from: at ? origin(source, at) : "",
  };
}

function databaseRow({ database }: Plan): Row {
  const { engine, variable, service } = database;
  const parts = [
    engine === undefined ? "not known" : engine.replace(/^django\.db\.backends\./, ""),
    ...(variable === undefined ? [] : [`from $${variable}`]),
    ...(service === undefined ? [] : [`provided by ${service}`]),
  ];
  return { label: "Database", text: parts.join(", "), from: placeText(database.at) };
}

function staticRow({ static: files }: Plan): Row {
  const { root, collectedBy, servedBy } = files;
  const parts = [
    root === undefined ? "no STATIC_ROOT" : root,
    collectedBy === undefined ? "nothing collects them" : `collected by ${collectedBy}`,
    servedBy === undefined ? "nothing in the repository serves them" : `served by ${servedBy}`,
  ];
  return { label: "Static files", text: parts.join("; "), from: placeText(files.at) };
}

function environmentRows({ environment, platform }: Plan): readonly Row[] {
  const { injected, declared, missing } = environment;
  const names = (list: readonly string[]) => list.map((name) => `$${name}`).join(", ");
  const told = (list: typeof declared) => names(list.map(({ name }) => name));
  return [
    ...(injected.length > 0 ? [row("Injected", `${names(injected)} (${platform.name})`)] : []),
    row("Declared", declared.length === 0 ? "nothing" : told(declared)),
    row("Missing", missing.length === 0 ? "nothing that the settings insist on" : told(missing)),
  ];
}

function placeText(at: Location | undefined): string {
  return at ? `${at.file}:${at.line}` : "";
}

function rowLines({ label, text, from }: Row, { chalk, width }: Paint): readonly string[] {
  const first = `  ${label}`.padEnd(labelWidth);
  const shown = printable(maskCommand(text));
  const source = printable(from);
  const room = Math.max(Math.min(width, 100) - labelWidth, 20);
  const behind = source === "" ? "" : `  ${source}`;
  const lines = hanging(first, wrap(shown, room));
  const last = lines.at(-1) ?? first;
  const fits = textWidth(last) + textWidth(behind) <= labelWidth + room;
  const painted = lines.map((line, at) => (at === 0 ? chalk.dim(first) + line.slice(first.length) : line));
  if (behind === "") return painted;
  if (fits) return [...painted.slice(0, -1), `${painted.at(-1) ?? ""}${chalk.dim(behind)}`];
  return [...painted, `${" ".repeat(labelWidth)}${chalk.dim(source)}`];
}

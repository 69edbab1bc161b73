import type { Plain } from "../python/plain.ts";
import { printable } from "./printable.ts";
import type { Paint } from "./report.ts";
import type { SettingShown, SettingsDocument } from "./settings-document.ts";
import { hanging, wrap } from "./width.ts";

/** `deploy-check settings` for people: a setting a line, as Python would write it, and where it comes from. */
export function settingsTable(document: SettingsDocument, { chalk, width }: Paint): string {
  const { module, evidence, djangoVersion, production, environment, django } = document;
  const rows: readonly (readonly [label: string, text: string])[] = [
    ["Settings", `${module}: ${evidence}`],
    ["Django", djangoVersion ?? "not named by the requirements, so its newest defaults are shown"],
    ["Environment", environment.closed ? "exactly what was given" : production],
    ["Taken as set", inState(document, "required")],
    ["System checks", idsIn(django.checks)],
    ["Unknown", idsIn(django.unknown)],
    ["Silenced", idsIn(django.silenced)],
  ];
  const head = rows
    .filter(([, text]) => text !== "")
    .flatMap(([label, text]) => {
      const first = `  ${label.padEnd(15)}`;
      const lines = hanging(first, wrap(printable(text), Math.max(width - first.length, 20)));
      return lines.map((line, at) => (at === 0 ? chalk.dim(first) + line.slice(first.length) : line));
    });
  const body = document.import.ok
    ? Object.entries(document.settings).flatMap(([name, setting]) =>
        settingLines(name, setting, width).map(
          ({ text, note }) => text + (note === "" ? "" : chalk.dim(note)),
        ),
      )
    : [chalk.red(failure(document.import))];
  return `${[...head, "", ...body].join("\n")}\n`;
}

function inState({ environment }: SettingsDocument, state: string): string {
  return Object.entries(environment.variables)
    .filter(([, variable]) => variable.state === state)
    .map(([name]) => `$${name}`)
    .join(", ");
}

function idsIn(ids: readonly string[]): string {
  return ids.join(", ");
}

function failure({
  error,
  message,
  at,
}: Extract<SettingsDocument["import"], { readonly ok: false }>): string {
  const place = at ? `${at.file}:${at.line}: ` : "";
  const what =
    error === null ? `the settings module ${message}` : `${error}${message === "" ? "" : `: ${message}`}`;
  return printable(`${place}${what}`);
}

interface Line {
  readonly text: string;
  readonly note: string;
}

function settingLines(name: string, setting: SettingShown, width: number): readonly Line[] {
  const value =
    setting.state === "opaque" && setting.value === null ? { $opaque: setting.reason ?? "" } : setting.value;
  const lines = python(value, `${name} = `, width, "").map(printable);
  const note = printable(noteOf(setting));
  const last = lines.at(-1) ?? "";
  const fits = last.length + 4 + note.length <= width;
  return fits
    ? lines.map((text, at) => ({ text, note: at === lines.length - 1 && note !== "" ? `  # ${note}` : "" }))
    : [...lines.map((text) => ({ text, note: "" })), { text: "", note: `    # ${note}` }];
}

function noteOf({ at, env, explicit }: SettingShown): string {
  if (!explicit) return "Django's default";
  const place = at ? [`${at.file}:${at.line}`] : [];
  return [
    ...place,
    ...env.filter((name) => name !== "DJANGO_SETTINGS_MODULE").map((name) => `$${name}`),
  ].join(" ");
}

/** A value as Python writes it, over several lines if one is too short. */
function python(plain: Plain, before: string, width: number, indent: string): readonly string[] {
  const line = `${before}${oneLine(plain)}`;
  if (line.length <= width) return [line];
  const parts = partsOf(plain);
  if (!parts || parts.items.length === 0) return [line];
  const deeper = `${indent}    `;
  return [
    `${before}${parts.open}`,
    ...parts.items.flatMap(({ key, item }) => {
      const lines = python(item, `${deeper}${key}`, width - 1, deeper);
      return [...lines.slice(0, -1), `${lines.at(-1) ?? ""},`];
    }),
    `${indent}${parts.close}`,
  ];
}

interface Parts {
  readonly open: string;
  readonly close: string;
  readonly items: readonly { readonly key: string; readonly item: Plain }[];
}

function partsOf(plain: Plain): Parts | undefined {
  if (typeof plain !== "object" || plain === null) return undefined;
  if (isList(plain)) return sequence("[", plain, "]");
  const { $tuple, $set } = plain;
  if (isList($tuple)) return sequence("(", $tuple, $tuple.length === 1 ? ",)" : ")");
  if (isList($set)) return $set.length === 0 ? undefined : sequence("{", $set, "}");
  if (marked(plain) !== undefined) return undefined;
  const items = Object.entries(plain).map(([key, item]) =>
    key === "$opaque" ? { key: "", item: { $opaque: item } } : { key: `${JSON.stringify(key)}: `, item },
  );
  return { open: "{", close: "}", items };
}

function sequence(open: string, items: readonly Plain[], close: string): Parts {
  return { open, close, items: items.map((item) => ({ key: "", item })) };
}

function oneLine(plain: Plain): string {
  if (plain === null) return "None";
  if (typeof plain === "boolean") return plain ? "True" : "False";
  if (typeof plain === "number") return String(plain);
  if (typeof plain === "string") return JSON.stringify(plain);
  const parts = partsOf(plain);
  if (!parts) return isList(plain) ? "[]" : (marked(plain) ?? "set()");
  return parts.open + parts.items.map(({ key, item }) => key + oneLine(item)).join(", ") + parts.close;
}

/** What JSON has no form for. */
function marked(plain: Readonly<Record<string, Plain>>): string | undefined {
  const [[key, value] = ["", null], ...others] = Object.entries(plain);
  if (others.length > 0) return undefined;
  switch (key) {
    case "$path":
      return `Path(${JSON.stringify(value)})`;
    case "$secret": {
      const length = typeof value === "object" && value !== null && !isList(value) ? value.length : "";
      return `<a secret of ${String(length)} characters>`;
    }
    case "$opaque":
      return `<unknown: it ${String(value)}>`;
    case "$object":
      return `<${String(value)}>`;
    case "$bytes":
      return `b${JSON.stringify(value)}`;
    case "$int":
    case "$float":
      return String(value);
    default:
      return undefined;
  }
}

function isList(plain: Plain | undefined): plain is readonly Plain[] {
  return Array.isArray(plain);
}

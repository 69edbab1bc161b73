/** INI text as `configparser` reads it with its defaults. */

/** Options by section; option names are in lower case. A value is undefined for a key without one. */
export type IniSections = ReadonlyMap<string, ReadonlyMap<string, string | undefined>>;

export interface IniOptions {
  readonly delimiters?: string;
  readonly allowNoValue?: boolean;
  readonly inlineComments?: readonly string[];
  /** How option names are kept (`optionxform`); in lower case unless said otherwise. */
  readonly fold?: Fold;
}

export type Fold = (name: string) => string;
const lower: Fold = (name) => name.toLowerCase();

export interface IniError {
  readonly error:
    | "MissingSectionHeaderError"
    | "ParsingError"
    | "DuplicateSectionError"
    | "DuplicateOptionError";
  readonly line: number;
}

export const defaultSection = "DEFAULT";

export function parseIni(text: string, options: IniOptions = {}): IniSections | IniError {
  const delimiter = new RegExp(`^(.*?)\\s*(?:([${options.delimiters ?? "=:"}])\\s*(.*))?$`, "s");
  const sections = new Map<string, Map<string, string | undefined>>();
  let section: Map<string, string | undefined> | undefined;
  let key: string | undefined;
  let indent = 0;
  for (const [index, raw] of text.split(/\r\n|\r|\n/).entries()) {
    const line = withoutComment(raw, options.inlineComments ?? []);
    const value = line.trim();
    const at = index + 1;
    if (value === "") {
      // An empty line is part of a value that goes on, but not a comment.
      if (raw.trim() === "" && section && key !== undefined) append(section, key, "");
      continue;
    }
    const depth = line.search(/\S/);
    if (section && key !== undefined && depth > indent) {
      append(section, key, value);
      continue;
    }
    indent = depth;
    const header = /^\[(.+)\]/.exec(value)?.[1];
    if (header !== undefined) {
      if (header !== defaultSection && sections.has(header))
        return { error: "DuplicateSectionError", line: at };
      section = sections.get(header) ?? new Map();
      sections.set(header, section);
      key = undefined;
      continue;
    }
    if (!section) return { error: "MissingSectionHeaderError", line: at };
    const [, name = "", sign, written] = delimiter.exec(value) ?? [];
    if (name === "" || (sign === undefined && !options.allowNoValue))
      return { error: "ParsingError", line: at };
    key = (options.fold ?? lower)(name);
    if (section.has(key)) return { error: "DuplicateOptionError", line: at };
    section.set(key, sign === undefined ? undefined : (written ?? "").trim());
  }
  for (const options_ of sections.values())
    for (const [name, value] of options_) options_.set(name, value?.replace(/\n+$/, ""));
  return sections;
}

function append(section: Map<string, string | undefined>, key: string, more: string): void {
  section.set(key, `${section.get(key) ?? ""}\n${more}`);
}

function withoutComment(line: string, inline: readonly string[]): string {
  if (/^\s*[#;]/.test(line)) return "";
  const starts = inline.flatMap((prefix) => {
    const index = line.search(new RegExp(`(?:^|\\s)${prefix.replace(/[^\w]/g, "\\$&")}`));
    return index === -1 ? [] : [index];
  });
  return starts.length === 0 ? line : line.slice(0, Math.min(...starts));
}

/** An option's value with `%(name)s` filled in; undefined if there is none, or it cannot be filled in. */
export function iniValue(
  sections: IniSections,
  section: string,
  option: string,
  interpolate = true,
  fold = lower,
): string | undefined {
  const look = (name: string) =>
    sections.get(section)?.get(fold(name)) ?? sections.get(defaultSection)?.get(fold(name));
  const fill = (text: string, depth: number): string | undefined => {
    if (depth > 10) return undefined;
    let failed = false;
    const filled = text.replace(/%(?:%|\(([^)]*)\)s|)/g, (token, name: string | undefined) => {
      if (token === "%%") return "%";
      const value = name === undefined ? undefined : look(name);
      const inner = value === undefined ? undefined : fill(value, depth + 1);
      if (inner === undefined) failed = true;
      return inner ?? "";
    });
    // Every level can multiply the length: a hostile file must not.
    return failed || filled.length > 1_000_000 ? undefined : filled;
  };
  const value = look(option);
  return value === undefined || !interpolate ? value : fill(value, 1);
}

export function hasIniOption(sections: IniSections, section: string, option: string, fold = lower): boolean {
  const name = fold(option);
  return (
    (sections.get(section)?.has(name) ||
      (sections.has(section) && sections.get(defaultSection)?.has(name))) ??
    false
  );
}

import type { Location } from "../../location.ts";
import type { Machine, Model } from "../machine.ts";
import type { Value } from "../value.ts";
import { fail, lookupErrors } from "./configparser-errors.ts";
import { contentOf } from "./data-formats.ts";
import { byName, creator, exceptionClass, method, model, nativeClass } from "./define.ts";
import { noEffect } from "./inert.ts";
import { defaultSection, hasIniOption, type IniSections, iniValue, parseIni } from "./ini-format.ts";
import { bool, dictOf, isBuiltinClass, list, none, str, textOf, truthOr, tuple } from "./make.ts";
import { pathText, readText } from "./project-paths.ts";

/** configparser, over `ini-format.ts`. */

/** What a ConfigParser has read. */
class Ini {
  sections: IniSections = new Map();
  interpolate = true;
  /** Set when a file was read that nobody sees. */
  unseen: Value | undefined;
  /** `optionxform`. */
  fold = (name: string): string => name.toLowerCase();

  addSection(name: string): void {
    this.sections = new Map<string, ReadonlyMap<string, string | undefined>>([
      ...this.sections,
      [name, new Map()],
    ]);
  }
  set(section: string, option: string, value: string | undefined): void {
    const options = new Map(this.sections.get(section));
    options.set(this.fold(option), value);
    this.sections = new Map([...this.sections, [section, options]]);
  }
}

function configParser(machine: Machine): (readonly [string, Value])[] {
  const error = exceptionClass(machine, "configparser.Error");
  const problem = (name: string): readonly [string, Value] => [
    name,
    nativeClass(machine, `configparser.${name}`, [], [error]),
  ];
  const { noSection, noOption } = lookupErrors(machine, error);
  const iniOf = (self: Value): Ini => {
    if (self.kind !== "instance" || !(self.data instanceof Ini)) return new Ini();
    const own = self.attributes.get("optionxform");
    if (isBuiltinClass(own, "str")) self.data.fold = (name) => name;
    return self.data;
  };
  const add = (m: Machine, ini: Ini, text: string, at: Location | undefined): void => {
    const read = parseIni(text, { fold: ini.fold });
    if ("error" in read) {
      m.raise("ValueError", `${read.error} in line ${read.line}`, at);
      return;
    }
    const merged = new Map([...ini.sections].map(([name, options]) => [name, new Map(options)] as const));
    for (const [name, options] of read) merged.set(name, new Map([...(merged.get(name) ?? []), ...options]));
    ini.sections = merged;
  };
  const value = (
    m: Machine,
    self: Value,
    section: string,
    option: string,
    fallback: Value | undefined,
    at: Location | undefined,
  ): Value => {
    const ini = iniOf(self);
    if (ini.unseen) return ini.unseen;
    if (hasIniOption(ini.sections, section, option, ini.fold)) {
      const text = iniValue(ini.sections, section, option, ini.interpolate, ini.fold);
      return text === undefined
        ? m.opaque("interpolates an option that cannot be filled in", at, [], { cause: "unmodelled" })
        : str(text, at);
    }
    if (fallback) return fallback;
    return ini.sections.has(section)
      ? fail(m, noOption, [ini.fold(option), section], at)
      : fail(m, noSection, [section], at);
  };
  const getter = (
    name: string,
    read: (m: Machine, found: Value, at: Location | undefined) => Value,
  ): [string, Value] => [
    name,
    method(
      name,
      { required: ["section", "option"], optional: ["raw", "vars", "fallback"] },
      (self, { machine: m, at, given }) => {
        const found = value(
          m,
          self,
          textOf(given.section) ?? "",
          textOf(given.option) ?? "",
          given.fallback,
          at,
        );
        return found === given.fallback ? found : read(m, found, at);
      },
    ),
  ];
  const sectionClass = nativeClass(machine, "configparser.SectionProxy", []);
  const part = (self: Value, name: string, at: Location | undefined): Value => ({
    kind: "instance",
    class: sectionClass,
    attributes: new Map([
      ["_name", str(name, at)],
      ["_parser", self],
    ]),
    at,
    env: [],
  });
  const own = (self: Value): { parser: Value; section: string } =>
    self.kind === "instance"
      ? {
          parser: self.attributes.get("_parser") ?? none(),
          section: textOf(self.attributes.get("_name")) ?? "",
        }
      : { parser: none(), section: "" };
  const words = new Map([
    ["1", true],
    ["yes", true],
    ["true", true],
    ["on", true],
    ["0", false],
    ["no", false],
    ["false", false],
    ["off", false],
  ]);
  const asBool = (m: Machine, found: Value, at: Location | undefined): Value => {
    const truth = words.get((textOf(found) ?? "").toLowerCase());
    return found.kind === "opaque"
      ? found
      : truth === undefined
        ? m.raise("ValueError", `Not a boolean: ${textOf(found) ?? ""}`, at)
        : bool(truth, at);
  };
  const number =
    (type: string) =>
    (m: Machine, found: Value, at: Location | undefined): Value =>
      m.call(m.classNamed(type), [found], undefined, at);
  const sectionGetter = (
    name: string,
    read: (m: Machine, found: Value, at: Location | undefined) => Value,
  ): [string, Value] => [
    name,
    method(
      name,
      { required: ["option"], optional: ["fallback"], others: true },
      (self, { machine: m, at, given }) => {
        const { parser, section } = own(self);
        const otherwise = given.fallback ?? none(at);
        const found = value(m, parser, section, textOf(given.option) ?? "", otherwise, at);
        return found === otherwise ? found : read(m, found, at);
      },
    ),
  ];
  const plain = (_: Machine, found: Value): Value => found;
  for (const [name, member] of [
    sectionGetter("get", plain),
    sectionGetter("getboolean", asBool),
    sectionGetter("getint", number("int")),
    sectionGetter("getfloat", number("float")),
    ...byName(
      method("__getitem__", { required: ["key"] }, (self, { machine: m, at, given }) => {
        const { parser, section } = own(self);
        const { sections, unseen, fold } = iniOf(parser);
        const key = textOf(given.key) ?? "";
        return unseen || hasIniOption(sections, section, key, fold)
          ? value(m, parser, section, key, undefined, at)
          : m.raise("KeyError", key, at);
      }),
      method("__contains__", { required: ["key"] }, (self, { at, given }) =>
        bool(hasIniOption(iniOf(own(self).parser).sections, own(self).section, textOf(given.key) ?? ""), at),
      ),
      method("__iter__", {}, (self, { machine: m, at }) =>
        m.call(m.attribute(list(optionsOf(iniOf(own(self).parser), own(self).section, at)), "__iter__"), []),
      ),
      method("items", {}, (self, { machine: m, at }) =>
        list(
          optionsOf(iniOf(own(self).parser), own(self).section, at).map((key) =>
            tuple([key, value(m, own(self).parser, own(self).section, textOf(key) ?? "", undefined, at)]),
          ),
        ),
      ),
      method("keys", {}, (self, { at }) => list(optionsOf(iniOf(own(self).parser), own(self).section, at))),
      method("__setitem__", { required: ["key", "value"] }, (self, { at, given }) => {
        iniOf(own(self).parser).set(own(self).section, textOf(given.key) ?? "", textOf(given.value));
        return none(at);
      }),
    ),
  ])
    sectionClass.attributes.set(name, member);
  const names = (self: Value): string[] =>
    [...iniOf(self).sections.keys()].filter((name) => name !== defaultSection);
  const parser = nativeClass(machine, "configparser.ConfigParser", [
    getter("get", plain),
    getter("getboolean", asBool),
    getter("getint", number("int")),
    getter("getfloat", number("float")),
    creator({ rest: true, others: true }, ({ machine: m, others }) => {
      const data = new Ini();
      data.interpolate = truthOr(m, others.get("interpolation"), true);
      return { data };
    }),
    ...byName(
      method(
        "read",
        { required: ["filenames"], optional: ["encoding"] },
        (self, { machine: m, at, given }) => {
          const files =
            given.filenames.kind === "list" || given.filenames.kind === "tuple"
              ? given.filenames.items
              : [given.filenames];
          const found = files.filter((file) => {
            const path = pathText(m, file, at);
            const read = typeof path === "string" ? readText(m, path, at) : path;
            if (read === "absent") return false;
            if ("text" in read) add(m, iniOf(self), read.text, at);
            else iniOf(self).unseen ??= read;
            return true;
          });
          return list(found, at);
        },
        { takesOpaque: true },
      ),
      method("read_file", { required: ["f"], others: true }, (self, { machine: m, at, given }) =>
        readInto(m, self, contentOf(m, given.f, at), at),
      ),
      method("read_string", { required: ["string"], others: true }, (self, { machine: m, at, given }) =>
        readInto(m, self, given.string, at),
      ),
      method("read_dict", { required: ["dictionary"], others: true }, (self, { machine: m, at, given }) => {
        const ini = iniOf(self);
        for (const [name, options] of pairsOf(given.dictionary)) {
          if (!ini.sections.has(textOf(name) ?? "")) ini.addSection(textOf(name) ?? "");
          for (const [key, item] of pairsOf(options)) {
            const text = m.str(item);
            if (typeof text === "string") ini.set(textOf(name) ?? "", textOf(key) ?? "", text);
            else ini.unseen ??= text;
          }
        }
        return none(at);
      }),
      method(
        "set",
        { required: ["section", "option"], optional: ["value"] },
        (self, { machine: m, at, given }) => {
          const section = textOf(given.section) ?? "";
          if (!iniOf(self).sections.has(section) && section !== defaultSection)
            fail(m, noSection, [section], at);
          iniOf(self).set(section, textOf(given.option) ?? "", textOf(given.value));
          return none(at);
        },
      ),
      method("add_section", { required: ["section"] }, (self, { at, given }) => {
        const ini = iniOf(self);
        ini.addSection(textOf(given.section) ?? "");
        return none(at);
      }),
      method("defaults", {}, (self, { machine: m, at }) =>
        dictOf(
          m,
          [...(iniOf(self).sections.get(defaultSection) ?? [])].map(
            ([key, text]) => [key, text ?? null] as const,
          ),
          at,
        ),
      ),
      method("__iter__", {}, (self, { machine: m, at }) =>
        m.call(
          m.attribute(list([defaultSection, ...names(self)].map((name) => str(name, at))), "__iter__"),
          [],
        ),
      ),
      method("sections", {}, (self, { at }) =>
        list(
          names(self).map((name) => str(name, at)),
          at,
        ),
      ),
      method(
        "has_section",
        { required: ["section"] },
        (self, { at, given }) =>
          iniOf(self).unseen ?? bool(names(self).includes(textOf(given.section) ?? ""), at),
      ),
      method(
        "has_option",
        { required: ["section", "option"] },
        (self, { at, given }) =>
          iniOf(self).unseen ??
          bool(
            hasIniOption(
              iniOf(self).sections,
              textOf(given.section) ?? "",
              textOf(given.option) ?? "",
              iniOf(self).fold,
            ),
            at,
          ),
      ),
      method(
        "options",
        { required: ["section"] },
        (self, { at, given }) =>
          iniOf(self).unseen ?? list(optionsOf(iniOf(self), textOf(given.section) ?? "", at), at),
      ),
      method(
        "items",
        { required: ["section"] },
        (self, { machine: m, at, given }) =>
          iniOf(self).unseen ??
          list(
            optionsOf(iniOf(self), textOf(given.section) ?? "", at, true).map((key) =>
              tuple([key, value(m, self, textOf(given.section) ?? "", textOf(key) ?? "", undefined, at)]),
            ),
            at,
          ),
      ),
      method(
        "__contains__",
        { required: ["key"] },
        (self, { at, given }) =>
          iniOf(self).unseen ??
          bool(names(self).includes(textOf(given.key) ?? "") || textOf(given.key) === defaultSection, at),
      ),
      method("__getitem__", { required: ["key"] }, (self, { machine: m, at, given }) => {
        const { unseen, sections } = iniOf(self);
        const name = textOf(given.key) ?? "";
        return (
          unseen ??
          (sections.has(name) || name === defaultSection
            ? part(self, name, at)
            : m.raise("KeyError", name, at))
        );
      }),
    ),
  ]);
  function readInto(m: Machine, self: Value, content: Value, at: Location | undefined): Value {
    if (content.kind === "str") add(m, iniOf(self), content.value, at);
    else iniOf(self).unseen ??= content;
    return none(at);
  }
  return [
    ["ConfigParser", parser],
    ["SafeConfigParser", parser],
    [
      "RawConfigParser",
      nativeClass(
        machine,
        "configparser.RawConfigParser",
        [
          creator({ rest: true, others: true }, () => {
            const data = new Ini();
            data.interpolate = false;
            return { data };
          }),
        ],
        [parser],
      ),
    ],
    ["Error", error],
    ["NoSectionError", noSection],
    ["NoOptionError", noOption],
    ...["ParsingError", "MissingSectionHeaderError", "DuplicateSectionError", "DuplicateOptionError"].map(
      problem,
    ),
    noEffect("ExtendedInterpolation"),
    noEffect("BasicInterpolation"),
  ];
}

const pairsOf = (of: Value): (readonly [Value, Value])[] =>
  of.kind === "dict" ? [...of.entries.values()].map((entry) => [entry.key, entry.value] as const) : [];

/** `items()` has the defaults first, `options()` last. */
function optionsOf(ini: Ini, section: string, at: Location | undefined, defaultsFirst = false): Value[] {
  const own = [...(ini.sections.get(section)?.keys() ?? [])];
  const shared = [...(ini.sections.get(defaultSection)?.keys() ?? [])];
  const keys = new Set(defaultsFirst ? [...shared, ...own] : [...own, ...shared]);
  return [...keys].map((key) => str(key, at));
}

export const configParserModels: readonly Model[] = [model("configparser", configParser)];

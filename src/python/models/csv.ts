import type { Location } from "../../location.ts";
import type { Args, Machine, Model } from "../machine.ts";
import type { EnvNames, Value } from "../value.ts";
import { creator, define, exceptionClass, instance, method, model, nativeClass } from "./define.ts";
import { int, list, none, str, textOf } from "./make.ts";

/** csv: tables as text. */

/** The rows of a table, as `csv.reader` with its defaults splits them. */
export function csvRows(text: string, delimiter = ",", quote = '"'): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let field = "";
  let quoted = false;
  let started = false;
  const endRow = () => {
    rows.push(started ? [...row, field] : []);
    [row, field, started] = [[], "", false];
  };
  for (let i = 0; i < text.length; i++) {
    const char = text.charAt(i);
    if (quoted) {
      if (char !== quote) field += char;
      else if (text.charAt(i + 1) === quote) {
        field += quote;
        i++;
      } else quoted = false;
    } else if (char === quote && field === "") {
      quoted = true;
      started = true;
    } else if (char === delimiter) {
      row.push(field);
      [field, started] = ["", true];
    } else if (char === "\n" || char === "\r") {
      if (char === "\r" && text.charAt(i + 1) === "\n") i++;
      endRow();
    } else {
      field += char;
      started = true;
    }
  }
  if (started) endRow();
  return rows;
}

/** The text of an iterable of lines. */
function textFrom(machine: Machine, source: Value, at: Location | undefined): string | Value {
  const lines = machine.iterate(source, at);
  if ("kind" in lines) return lines;
  const unseen = lines.find((line) => line.kind !== "str");
  if (unseen) return unseen;
  return lines.map((line) => (textOf(line) ?? "").replace(/\r?\n?$/, "\n")).join("");
}

function rowsOf(
  machine: Machine,
  source: Value,
  options: ReadonlyMap<string, Value>,
  at: Location | undefined,
): string[][] | Value {
  const text = textFrom(machine, source, at);
  if (typeof text !== "string") return text;
  machine.work(text.length);
  const delimiter =
    textOf(options.get("delimiter")) ?? (textOf(options.get("dialect")) === "excel-tab" ? "\t" : ",");
  const rows = csvRows(text, delimiter, textOf(options.get("quotechar")) ?? '"');
  return machine.truth(options.get("skipinitialspace") ?? none())
    ? rows.map((row) => row.map((one) => one.trimStart()))
    : rows;
}

const texts = (row: readonly string[], at: Location | undefined, env: EnvNames): Value =>
  list(
    row.map((one) => str(one, at, env)),
    at,
    env,
  );

function walk(rows: readonly Value[], at: Location | undefined, env: EnvNames): Value {
  let next = 0;
  return { kind: "iterator", type: "_csv.reader", next: () => rows[next++], at, env };
}

const reader = define(
  "reader",
  { required: ["csvfile"], optional: ["dialect"], others: true },
  ({ machine, at, given, others }) => {
    const options = given.dialect ? new Map([...others, ["dialect", given.dialect] as const]) : others;
    const rows = rowsOf(machine, given.csvfile, options, at);
    if ("kind" in rows) return unreadable(machine, rows, at);
    const { env } = given.csvfile;
    return walk(
      rows.map((row) => texts(row, at, env)),
      at,
      env,
    );
  },
);

function unreadable(machine: Machine, source: Value, at: Location | undefined): Value {
  return machine.opaque(source.kind === "opaque" ? source.because : "reads what is no table", at, [source]);
}

function dictReader(machine: Machine): Value {
  const fields = (self: Value): Value =>
    (self.kind === "instance" ? self.attributes.get("fieldnames") : undefined) ?? none();
  return nativeClass(machine, "csv.DictReader", [
    creator(
      { required: ["f"], optional: ["fieldnames", "restkey", "restval", "dialect"], others: true },
      ({ machine: m, at, given, others }) => {
        const { f, fieldnames, restval = none(at) } = given;
        const options = given.dialect ? new Map([...others, ["dialect", given.dialect] as const]) : others;
        const all = f.kind === "opaque" ? f : rowsOf(m, f, options, at);
        if ("kind" in all) {
          const rows = unreadable(m, all, at);
          return {
            attributes: [
              ["_rows", rows],
              ["fieldnames", rows],
            ],
          };
        }
        const filled = all.filter((row) => row.length > 0);
        const given_ = fieldnames && fieldnames.kind !== "none" ? m.iterate(fieldnames, at) : undefined;
        const [first = [], ...rest] = given_ ? [[], ...filled] : filled;
        const names = given_ ? ("kind" in given_ ? [] : given_) : first.map((one) => str(one, at, f.env));
        const rows = rest.map((row) =>
          m.dict(
            names.map(
              (name, i) => [name, row[i] === undefined ? restval : str(row[i] ?? "", at, f.env)] as const,
            ),
            at,
            f.env,
          ),
        );
        return {
          attributes: [
            ["_rows", walk(rows, at, f.env)],
            ["fieldnames", list([...names], at)],
            ["line_num", int(all.length, at)],
          ],
        };
      },
    ),
    [
      "__iter__",
      method(
        "__iter__",
        {},
        (self) => (self.kind === "instance" ? self.attributes.get("_rows") : undefined) ?? fields(self),
      ),
    ],
  ]);
}

/** Nothing is written: a writer takes rows, and says nothing. */
const writer = (machine: Machine, name: string): Value => {
  const none_ = (_: Machine, { at }: Args): Value => none(at);
  const members = ["writerow", "writerows", "writeheader"].map((one): [string, Value] => [
    one,
    method(
      one,
      { rest: true },
      (_, { machine: m, at }) => none_(m, { positional: [], named: new Map(), at }),
      {
        takesOpaque: true,
      },
    ),
  ]);
  const of = nativeClass(machine, `csv.${name}`, members);
  return define(name, { rest: true, others: true }, ({ at }) => instance(of, at), { takesOpaque: true });
};

export const csvModels: readonly Model[] = [
  model("csv", (machine) => [
    ["reader", reader],
    ["DictReader", dictReader(machine)],
    ["writer", writer(machine, "writer")],
    ["DictWriter", writer(machine, "DictWriter")],
    ["Error", exceptionClass(machine, "csv.Error")],
    ...["QUOTE_MINIMAL", "QUOTE_ALL", "QUOTE_NONNUMERIC", "QUOTE_NONE"].map(
      (name, i) => [name, int(i)] as const,
    ),
  ]),
];

import type { Location } from "../../location.ts";
import { internalAs } from "../internal.ts";
import type { Args, Machine, Model } from "../machine.ts";
import { builtin } from "../machine.ts";
import type { Class, Instance, Value } from "../value.ts";
import { byName, define, exceptionClass, instance, method, model, nativeClass } from "./define.ts";
import { notModelled, transparent } from "./inert.ts";
import { defaulted, dictOf, none, str, textOf, truthOr } from "./make.ts";
import { type Config, configOf, environmentOf, variableOf } from "./pydantic-sources.ts";
import { convert, type Invalid, isInvalid, type Make } from "./pydantic-values.ts";

/**
 * pydantic 2 and pydantic-settings 2, as settings use them: fields from annotations, filled from
 * arguments, the environment, `.env` files and defaults, and validated in lax mode.
 */

export interface Field {
  readonly name: string;
  readonly annotation: Value;
  /** Arguments of `Field(…)`, with the default under its name. */
  readonly details: ReadonlyMap<string, Value>;
}

interface Validator {
  readonly fields: readonly string[];
  readonly mode: string;
  readonly function: Value;
}

/** What a class body says of its fields, its base classes' first. */
function fieldsOf(of: Class): readonly Field[] {
  const fields = new Map<string, Field>();
  for (const one of [...of.mro].reverse()) {
    const annotations = one.at && one.attributes.get("__annotations__");
    if (annotations?.kind !== "dict") continue;
    for (const { key, value: annotation } of annotations.entries.values()) {
      const name = textOf(key) ?? "";
      const type = internalAs(annotation, "alias")?.origin ?? annotation;
      if (name.startsWith("_") || name === "model_config") continue;
      if (type.kind === "class" && type.name === "ClassVar") continue;
      const given = one.attributes.get(name);
      const isField = given?.kind === "instance" && given.class.name === "FieldInfo";
      const details = isField ? given.attributes : new Map(given ? [["default", given]] : []);
      fields.set(name, { name, annotation, details });
    }
  }
  return [...fields.values()];
}

const isModelClass = (of: Class): boolean =>
  of.mro.some(({ name, module }) => name === "BaseModel" && module === "pydantic.main");
const isSettings = (of: Class): boolean =>
  of.mro.some(({ name, module }) => name === "BaseSettings" && module === "pydantic_settings.main");

function validatorsOf(of: Class): readonly Validator[] {
  return [...of.mro].reverse().flatMap((one) =>
    [...one.attributes.values()].flatMap((value): readonly Validator[] => {
      if (value.kind !== "instance" || !(value.data instanceof Marked)) return [];
      return [{ ...value.data.options, function: value.data.function }];
    }),
  );
}

/** A method of the class that a decorator made a validator of. */
class Marked {
  readonly options: { readonly fields: readonly string[]; readonly mode: string };
  readonly function: Value;
  constructor(options: Marked["options"], function_: Value) {
    this.options = options;
    this.function = function_;
  }
}

function baseModel(machine: Machine): Class {
  const failure = exceptionClass(machine, "pydantic_core._pydantic_core.ValidationError", "ValueError");
  const secret = secretClass(machine);

  const make =
    (m: Machine, at: Location | undefined): Make =>
    (of, value) => {
      if (value.kind === "instance" && value.class.mro.includes(of)) return value;
      if (of.name === "SecretStr" && (value.kind === "str" || value.kind === "opaque"))
        return instance(secret, at, { env: value.env, attributes: [["_secret_value", value]] });
      if (of.mro.some((one) => one.module === "enum")) return enumMember(m, of, value, at);
      if (!isModelClass(of)) return undefined;
      if (value.kind !== "dict")
        return { invalid: `Input should be a valid dictionary or instance of ${of.name}` };
      const given = new Map(
        [...value.entries.values()].map((entry) => [textOf(entry.key) ?? "", entry.value] as const),
      );
      const made = instance(of, at, { env: value.env });
      const problems = fill(m, made, given, at);
      const [first] = problems;
      return first ? { invalid: first.message, within: first.path } : made;
    };

  const applied = (
    m: Machine,
    of: Class,
    mode: string,
    field: string,
    value: Value,
    at: Location | undefined,
  ): Value =>
    validatorsOf(of)
      .filter((one) => one.mode === mode && (one.fields.includes(field) || one.fields.includes("*")))
      .reduce((before, one) => {
        const inner = internalAs(one.function, "classmethod")?.function ?? one.function;
        const wanted = inner.kind === "function" ? inner.body.node.args.args.length : 2;
        const info = m.opaque("is what pydantic tells a validator of the other fields", at);
        return m.call(inner, [of, before, info].slice(0, wanted), undefined, at);
      }, value);

  /** Gives a new object its fields; what is wrong with them is the result. */
  const fill = (
    m: Machine,
    self: Instance,
    given: ReadonlyMap<string, Value>,
    at: Location | undefined,
  ): readonly Problem[] => {
    const problems: Problem[] = [];
    for (const field of fieldsOf(self.class)) {
      const { name, details } = field;
      const alias = ["validation_alias", "alias"].map((key) => textOf(details.get(key))).find(Boolean);
      const input = given.get(alias ?? name) ?? given.get(name);
      if (!input) {
        const fallback = defaultOf(m, details, at);
        if (fallback) self.attributes.set(name, fallback);
        else problems.push({ path: [alias ?? name], message: "Field required" });
        continue;
      }
      let value: Value | Invalid = applied(m, self.class, "before", name, input, at);
      value = convert(m, field.annotation, value, make(m, at), at);
      if (isInvalid(value))
        problems.push({ path: [alias ?? name, ...(value.within ?? [])], message: value.invalid });
      else self.attributes.set(name, applied(m, self.class, "after", name, value, at));
    }
    return problems;
  };

  const initialise = (m: Machine, { positional: [self], named, at }: Args): Value => {
    if (self?.kind !== "instance") return none(at);
    const of = self.class;
    const given = new Map(named);
    const missing: string[] = [];
    if (isSettings(of)) {
      if (of.mro.some((one) => one.at && one.attributes.has("settings_customise_sources")))
        return spoil(m, self, "reads from sources of its own", at);
      const config: Config = configOf(m, of, at);
      for (const [name, value] of environmentOf(m, fieldsOf(of), config, isModelClass, at))
        if (!given.has(name)) given.set(name, value);
      for (const field of fieldsOf(of))
        if (!given.has(field.name) && !hasDefault(field)) missing.push(variableOf(field, config));
    }
    const problems = fill(m, self, given, at);
    if (problems.length > 0) {
      const lines = problems.map(({ path, message }) => `${path.join(".")}\n  ${message}`);
      const count = `${problems.length} validation error${problems.length === 1 ? "" : "s"}`;
      const env = [...new Set([...[...given.values()].flatMap((value) => value.env), ...missing])].sort();
      m.raise(failure, `${count} for ${of.name}\n${lines.join("\n")}`, at, env);
    }
    for (const one of validatorsOf(of)) {
      if (one.mode === "model after") m.call(one.function, [self], undefined, at);
      if (one.mode === "model before") return spoil(m, self, "is validated as a whole before its fields", at);
    }
    if (of.mro.some((one) => one.at && one.attributes.has("model_post_init")))
      m.call(m.attribute(self, "model_post_init", at), [none(at)], undefined, at);
    return none(at);
  };

  const dump = (m: Machine, self: Value, at: Location | undefined): Value => {
    const plain = (value: Value): Value =>
      value.kind === "instance" && isModelClass(value.class) ? dump(m, value, at) : value;
    return self.kind === "instance"
      ? dictOf(
          m,
          fieldsOf(self.class).map(({ name }) => [name, plain(m.attribute(self, name, at))] as const),
          at,
        )
      : none(at);
  };
  return nativeClass(machine, "pydantic.main.BaseModel", [
    ["__init__", builtin("__init__", initialise, { binds: true, takesOpaque: true })],
    ...byName(
      method("model_dump", { rest: true, others: true }, (self, { machine: m, at }) => dump(m, self, at)),
      method("dict", { rest: true, others: true }, (self, { machine: m, at }) => dump(m, self, at)),
      method("__getattr__", { required: ["name"] }, (self, { machine: m, at, given }) =>
        notModelled(m, self, textOf(given.name) ?? "", at),
      ),
    ),
  ]);
}

interface Problem {
  readonly path: readonly string[];
  readonly message: string;
}

/** Nothing is known of an object's fields. */
function spoil(machine: Machine, self: Instance, because: string, at: Location | undefined): Value {
  for (const { name } of fieldsOf(self.class)) self.attributes.set(name, machine.opaque(because, at));
  return none(at);
}

function defaultOf(
  machine: Machine,
  details: ReadonlyMap<string, Value>,
  at: Location | undefined,
): Value | undefined {
  const factory = details.get("default_factory");
  if (factory) return machine.call(factory, [], undefined, at);
  const fixed = details.get("default");
  return fixed && fixed.kind !== "ellipsis" ? defaulted(machine, fixed) : undefined;
}

const hasDefault = ({ details }: Field): boolean =>
  details.has("default_factory") || (details.has("default") && details.get("default")?.kind !== "ellipsis");

function enumMember(machine: Machine, of: Class, value: Value, at: Location | undefined): Value | Invalid {
  const members = of.attributes.get("__members__");
  if (members?.kind !== "dict") return machine.opaque("is a member of what is not modelled", at, [value]);
  const all = [...members.entries.values()].map((entry) => entry.value);
  const found = all.find((one) => machine.equal(machine.attribute(one, "value"), value));
  const shown = all.map((one) => String(machine.repr(machine.attribute(one, "value"))));
  const last = shown.length > 1 ? ` or ${shown.pop()}` : "";
  return found ?? { invalid: `Input should be ${shown.join(", ")}${last}` };
}

function secretClass(machine: Machine): Class {
  return nativeClass(
    machine,
    "pydantic.types.SecretStr",
    byName(
      method("get_secret_value", {}, (self) =>
        self.kind === "instance" ? (self.attributes.get("_secret_value") ?? none()) : none(),
      ),
      method("__str__", {}, (_, { at }) => str("**********", at)),
      builtin(
        "__init__",
        (_, { positional: [self, value], at }) => {
          if (self?.kind === "instance" && value) self.attributes.set("_secret_value", value);
          return none(at);
        },
        { binds: true, takesOpaque: true },
      ),
    ),
  );
}

/** `field_validator("a", mode="before")`, `validator("a", pre=True)`. */
function validator(name: string): readonly [string, Value] {
  return [
    name,
    define(name, { rest: true, others: true }, ({ machine, rest, others }) => {
      const mode =
        textOf(others.get("mode")) ?? (truthOr(machine, others.get("pre"), false) ? "before" : "after");
      const options = { fields: rest.map((one) => textOf(one) ?? ""), mode };
      return marking(name, options);
    }),
  ];
}

function marking(name: string, options: Marked["options"]): Value {
  return define(
    name,
    { required: ["function"] },
    ({ machine, at, given }) =>
      instance(nativeClass(machine, "pydantic._internal.Decorated", []), at, {
        data: new Marked(options, given.function),
      }),
    { takesOpaque: true },
  );
}

/** `model_validator(mode="after")`, `root_validator`. */
function modelValidator(name: string): readonly [string, Value] {
  return [
    name,
    define(name, { rest: true, others: true }, ({ others }) =>
      marking(name, { fields: [], mode: `model ${textOf(others.get("mode")) ?? "before"}` }),
    ),
  ];
}

const fieldFunction = (machine: Machine): Value => {
  const of = nativeClass(machine, "pydantic.fields.FieldInfo", []);
  return define(
    "Field",
    { optional: ["default"], others: true },
    ({ at, given, others }) =>
      instance(of, at, {
        attributes: [...(given.default ? [["default", given.default] as const] : []), ...others],
      }),
    { takesOpaque: true },
  );
};

export const pydanticModels: readonly Model[] = [
  model("pydantic", (machine) => [
    ["BaseModel", baseModel(machine)],
    ["SecretStr", secretClass(machine)],
    ["Field", fieldFunction(machine)],
    ["ConfigDict", machine.classNamed("dict")],
    [
      "ValidationError",
      exceptionClass(machine, "pydantic_core._pydantic_core.ValidationError", "ValueError"),
    ],
    ...["field_validator", "validator"].map(validator),
    ...["model_validator", "root_validator"].map(modelValidator),
    transparent("computed_field"),
  ]),
  model("pydantic_settings", (machine) => {
    const base = machine.attribute(machine.import("pydantic"), "BaseModel");
    return [
      [
        "BaseSettings",
        nativeClass(machine, "pydantic_settings.main.BaseSettings", [], base.kind === "class" ? [base] : []),
      ],
      ["SettingsConfigDict", machine.classNamed("dict")],
    ];
  }),
];

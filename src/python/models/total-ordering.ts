import { define, method } from "./define.ts";
import { bool, notImplemented } from "./make.ts";

/** The other comparisons from the one that a class has and `==`, as functools makes them. */
export const totalOrdering = define(
  "total_ordering",
  { required: ["cls"] },
  ({ machine, at, given: { cls } }) => {
    if (cls.kind !== "class") return machine.opaque("orders an unknown class", at, [cls]);
    const root = ["__lt__", "__le__", "__gt__", "__ge__"].find((name) => cls.attributes.has(name));
    const rules = root === undefined ? undefined : derivations[root];
    const own = root === undefined ? undefined : cls.attributes.get(root);
    if (!rules || !own)
      return machine.raise("ValueError", "must define at least one ordering operation: < > <= >=", at);
    for (const [name, { not, equal }] of Object.entries(rules)) {
      if (cls.attributes.has(name)) continue;
      const call = method(
        name,
        { required: ["other"] },
        (self, { machine: m, at: here, given: { other } }) => {
          const result = m.call(own, [self, other], undefined, here);
          if (result === notImplemented(m)) return result;
          const known = m.truth(result);
          const same = equal === undefined ? undefined : m.equal(self, other);
          if (known === undefined || (equal !== undefined && same === undefined))
            return m.opaque("compares what cannot be known", here, [self, other], { type: "bool" });
          const base = not ? !known : known;
          return bool(
            equal === "or" ? base || same === true : equal === "unless" ? base && !same : base,
            here,
          );
        },
      );
      cls.attributes.set(name, call);
    }
    return cls;
  },
);

interface Derivation {
  readonly not: boolean;
  /** How `==` counts. */
  readonly equal?: "or" | "unless";
}
const derivations: Readonly<Record<string, Readonly<Record<string, Derivation>>>> = {
  __lt__: {
    __gt__: { not: true, equal: "unless" },
    __le__: { not: false, equal: "or" },
    __ge__: { not: true },
  },
  __le__: {
    __ge__: { not: true, equal: "or" },
    __lt__: { not: false, equal: "unless" },
    __gt__: { not: true },
  },
  __gt__: {
    __lt__: { not: true, equal: "unless" },
    __ge__: { not: false, equal: "or" },
    __le__: { not: true },
  },
  __ge__: {
    __le__: { not: true, equal: "or" },
    __gt__: { not: false, equal: "unless" },
    __lt__: { not: true },
  },
};

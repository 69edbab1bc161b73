import type { Class, Value } from "./value.ts";

/** Whether objects of a class can have an attribute: where every class says `__slots__`, only those. */
export function hasRoom(of: Class, name: string): boolean {
  for (const { attributes, name: own, module, open } of of.mro) {
    if (own === "object" && module === "builtins") return false;
    const slots = open ? undefined : attributes.get("__slots__");
    if (!slots) return true;
    const items = slots.kind === "str" ? [slots] : itemsOf(slots);
    if (!items) return true;
    for (const item of items)
      if (
        item.kind !== "str" ||
        item.value === name ||
        item.value === "__dict__" ||
        item.value.startsWith("__")
      )
        return true;
  }
  return true;
}

function itemsOf(slots: Value): readonly Value[] | undefined {
  if (slots.kind === "dict")
    return slots.open ? undefined : [...slots.entries.values()].map(({ key }) => key);
  if (slots.kind === "set") return slots.open ? undefined : [...slots.items.values()];
  return (slots.kind === "list" || slots.kind === "tuple") && !slots.open ? slots.items : undefined;
}

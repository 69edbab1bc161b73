import type { Location } from "../../location.ts";
import type { Value } from "../../python/value.ts";

/** Where a value holds an address of Redis over TLS and nothing that says how its certificate is checked. */
export function uncheckedTls(value: Value | undefined): { readonly at: Location | undefined } | undefined {
  if (!value) return undefined;
  const found: Location[] = [];
  let reached = false;
  const tells = visit(value, 0);
  return reached && !tells ? { at: found[0] } : undefined;

  /** Whether it says something of certificates, or holds what cannot be known. */
  function visit(one: Value, depth: number): boolean {
    if (one.kind === "opaque" || depth > 6) return true;
    if (one.kind === "str") {
      if (!/^rediss:/i.test(one.value)) return false;
      reached = true;
      if (one.at) found.push(one.at);
      return /[?&]ssl_cert_reqs=/i.test(one.value);
    }
    if (one.kind === "list" || one.kind === "tuple")
      return one.open !== undefined || one.items.map((item) => visit(item, depth + 1)).some(Boolean);
    if (one.kind !== "dict") return false;
    const told = [...one.entries.values()].map(
      ({ key, value: item }) => (key.kind === "str" && /ssl|cert/i.test(key.value)) || visit(item, depth + 1),
    );
    return one.open !== undefined || told.some(Boolean);
  }
}

import { itemsOf, textOf } from "../../python/inspect.ts";
import type { Value } from "../../python/value.ts";

/** What SECURE_PROXY_SSL_HEADER makes of a request (`HttpRequest.scheme` in django/http/request.py of 3.2 to 6.1). */
export type ProxyHeader =
  | { readonly kind: "none" }
  | { readonly kind: "header"; readonly name: string; readonly value: string }
  /** Every request ends in ImproperlyConfigured; `because` is a clause. */
  | { readonly kind: "refused"; readonly because: string }
  /** No request is ever taken for HTTPS. */
  | { readonly kind: "inert"; readonly because: string }
  | { readonly kind: "opaque"; readonly because: string };

export function proxyHeader(value: Value): ProxyHeader {
  if (value.kind === "opaque") return { kind: "opaque", because: value.because };
  if (value.kind === "none" || (value.kind === "str" && value.value === "")) return { kind: "none" };
  const items = value.kind === "str" ? undefined : itemsOf(value);
  if (items?.length === 0) return { kind: "none" };
  const [first, second] = items ?? [];
  if (items?.length !== 2 || !first || !second || value.kind === "set")
    return {
      kind: "refused",
      because: value.kind === "str" ? "it is one text, not a tuple of two" : "it is no tuple of two texts",
    };
  if (first.kind === "opaque" || second.kind === "opaque")
    return { kind: "opaque", because: "is only partly known" };
  const name = textOf(first) ?? "";
  const expected = textOf(second) ?? "";
  if (!/^HTTP_[A-Z0-9_]+$/.test(name))
    return {
      kind: "inert",
      because: `request.META has no ${JSON.stringify(name)}: a header is found there as HTTP_…, in capitals and with underscores`,
    };
  if (name === "HTTP_X_FORWARDED_PROTO" && expected !== "https")
    return {
      kind: "inert",
      because: `X-Forwarded-Proto is "https" where a request was HTTPS, never ${JSON.stringify(expected)}`,
    };
  return { kind: "header", name, value: expected };
}

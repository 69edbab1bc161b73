import type { Location } from "../../location.ts";
import type { Machine, Model } from "../machine.ts";
import type { Opaque, Value } from "../value.ts";
import { byName, define, model } from "./define.ts";
import { bytes, fromPlain, list, str, textOf, truthOr, tuple } from "./make.ts";
import { makeUrl, orValueError, resultClass, urlOf } from "./parse-result.ts";
import * as urls from "./urls.ts";

type Text = { readonly text: string } | Opaque;

/** The text of a str or of bytes. */
function textFrom(machine: Machine, value: Value, at: Location | undefined): Text {
  if (value.kind === "str") return { text: value.value };
  if (value.kind === "bytes") return { text: new TextDecoder().decode(value.value) };
  if (value.kind === "opaque") return value;
  if (value.kind === "none") return { text: "" };
  return machine.raise(
    "AttributeError",
    `'${machine.classOf(value).name}' object has no attribute 'decode'`,
    at,
    value.env,
  );
}

function parser(name: "urlparse" | "urlsplit"): Value {
  return define(
    name,
    { required: ["url"], optional: ["scheme", "allow_fragments"] },
    ({ machine, at, given }) => {
      const found = textFrom(machine, given.url, at);
      if ("kind" in found) return found;
      const scheme = textOf(given.scheme) ?? "";
      const { env } = given.url;
      return orValueError(machine, at, env, () =>
        name === "urlparse"
          ? makeUrl(machine, "ParseResult", urls.parseUrl(found.text, scheme), at, env)
          : makeUrl(machine, "SplitResult", { ...urls.splitUrl(found.text, scheme), params: "" }, at, env),
      );
    },
    { gives: name === "urlparse" ? "ParseResult" : "SplitResult" },
  );
}

function builder(name: "urlunparse" | "urlunsplit", count: number): Value {
  return define(
    name,
    { required: ["components"] },
    ({ machine, at, given }) => {
      const known = urlOf(given.components);
      if (known) return str(urls.unparseUrl(known), at, given.components.env);
      const items = machine.iterate(given.components, at);
      if ("kind" in items) return items;
      const unseen = items.find((item) => item.kind === "opaque");
      if (unseen) return unseen;
      const [scheme = "", netloc = "", path = "", ...others] = items.map((item) => textOf(item) ?? "");
      const [params, query, fragment] = count === 6 ? others : ["", ...others];
      return str(
        urls.unparseUrl({
          scheme,
          netloc,
          path,
          params: params ?? "",
          query: query ?? "",
          fragment: fragment ?? "",
        }),
        at,
        given.components.env,
      );
    },
    { gives: "str" },
  );
}

function quoter(name: string, quote: (text: string, safe: string | undefined) => string): Value {
  return define(
    name,
    { required: ["string"], optional: ["safe", "encoding", "errors"] },
    ({ machine, at, given }) => {
      if (given.string.kind === "int")
        return machine.raise("TypeError", "quote_from_bytes() expected bytes", at);
      const found = textFrom(machine, given.string, at);
      return "kind" in found ? found : str(quote(found.text, textOf(given.safe)), at, given.string.env);
    },
    { gives: "str" },
  );
}

function unquoter(name: string, unquote: (text: string) => string): Value {
  return define(
    name,
    { required: ["string"], optional: ["encoding", "errors"] },
    ({ machine, at, given }) => {
      const found = textFrom(machine, given.string, at);
      return "kind" in found ? found : str(unquote(found.text), at, given.string.env);
    },
    { gives: "str" },
  );
}

const queryOptions = [
  "keep_blank_values",
  "strict_parsing",
  "encoding",
  "errors",
  "max_num_fields",
  "separator",
] as const;

const parseQs = define(
  "parse_qs",
  { required: ["qs"], optional: queryOptions },
  ({ machine, at, given }) => {
    const found = textFrom(machine, given.qs, at);
    if ("kind" in found) return found;
    const query = urls.parseQuery(found.text, truthOr(machine, given.keep_blank_values, false));
    return fromPlain(machine, query, at, given.qs.env);
  },
  { gives: "dict" },
);

const parseQsl = define(
  "parse_qsl",
  { required: ["qs"], optional: queryOptions },
  ({ machine, at, given }) => {
    const found = textFrom(machine, given.qs, at);
    if ("kind" in found) return found;
    const pairs = urls.parseQueryPairs(
      found.text,
      truthOr(machine, given.keep_blank_values, false),
      textOf(given.separator) ?? "&",
    );
    return list(
      pairs.map((pair) =>
        tuple(
          pair.map((text) => str(text, at)),
          at,
        ),
      ),
      at,
      given.qs.env,
    );
  },
  { gives: "list" },
);

const urlencode = define(
  "urlencode",
  { required: ["query"], optional: ["doseq", "safe", "encoding", "errors", "quote_via"] },
  ({ machine, at, given }) => {
    const source =
      given.query.kind === "dict"
        ? machine.call(machine.attribute(given.query, "items", at), [], undefined, at)
        : given.query;
    const items = machine.iterate(source, at);
    if ("kind" in items) return items;
    const plain = given.quote_via?.kind === "builtin" && given.quote_via.name === "quote";
    const safe = textOf(given.safe) ?? "";
    const quote = (value: Value): string | Opaque => {
      const text = value.kind === "bytes" ? new TextDecoder().decode(value.value) : machine.str(value);
      return typeof text !== "string" ? text : plain ? urls.quote(text, safe) : urls.quotePlus(text, safe);
    };
    const parts: string[] = [];
    for (const item of items) {
      const [key, value] = pairOf(machine, item, at);
      if (!key || !value)
        return machine.raise("TypeError", "not a valid non-string sequence or mapping object", at);
      const several =
        truthOr(machine, given.doseq, false) && (value.kind === "list" || value.kind === "tuple")
          ? value.items
          : [value];
      for (const one of several) {
        const [name, text] = [quote(key), quote(one)];
        if (typeof name !== "string") return name;
        if (typeof text !== "string") return text;
        parts.push(`${name}=${text}`);
      }
    }
    return str(parts.join("&"), at, given.query.env);
  },
  { gives: "str" },
);

function pairOf(machine: Machine, item: Value, at: Location | undefined): readonly Value[] {
  const pair = machine.iterate(item, at);
  return "kind" in pair ? [] : pair;
}

const urljoin = define(
  "urljoin",
  { required: ["base", "url"], optional: ["allow_fragments"] },
  ({ machine, at, given }) => {
    const [base, url] = [textFrom(machine, given.base, at), textFrom(machine, given.url, at)];
    if ("kind" in base) return base;
    if ("kind" in url) return url;
    const env = [...given.base.env, ...given.url.env];
    return orValueError(machine, at, env, () =>
      str(urls.joinUrl(base.text, url.text), at, [...new Set(env)].sort()),
    );
  },
  { gives: "str" },
);

const urldefrag = define(
  "urldefrag",
  { required: ["url"] },
  ({ machine, at, given }) => {
    const found = textFrom(machine, given.url, at);
    if ("kind" in found) return found;
    const [before = "", ...after] = found.text.split("#");
    return tuple([str(before, at), str(after.join("#"), at)], at, given.url.env);
  },
  { gives: "tuple" },
);

const unquoteToBytes = define("unquote_to_bytes", { required: ["string"] }, ({ machine, at, given }) => {
  const found = textFrom(machine, given.string, at);
  return "kind" in found ? found : bytes(urls.unquoteToBytes(found.text), at, given.string.env);
});

export const urllibModels: readonly Model[] = [
  model("urllib.parse", (machine) => [
    ["ParseResult", resultClass(machine, "ParseResult")],
    ["SplitResult", resultClass(machine, "SplitResult")],
    ["urlparse", parser("urlparse")],
    ["urlsplit", parser("urlsplit")],
    ["urlunparse", builder("urlunparse", 6)],
    ["urlunsplit", builder("urlunsplit", 5)],
    ["quote", quoter("quote", (text, safe) => urls.quote(text, safe))],
    ["quote_plus", quoter("quote_plus", (text, safe) => urls.quotePlus(text, safe))],
    ["unquote", unquoter("unquote", urls.unquote)],
    ["unquote_plus", unquoter("unquote_plus", urls.unquotePlus)],
    ...byName(parseQs, parseQsl, urlencode, urljoin, urldefrag, unquoteToBytes),
    // Registering a scheme changes nothing here: hosts are read whatever the scheme.
    ...["uses_netloc", "uses_relative", "uses_params", "uses_query", "uses_fragment"].map(
      (name) => [name, list([], undefined)] as const,
    ),
  ]),
];

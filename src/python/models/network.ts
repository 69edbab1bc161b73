import type { Location } from "../../location.ts";
import type { Machine, Model } from "../machine.ts";
import type { Value } from "../value.ts";
import { byName, define, exceptionClass, model } from "./define.ts";
import { list, str, textOf, tuple } from "./make.ts";

/** Modules that reach other machines: none of them is asked anything. */

/** Code that is never run: other programs, and other people's servers. */
export const outside = (name: string, what: string): readonly [string, Value] => [
  name,
  define(
    name,
    { rest: true, others: true },
    ({ machine, at }) => machine.opaque(what, at, [], { cause: "unmodelled" }),
    { takesOpaque: true },
  ),
];

export const networkModels: readonly Model[] = [
  ...["requests", "httpx"].map((module) =>
    model(module, (machine) => [
      ...["get", "post", "put", "patch", "delete", "head", "request", "Session", "Client"].map((name) =>
        outside(name, "asks a server"),
      ),
      ...["RequestException", "ConnectionError", "HTTPError", "Timeout"].map(
        (name) => [name, exceptionClass(machine, `${module}.${name}`, "OSError")] as const,
      ),
      ...(module === "requests"
        ? [
            ["exceptions", machine.import("requests.exceptions")] as const,
            ["utils", machine.import("requests.utils")] as const,
          ]
        : []),
    ]),
  ),
  model("requests.utils", (machine) =>
    ["quote", "unquote", "urlparse"].map(
      (name) => [name, machine.attribute(machine.import("urllib.parse"), name)] as const,
    ),
  ),
  model("requests.exceptions", (machine) =>
    ["RequestException", "ConnectionError", "HTTPError", "Timeout", "ConnectTimeout", "ReadTimeout"].map(
      (name) => [name, exceptionClass(machine, `requests.exceptions.${name}`, "OSError")] as const,
    ),
  ),
  model("urllib.request", () =>
    ["urlopen", "urlretrieve", "Request", "build_opener"].map((name) => outside(name, "asks a server")),
  ),
  model("urllib.error", (machine) =>
    ["URLError", "HTTPError"].map(
      (name) => [name, exceptionClass(machine, `urllib.error.${name}`, "OSError")] as const,
    ),
  ),
  model("urllib", (machine) =>
    ["parse", "request", "error"].map((name) => [name, machine.import(`urllib.${name}`)] as const),
  ),
  model("http.client", (machine) => [
    outside("HTTPConnection", "asks a server"),
    outside("HTTPSConnection", "asks a server"),
    ["HTTPException", exceptionClass(machine, "http.client.HTTPException")],
  ]),
  model("email.utils", () =>
    byName(
      define("getaddresses", { required: ["fieldvalues"], others: true }, ({ machine, at, given }) =>
        addresses(machine, given.fieldvalues, at),
      ),
      define("parseaddr", { required: ["addr"], others: true }, ({ at, given }) =>
        addressParts(textOf(given.addr) ?? "", at),
      ),
    ),
  ),
];

function addressParts(text: string, at: Location | undefined): Value {
  const [, name = "", address = text] = /^\s*"?([^"<]*?)"?\s*<([^>]*)>\s*$/.exec(text) ?? [];
  return tuple([str(name, at), str(address.trim(), at)], at);
}

function addresses(machine: Machine, value: Value, at: Location | undefined): Value {
  const items = machine.iterate(value, at);
  if ("kind" in items) return items;
  return list(
    items.flatMap((item) =>
      (textOf(item) ?? "")
        .split(",")
        .filter((one) => one.trim() !== "")
        .map((one) => addressParts(one, at)),
    ),
    at,
  );
}

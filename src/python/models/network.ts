import type { Location } from "../../location.ts";
import type { Machine, Model } from "../machine.ts";
import type { Value } from "../value.ts";
import { byName, define, exceptionClass, instance, method, model, nativeClass } from "./define.ts";
import { list, none, str, textOf, tuple } from "./make.ts";
import { isIPv4, isIPv6 } from "./urls.ts";

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

const addressClass = (machine: Machine, name: string, test: (text: string) => boolean): Value => {
  const of = nativeClass(machine, `ipaddress.${name}`, [
    [
      "__str__",
      method("__str__", {}, (self) =>
        self.kind === "instance" ? (self.attributes.get("_text") ?? none()) : none(),
      ),
    ],
  ]);
  of.attributes.set(
    "__new__",
    define("__new__", { required: ["cls", "address"], others: true }, ({ machine: m, at, given }) => {
      const text = textOf(given.address) ?? "";
      if (!test(text.split("/")[0] ?? ""))
        return m.raise(
          "ValueError",
          `${text} does not appear to be an IPv4 or IPv6 address`,
          at,
          given.address.env,
        );
      return instance(of, at, { attributes: [["_text", given.address]] });
    }),
  );
  return of;
};

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
  model("ipaddress", (machine) => [
    ...(["ip_address", "ip_network", "ip_interface"] as const).map(
      (name) => [name, addressClass(machine, name, (text) => isIPv4(text) || isIPv6(text))] as const,
    ),
    ...(["IPv4Address", "IPv4Network", "IPv4Interface"] as const).map(
      (name) => [name, addressClass(machine, name, isIPv4)] as const,
    ),
    ...(["IPv6Address", "IPv6Network", "IPv6Interface"] as const).map(
      (name) => [name, addressClass(machine, name, isIPv6)] as const,
    ),
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

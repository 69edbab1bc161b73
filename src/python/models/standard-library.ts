import type { Location } from "../../location.ts";
import { builtins } from "../builtins/builtins.ts";
import type { Machine, Model } from "../machine.ts";
import type { Value } from "../value.ts";
import { byName, creator, define, exceptionClass, instance, method, model, nativeClass } from "./define.ts";
import { inertClass, inertClasses, machineCall, noEffect } from "./inert.ts";
import { bool, bytes, float, generated, int, list, none, ofTheMachine, str, textOf, tuple } from "./make.ts";
import { globbed, pathText } from "./project-paths.ts";
import { matchesPart } from "./pure-path.ts";
import { isIPv4, isIPv6 } from "./urls.ts";

/** The rest of Python's own modules, as far as settings use them. */

const random = (name: string, type?: string): readonly [string, Value] => [
  name,
  define(name, { rest: true, others: true }, ({ machine, at }) => generated(machine, at, type), {
    takesOpaque: true,
  }),
];

/** Code that is never run: other programs, and other people's servers. */
const outside = (name: string, what: string): readonly [string, Value] => [
  name,
  define(
    name,
    { rest: true, others: true },
    ({ machine, at }) => machine.opaque(what, at, [], { cause: "unmodelled" }),
    { takesOpaque: true },
  ),
];

const lower = "abcdefghijklmnopqrstuvwxyz";
const punctuation = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";
const whitespace = " \t\n\r\v\f";
const texts = {
  ascii_lowercase: lower,
  ascii_uppercase: lower.toUpperCase(),
  ascii_letters: lower + lower.toUpperCase(),
  digits: "0123456789",
  hexdigits: "0123456789abcdefABCDEF",
  octdigits: "01234567",
  punctuation,
  whitespace,
  printable: `0123456789${lower}${lower.toUpperCase()}${punctuation}${whitespace}`,
};

const bytesOf = (value: Value): Uint8Array | undefined =>
  value.kind === "bytes"
    ? value.value
    : value.kind === "str"
      ? new TextEncoder().encode(value.value)
      : undefined;

function codec(name: string, convert: (input: Uint8Array) => Uint8Array | undefined): Value {
  return define(
    name,
    { required: ["s"], others: true },
    ({ machine, at, given }) => {
      const input = bytesOf(given.s);
      if (!input || (given.s.kind === "str" && !name.includes("decode")))
        return machine.raise(
          "TypeError",
          `a bytes-like object is required, not '${given.s.kind === "opaque" ? "object" : machine.classOf(given.s).name}'`,
          at,
          given.s.env,
        );
      const output = convert(input);
      return output
        ? bytes(output, at, given.s.env)
        : machine.raise(machine.classNamed("binascii.Error"), "Incorrect padding", at, given.s.env);
    },
    { gives: "bytes" },
  );
}

const ascii = (data: Uint8Array): string => String.fromCharCode(...data.subarray(0, 100_000));
const fromAscii = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));
const urlSafe = (text: string): string => text.replaceAll("+", "-").replaceAll("/", "_");

function decodeBase64(input: Uint8Array, isUrlSafe: boolean): Uint8Array | undefined {
  const text = isUrlSafe ? ascii(input).replaceAll("-", "+").replaceAll("_", "/") : ascii(input);
  const [data = ""] = text.replace(/[^A-Za-z0-9+/=]/g, "").split("=");
  // As CPython: one letter too many is an error, and so is missing padding.
  if (data.length % 4 === 1 || (data.length % 4 !== 0 && !/=/.test(text))) return undefined;
  return fromAscii(atob(data));
}

const mathFunctions: Readonly<Record<string, (x: number) => number>> = {
  sqrt: Math.sqrt,
  log2: Math.log2,
  log10: Math.log10,
  exp: Math.exp,
  fabs: Math.abs,
};
const rounding: Readonly<Record<string, (x: number) => number>> = {
  floor: Math.floor,
  ceil: Math.ceil,
  trunc: Math.trunc,
};
const numberOf = (value: Value): number =>
  value.kind === "int" || value.kind === "float"
    ? Number(value.value)
    : value.kind === "bool"
      ? Number(value.value)
      : Number.NaN;

const globFiles = (name: string): readonly [string, Value] => [
  name,
  define(
    name,
    { required: ["pathname"], others: true },
    ({ machine, at, given }) => {
      const pattern = pathText(machine, given.pathname, at);
      if (typeof pattern !== "string") return pattern;
      const found = globbed(machine, "", pattern);
      return found
        ? list(
            found.map((path) => str(path, at)),
            at,
            given.pathname.env,
          )
        : ofTheMachine(machine, at, "list", [given.pathname]);
    },
    { gives: "list" },
  ),
];

function dedent(text: string): string {
  const lines = text.split("\n").map((line) => (/^[ \t]+$/.test(line) ? "" : line));
  const margins = lines.filter((line) => line !== "").map((line) => /^[ \t]*/.exec(line)?.[0] ?? "");
  let margin = margins[0] ?? "";
  for (const one of margins) while (!one.startsWith(margin)) margin = margin.slice(0, -1);
  return lines.map((line) => line.slice(margin.length)).join("\n");
}

/** `io.StringIO(text)` and `io.BytesIO(data)`: read as a file is. */
function memoryFile(machine: Machine, name: string, empty: Value): Value {
  const content = (self: Value): Value =>
    self.kind === "instance" ? (self.attributes.get("_content") ?? empty) : empty;
  const take = (self: Value): Value => {
    const all = content(self);
    if (self.kind === "instance") self.attributes.set("_content", empty);
    return all;
  };
  return nativeClass(machine, `_io.${name}`, [
    creator({ optional: ["initial_value", "newline"] }, ({ given }) => ({
      attributes: [
        ["_content", given.initial_value ?? empty],
        ["_all", given.initial_value ?? empty],
      ],
    })),
    ...byName(
      method("read", { rest: true }, take),
      method("getvalue", {}, (self) =>
        self.kind === "instance" ? (self.attributes.get("_all") ?? empty) : empty,
      ),
      method("readlines", {}, (self, { machine: m, at }) =>
        m.call(m.attribute(take(self), "splitlines"), [bool(true)], undefined, at),
      ),
      method("__iter__", {}, (self, { machine: m, at }) =>
        m.call(
          m.attribute(m.call(m.attribute(take(self), "splitlines"), [bool(true)], undefined, at), "__iter__"),
          [],
        ),
      ),
      method("__enter__", {}, (self) => self),
    ),
    ...["write", "seek", "close", "flush", "__exit__"].map((one): [string, Value] => [
      one,
      method(one, { rest: true }, (_, { at }) => none(at), { takesOpaque: true }),
    ]),
  ]);
}

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

const joinedTypes: Readonly<Record<string, string>> = {
  sha1: "sha1",
  sha224: "sha224",
  sha256: "sha256",
  sha384: "sha384",
  sha512: "sha512",
  md5: "md5",
  blake2b: "blake2b",
  blake2s: "blake2s",
  new: "hash",
  sha3_256: "sha3_256",
};

export const standardModels: readonly Model[] = [
  model("builtins", () => builtins),
  model("string", (machine) => [
    ...Object.entries(texts).map(([name, text]) => [name, str(text)] as const),
    [
      "capwords",
      define("capwords", { required: ["s"] }, ({ at, given }) =>
        str(
          (textOf(given.s) ?? "")
            .split(/\s+/)
            .map((word) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase())
            .join(" "),
          at,
          given.s.env,
        ),
      ),
    ],
    ["Template", nativeClass(machine, "string.Template", [])],
  ]),
  model("base64", (machine) => [
    ["b64encode", codec("b64encode", (input) => fromAscii(btoa(ascii(input))))],
    ["standard_b64encode", codec("standard_b64encode", (input) => fromAscii(btoa(ascii(input))))],
    ["urlsafe_b64encode", codec("urlsafe_b64encode", (input) => fromAscii(urlSafe(btoa(ascii(input)))))],
    ["b64decode", codec("b64decode", (input) => decodeBase64(input, false))],
    ["standard_b64decode", codec("standard_b64decode", (input) => decodeBase64(input, false))],
    ["urlsafe_b64decode", codec("urlsafe_b64decode", (input) => decodeBase64(input, true))],
    ["binascii", machine.import("binascii")],
  ]),
  model("binascii", (machine) => [["Error", exceptionClass(machine, "binascii.Error", "ValueError")]]),
  model("hashlib", () =>
    Object.entries(joinedTypes).map(
      ([name, type]) =>
        [
          name,
          define(
            name,
            { rest: true, others: true },
            ({ machine, at, rest }) =>
              machine.opaque("computes a hash, which is not modelled", at, rest, {
                type,
                truth: true,
                cause: rest.some((one) => one.kind === "opaque" && one.cause === "environment")
                  ? "environment"
                  : "unmodelled",
              }),
            { takesOpaque: true },
          ),
        ] as const,
    ),
  ),
  model("secrets", () => [
    random("token_urlsafe", "str"),
    random("token_hex", "str"),
    random("token_bytes", "bytes"),
    random("choice"),
    random("randbelow", "int"),
    random("SystemRandom"),
  ]),
  model("random", () => [
    ...["random", "uniform"].map((name) => random(name, "float")),
    ...["randint", "randrange", "getrandbits"].map((name) => random(name, "int")),
    ...["choice", "choices", "sample", "SystemRandom", "Random"].map((name) => random(name)),
    noEffect("seed"),
    noEffect("shuffle"),
  ]),
  model("uuid", (machine) => [
    random("uuid4", "UUID"),
    random("uuid1", "UUID"),
    machineCall("getnode", "int"),
    ["UUID", inertClass(machine, "uuid.UUID")],
  ]),
  model("subprocess", (machine) => [
    ...["run", "call", "check_call", "check_output", "Popen", "getoutput", "getstatusoutput"].map((name) => outside(name, "runs another program")),
    ["PIPE", int(-1)], ["STDOUT", int(-2)], ["DEVNULL", int(-3)],
    ["SubprocessError", exceptionClass(machine, "subprocess.SubprocessError")],
    ["CalledProcessError", exceptionClass(machine, "subprocess.CalledProcessError")],
    ["TimeoutExpired", exceptionClass(machine, "subprocess.TimeoutExpired")],
  ]), // biome-ignore format: a table
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
  model("math", () => [
    ["pi", float(Math.PI)], ["e", float(Math.E)], ["inf", float(Infinity)], ["nan", float(Number.NaN)],
    ...Object.entries(rounding).map(([name, round]) => [name, define(name, { required: ["x"] }, ({ at, given }) => int(BigInt(round(numberOf(given.x))), at, given.x.env))] as const),
    ...Object.entries(mathFunctions).map(([name, compute]) => [name, define(name, { required: ["x"] }, ({ at, given }) => float(compute(numberOf(given.x)), at, given.x.env))] as const),
    ["pow", define("pow", { required: ["x", "y"] }, ({ at, given }) => float(numberOf(given.x) ** numberOf(given.y), at))],
  ]), // biome-ignore format: a table
  model("textwrap", () =>
    byName(
      define(
        "dedent",
        { required: ["text"] },
        ({ at, given }) => str(dedent(textOf(given.text) ?? ""), at, given.text.env),
        { gives: "str" },
      ),
    ),
  ),
  model("glob", () => [
    globFiles("glob"),
    globFiles("iglob"),
    [
      "escape",
      define("escape", { required: ["pathname"] }, ({ at, given }) =>
        str((textOf(given.pathname) ?? "").replace(/[*?[]/g, "[$&]"), at, given.pathname.env),
      ),
    ],
  ]),
  model("fnmatch", () =>
    ["fnmatch", "fnmatchcase"].map(
      (name) =>
        [
          name,
          define(name, { required: ["name", "pat"] }, ({ at, given }) =>
            bool(
              matchesPart(
                (textOf(given.name) ?? "").replaceAll("/", "\0"),
                (textOf(given.pat) ?? "").replaceAll("/", "\0"),
              ),
              at,
              given.name.env,
            ),
          ),
        ] as const,
    ),
  ),
  model("io", (machine) => [
    ["StringIO", memoryFile(machine, "StringIO", str(""))],
    ["BytesIO", memoryFile(machine, "BytesIO", bytes(new Uint8Array()))],
    ["open", machine.attribute(machine.import("builtins"), "open")],
    ["TextIOWrapper", inertClass(machine, "io.TextIOWrapper")],
  ]),
  model("codecs", (machine) => [["open", machine.attribute(machine.import("builtins"), "open")]]),
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
  model("mimetypes", () => [
    ...["add_type", "init"].map(noEffect),
    outside("guess_type", "is the type of a file, which is not modelled"),
  ]),
  model("gettext", () => [
    ["gettext", define("gettext", { required: ["message"] }, ({ given }) => given.message)],
    ...["install", "bindtextdomain", "textdomain"].map(noEffect),
  ]),
  model("traceback", () => ["print_exc", "print_stack", "print_exception"].map(noEffect)),
  model("inspect", () => [
    [
      "getmembers",
      define("getmembers", { required: ["object"], optional: ["predicate"] }, ({ machine, at, given }) =>
        members(machine, given.object, given.predicate, at),
      ),
    ],
    ...["stack", "currentframe", "getsource", "getfile", "signature", "getmodule"].map((name) =>
      outside(name, "looks into the running program"),
    ),
  ]),
  model("threading", (machine) => [
    ...inertClasses(machine, "threading", "Thread", "Lock", "RLock", "Event", "local", "Timer"),
    machineCall("current_thread"),
    machineCall("get_ident", "int"),
  ]),
  model("ssl", () =>
    ["CERT_NONE", "CERT_OPTIONAL", "CERT_REQUIRED", "PROTOCOL_TLS", "PROTOCOL_TLS_CLIENT", "PROTOCOL_TLSv1_2"]
      .map((name) => [name, constantOf("ssl", name)] as const)
      .concat([
        machineCall("create_default_context", "SSLContext"),
        machineCall("_create_unverified_context", "SSLContext"),
      ]),
  ),
  model("csv", () =>
    ["reader", "DictReader", "writer"].map((name) => outside(name, "reads a table, which is not modelled")),
  ),
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

/** `inspect.getmembers`: pairs, in order of name. */
function members(machine: Machine, of: Value, predicate: Value | undefined, at: Location | undefined): Value {
  const names = machine.iterate(
    machine.call(machine.attribute(machine.import("builtins"), "dir"), [of], undefined, at),
    at,
  );
  if ("kind" in names) return names;
  const pairs = names.map((name) => [name, machine.attribute(of, textOf(name) ?? "", at)] as const);
  const wanted = pairs.filter(
    ([, value]) =>
      !predicate ||
      predicate.kind === "none" ||
      machine.truth(machine.call(predicate, [value], undefined, at)),
  );
  return list(
    wanted.map((pair) => tuple(pair, at)),
    at,
  );
}

/** A constant whose value nobody asks for. */
function constantOf(module: string, name: string): Value {
  return {
    kind: "opaque",
    because: `is the constant ${module}.${name}`,
    cause: "unmodelled",
    truth: name !== "CERT_NONE",
    at: undefined,
    env: [],
  };
}

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

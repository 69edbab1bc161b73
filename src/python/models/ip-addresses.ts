import type { Location } from "../../location.ts";
import type { Machine, Model } from "../machine.ts";
import type { Class, EnvNames, Value } from "../value.ts";
import { mergeEnv } from "../value.ts";
import { byName, define, exceptionClass, instance, method, model, nativeClass } from "./define.ts";
import { notModelled } from "./inert.ts";
import type { Address, Network, Version } from "./ip-text.ts";
import {
  addressKinds,
  addressText,
  bitsOf,
  firstOf,
  holds,
  hostMask,
  isOfKind,
  parseAddress,
  parseNetwork,
} from "./ip-text.ts";
import { bool, int, notImplemented, str, textOf } from "./make.ts";

/** `ipaddress`: addresses and networks. */

class Kept {
  readonly address: Address | Network;
  constructor(address: Address | Network) {
    this.address = address;
  }
}

const keptOf = (value: Value | undefined): Address | Network | undefined =>
  value?.kind === "instance" && value.data instanceof Kept ? value.data.address : undefined;

const isNetwork = (kept: Address | Network): kept is Network => "prefix" in kept;

function makeAddress(
  machine: Machine,
  { version, number }: Address,
  at: Location | undefined,
  env: EnvNames,
): Value {
  const of = machine.classNamed(`ipaddress.IPv${version}Address`);
  const address = { version, number };
  return instance(of, at, {
    data: new Kept(address),
    env,
    attributes: [
      ["version", int(version, at)],
      ["max_prefixlen", int(bitsOf(version), at)],
      ...addressKinds.map((kind) => [kind, bool(isOfKind(address, kind), at, env)] as const),
    ],
  });
}

function makeNetwork(machine: Machine, network: Network, at: Location | undefined, env: EnvNames): Value {
  const { version, prefix } = network;
  const first = firstOf(network);
  const mask = hostMask(network);
  const all = (1n << BigInt(bitsOf(version))) - 1n;
  const address = (number: bigint): Value => makeAddress(machine, { version, number }, at, env);
  const [low, high] = [
    { version, number: first },
    { version, number: first | mask },
  ];
  const text = `${addressText(low)}/${prefix}`;
  return instance(machine.classNamed(`ipaddress.IPv${version}Network`), at, {
    data: new Kept({ version, number: first, prefix }),
    env,
    attributes: [
      ["version", int(version, at)],
      ["prefixlen", int(prefix, at, env)],
      ["max_prefixlen", int(bitsOf(version), at)],
      ["num_addresses", int(mask + 1n, at, env)],
      ["network_address", address(first)],
      ["broadcast_address", address(first | mask)],
      ["netmask", address(all ^ mask)],
      ["hostmask", address(mask)],
      ["with_prefixlen", str(text, at, env)],
      ["compressed", str(text, at, env)],
      ...addressKinds.map(
        (kind) => [kind, bool(isOfKind(low, kind) && isOfKind(high, kind), at, env)] as const,
      ),
    ],
  });
}

function textFrom(kept: Address | Network): string {
  return addressText(kept) + (isNetwork(kept) ? `/${kept.prefix}` : "");
}

const shown = (machine: Machine, value: Value): string => {
  const text = machine.repr(value);
  return typeof text === "string" ? text : "?";
};

type Order = (a: bigint, b: bigint) => boolean;
const orders: Readonly<Record<string, Order>> = {
  __lt__: (a, b) => a < b,
  __le__: (a, b) => a <= b,
  __gt__: (a, b) => a > b,
  __ge__: (a, b) => a >= b,
};

/** What addresses and networks have in common. */
function common(): [string, Value][] {
  const compare = (name: string, holdsFor: (a: Address | Network, b: Address | Network) => boolean) =>
    method(name, { required: ["other"] }, (self, { machine, at, given: { other } }) => {
      const [a, b] = [keptOf(self), keptOf(other)];
      return a && b && isNetwork(a) === isNetwork(b)
        ? bool(holdsFor(a, b), at, mergeEnv(self.env, other.env))
        : notImplemented(machine);
    });
  const text = (self: Value): string => {
    const kept = keptOf(self);
    return kept ? textFrom(kept) : "";
  };
  return byName(
    compare("__eq__", (a, b) => a.version === b.version && textFrom(a) === textFrom(b)),
    compare("__ne__", (a, b) => a.version !== b.version || textFrom(a) !== textFrom(b)),
    ...Object.entries(orders).map(([name, order]) => compare(name, (a, b) => order(a.number, b.number))),
    method("__str__", {}, (self, { at }) => str(text(self), at, self.env)),
    method("__repr__", {}, (self, { machine, at }) => {
      const name = self.kind === "instance" ? machine.classOf(self).name : "";
      return str(`${name}('${text(self)}')`, at, self.env);
    }),
    method("__hash__", {}, (self, { at }) => str(text(self), at)),
    method("__int__", {}, (self, { at }) => int(keptOf(self)?.number ?? 0n, at, self.env)),
    method("__getattr__", { required: ["name"] }, (self, { machine, at, given }) =>
      notModelled(machine, self, textOf(given.name) ?? "", at),
    ),
  );
}

const shifted = (name: string, sign: bigint): [string, Value] => [
  name,
  method(name, { required: ["other"] }, (self, { machine, at, given: { other } }) => {
    const kept = keptOf(self);
    if (!kept || other.kind !== "int") return notImplemented(machine);
    return makeAddress(machine, { ...kept, number: kept.number + sign * other.value }, at, self.env);
  }),
];

/** Addresses one after the other, from a first to a last. */
function addresses(
  machine: Machine,
  version: Version,
  first: bigint,
  last: bigint,
  at: Location | undefined,
  env: EnvNames,
): Value {
  let number = first;
  return {
    kind: "iterator",
    type: "generator",
    at,
    env,
    next: () => (number > last ? undefined : makeAddress(machine, { version, number: number++ }, at, env)),
  };
}

function networkMethods(): [string, Value][] {
  return byName(
    method("__contains__", { required: ["other"] }, (self, { machine, at, given: { other } }) => {
      const [network, kept] = [keptOf(self), keptOf(other)];
      if (!network || !isNetwork(network)) return bool(false, at);
      if (!kept) {
        const type = other.kind === "opaque" ? "object" : machine.classOf(other).name;
        return machine.raise("AttributeError", `'${type}' object has no attribute '_version'`, at, other.env);
      }
      return bool(!isNetwork(kept) && holds(network, kept), at, mergeEnv(self.env, other.env));
    }),
    method("__iter__", {}, (self, { machine, at }) => {
      const network = keptOf(self);
      if (!network || !isNetwork(network)) return notImplemented(machine);
      const { version, number } = network;
      return addresses(machine, version, number, number | hostMask(network), at, self.env);
    }),
    method("hosts", {}, (self, { machine, at }) => {
      const network = keptOf(self);
      if (!network || !isNetwork(network)) return notImplemented(machine);
      const { version, number, prefix } = network;
      // A network of two addresses, or of one, has no other.
      const small = bitsOf(version) - prefix < 2;
      const last = (number | hostMask(network)) - (small || version === 6 ? 0n : 1n);
      return addresses(machine, version, number + (small ? 0n : 1n), last, at, self.env);
    }),
    method("__getitem__", { required: ["index"] }, (self, { machine, at, given: { index } }) => {
      const network = keptOf(self);
      if (!network || !isNetwork(network) || index.kind !== "int") return notImplemented(machine);
      const size = hostMask(network) + 1n;
      const position = index.value < 0n ? size + index.value : index.value;
      return position < 0n || position >= size
        ? machine.raise("IndexError", "address out of range", at)
        : makeAddress(machine, { ...network, number: network.number + position }, at, self.env);
    }),
    ...["subnet_of", "supernet_of", "overlaps"].map((name) =>
      method(name, { required: ["other"] }, (self, { machine, at, given: { other } }) => {
        const [a, b] = [keptOf(self), keptOf(other)];
        if (!a || !b || !isNetwork(a) || !isNetwork(b)) return notModelled(machine, self, name, at);
        const inner = holds(b, a) && b.prefix <= a.prefix;
        const outer = holds(a, b) && a.prefix <= b.prefix;
        const result = name === "subnet_of" ? inner : name === "supernet_of" ? outer : inner || outer;
        return bool(result, at, mergeEnv(self.env, other.env));
      }),
    ),
  );
}

/** What a text, a number or an object of the module stands for; undefined for what is none. */
function readAddress(value: Value, version: Version | undefined): Address | undefined {
  const text = textOf(value);
  if (text !== undefined) return parseAddress(text, version);
  if (value.kind === "int") {
    const of = version ?? (value.value < 1n << 32n ? 4 : 6);
    return value.value >= 0n && value.value < 1n << BigInt(bitsOf(of))
      ? { version: of, number: value.value }
      : undefined;
  }
  const kept = keptOf(value);
  return kept && !isNetwork(kept) && (version === undefined || kept.version === version) ? kept : undefined;
}

function readNetwork(value: Value, version: Version | undefined): Network | undefined {
  const kept = keptOf(value);
  if (kept && isNetwork(kept)) return kept;
  const text = textOf(value);
  if (text !== undefined) return parseNetwork(text, version);
  const address = readAddress(value, version);
  return address && { ...address, prefix: bitsOf(address.version) };
}

function refuse(
  machine: Machine,
  value: Value,
  what: string,
  version: Version | undefined,
  at: Location | undefined,
): never {
  const text = shown(machine, value);
  if (version === undefined)
    return machine.raise(
      "ValueError",
      `${text} does not appear to be an IPv4 or IPv6 ${what}`,
      at,
      value.env,
    );
  const of = machine.classNamed("ipaddress.AddressValueError");
  return machine.raise(
    of,
    version === 4 ? `Expected 4 octets in ${text}` : `At least 3 parts expected in ${text}`,
    at,
    value.env,
  );
}

function addressMaker(name: string, version: Version | undefined) {
  return ({
    machine,
    at,
    given: { address },
  }: {
    machine: Machine;
    at: Location | undefined;
    given: { address: Value };
  }): Value =>
    makeAddress(
      machine,
      readAddress(address, version) ?? refuse(machine, address, name, version, at),
      at,
      address.env,
    );
}

function networkMaker(version: Version | undefined) {
  return (machine: Machine, at: Location | undefined, address: Value, strict: Value | undefined): Value => {
    const network = readNetwork(address, version) ?? refuse(machine, address, "network", version, at);
    if (network.number !== firstOf(network) && (!strict || machine.truth(strict) !== false))
      return machine.raise(
        "ValueError",
        `${textOf(address) ?? shown(machine, address)} has host bits set`,
        at,
        address.env,
      );
    return makeNetwork(machine, network, at, address.env);
  };
}

function addressClass(machine: Machine, version: Version): Class {
  const make = addressMaker("address", version);
  return nativeClass(machine, `ipaddress.IPv${version}Address`, [
    ["__new__", define("__new__", { required: ["cls", "address"] }, make, { gives: `IPv${version}Address` })],
    ...common(),
    shifted("__add__", 1n),
    shifted("__sub__", -1n),
  ]);
}

function networkClass(machine: Machine, version: Version): Class {
  const make = networkMaker(version);
  const create = define(
    "__new__",
    { required: ["cls", "address"], optional: ["strict"] },
    ({ machine: m, at, given }) => make(m, at, given.address, given.strict),
    { gives: `IPv${version}Network` },
  );
  return nativeClass(machine, `ipaddress.IPv${version}Network`, [
    ["__new__", create],
    ...common(),
    ...networkMethods(),
  ]);
}

export const ipAddressModels: readonly Model[] = [
  model("ipaddress", (machine) => {
    const network = networkMaker(undefined);
    return [
      ...([4, 6] as const).flatMap((version) => [
        [`IPv${version}Address`, addressClass(machine, version)] as const,
        [`IPv${version}Network`, networkClass(machine, version)] as const,
      ]),
      ["AddressValueError", exceptionClass(machine, "ipaddress.AddressValueError", "ValueError")],
      ["NetmaskValueError", exceptionClass(machine, "ipaddress.NetmaskValueError", "ValueError")],
      [
        "ip_address",
        define("ip_address", { required: ["address"] }, addressMaker("address", undefined), {
          gives: "IPv4Address",
        }),
      ],
      [
        "ip_network",
        define(
          "ip_network",
          { required: ["address"], optional: ["strict"] },
          ({ machine: m, at, given }) => network(m, at, given.address, given.strict),
          { gives: "IPv4Network" },
        ),
      ],
    ];
  }),
];

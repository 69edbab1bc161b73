import type { Location } from "../../location.ts";
import type { Machine, Model } from "../machine.ts";
import type { TextShape } from "../text-shape.ts";
import type { Class, Opaque, Value } from "../value.ts";
import { byName, creator, define, exceptionClass, instance, method, model, nativeClass } from "./define.ts";
import { crc32, type Digest, digests, hmac, joined } from "./digest.ts";
import { machineCall } from "./inert.ts";
import { bool, bytes, generated, int, none, str, textOf } from "./make.ts";
import { encodedOpaque } from "./random.ts";

/** hashlib, hmac, zlib's checksum, binascii and uuid: what turns bytes into other bytes. */

/** Beyond this, a hash takes longer than anyone waits for an answer about settings. */
const longest = 65_536;

/** What a hash object was fed with. */
class Hash {
  readonly name: string;
  readonly digest: Digest;
  readonly key: Uint8Array | undefined;
  data: Uint8Array;
  /** Set when it was fed with what is not known. */
  unseen: Opaque | undefined;
  constructor(name: string, digest: Digest, data: Uint8Array, key?: Uint8Array, unseen?: Opaque) {
    this.name = name;
    this.unseen = unseen;
    this.digest = digest;
    this.data = data;
    this.key = key;
  }
  result(): Uint8Array {
    return this.key ? hmac(this.digest, this.key, this.data) : this.digest.of(this.data);
  }
}

const empty = new Uint8Array();

function bytesOf(machine: Machine, value: Value | undefined, at: Location | undefined): Uint8Array {
  if (!value || value.kind === "none") return empty;
  if (value.kind === "bytes") return value.value;
  const message =
    value.kind === "str"
      ? "Strings must be encoded before hashing"
      : `object supporting the buffer API required`;
  return machine.raise("TypeError", message, at, value.env);
}

const hex = (data: Uint8Array): string =>
  [...data].map((byte) => byte.toString(16).padStart(2, "0")).join("");

const hashOf = (self: Value): Hash | undefined =>
  self.kind === "instance" && self.data instanceof Hash ? self.data : undefined;

/** Where the characters of hashes come from that are of no random text: those of equal texts are equal. */
const someText = {};

/** The hash of what is not known looks random, and its length is known. */
function hashOfUnseen(
  machine: Machine,
  { digest }: Hash,
  unseen: Opaque,
  isText: boolean,
  at: Location | undefined,
): Value {
  const [source = someText] = unseen.draws?.keys() ?? [];
  const [length, from] = isText ? [2 * digest.size, 16] : [digest.size, 256];
  return machine.opaque(unseen.because, at, [unseen], {
    type: isText ? "str" : "bytes",
    truth: true,
    length,
    draws: new Map([[source, { count: length, from }]]),
  });
}

function hashClass(machine: Machine, path: string): Class {
  const reading = (name: string, give: (hash: Hash, at: Location | undefined) => Value) =>
    method(name, {}, (self, { machine: m, at }) => {
      const hash = hashOf(self);
      if (!hash) return m.raise("TypeError", "this needs a hash object", at);
      if (hash.unseen) return hashOfUnseen(m, hash, hash.unseen, name === "hexdigest", at);
      if (hash.data.length > longest) return m.opaque("is the hash of a long text", at, [self]);
      m.work(hash.data.length * 8 + 1024);
      return give(hash, at);
    });
  const of = nativeClass(machine, path, [
    ...byName(
      reading("digest", (hash, at) => bytes(hash.result(), at)),
      reading("hexdigest", (hash, at) => str(hex(hash.result()), at)),
      method(
        "update",
        { required: ["data"] },
        (self, { machine: m, at, given }) => {
          const hash = hashOf(self);
          if (given.data.kind === "opaque") {
            if (hash) hash.unseen ??= given.data;
            return none(at);
          }
          const more = bytesOf(m, given.data, at);
          m.work(more.length);
          if (hash) hash.data = joined(hash.data, more);
          return none(at);
        },
        { takesOpaque: true },
      ),
      method("copy", {}, (self, { at }) => {
        const hash = hashOf(self);
        return hash
          ? instance(of, at, {
              data: new Hash(hash.name, hash.digest, hash.data, hash.key, hash.unseen),
              env: self.env,
            })
          : self;
      }),
      method("__getattr__", { required: ["name"] }, (self, { machine: m, at, given }) => {
        const hash = hashOf(self);
        const name = textOf(given.name);
        if (hash && name === "name") return str(hash.key ? `hmac-${hash.name}` : hash.name, at);
        if (hash && name === "digest_size") return int(hash.digest.size, at);
        if (hash && name === "block_size") return int(hash.digest.blockSize, at);
        return m.raise("AttributeError", `'${of.name}' object has no attribute '${name}'`, at);
      }),
    ),
  ]);
  return of;
}

/** A hash that is not computed here, or of what is not known: known is only what it is. */
const unseen = (machine: Machine, at: Location | undefined, from: readonly Value[], type: string): Value =>
  machine.opaque("computes a hash, which is not modelled", at, from, {
    type,
    truth: true,
    cause: from.some((one) => one.kind === "opaque" && one.cause === "environment")
      ? "environment"
      : "unmodelled",
  });

const hashlib = model("hashlib", (machine) => {
  const of = hashClass(machine, "_hashlib.HASH");
  const made = (m: Machine, name: string, data: Value | undefined, at: Location | undefined): Value => {
    const digest = digests.get(name.toLowerCase());
    if (!digest) return unseen(m, at, data ? [data] : [], name);
    const made =
      data?.kind === "opaque"
        ? new Hash(name.toLowerCase(), digest, empty, undefined, data)
        : new Hash(name.toLowerCase(), digest, bytesOf(m, data, at));
    return instance(of, at, { data: made, env: data?.env ?? [] });
  };
  const named = (name: string): readonly [string, Value] => [
    name,
    define(
      name,
      { optional: ["data", "usedforsecurity"], others: true },
      ({ machine: m, at, given }) => made(m, name, given.data, at),
      { takesOpaque: true },
    ),
  ];
  const others = [
    "blake2b",
    "blake2s",
    "sha3_224",
    "sha3_256",
    "sha3_384",
    "sha3_512",
    "pbkdf2_hmac",
    "scrypt",
  ];
  return [
    ...[...digests.keys(), "blake2b", "blake2s", "sha3_224", "sha3_256", "sha3_384", "sha3_512"].map(named),
    ...others.slice(6).map(
      (name) =>
        [
          name,
          define(
            name,
            { rest: true, others: true },
            ({ machine: m, at, rest }) => unseen(m, at, rest, "bytes"),
            {
              takesOpaque: true,
            },
          ),
        ] as const,
    ),
    [
      "new",
      define(
        "new",
        { required: ["name"], optional: ["data"], others: true },
        ({ machine: m, at, given }) =>
          given.name.kind === "opaque"
            ? unseen(m, at, [given.name], "HASH")
            : made(m, textOf(given.name) ?? "", given.data, at),
        { takesOpaque: true },
      ),
    ],
    ["algorithms_guaranteed", machine.dict([], undefined)],
  ];
});

const hmacModel = model("hmac", (machine) => {
  const of = hashClass(machine, "hmac.HMAC");
  /** "sha256" or `hashlib.sha256`. */
  const nameOf = (value: Value | undefined): string =>
    textOf(value) ?? (value?.kind === "builtin" ? value.name : "");
  const make = define(
    "new",
    { required: ["key"], optional: ["msg", "digestmod"] },
    ({ machine: m, at, given }) => {
      const digest = digests.get(nameOf(given.digestmod));
      const from = [given.key, ...(given.msg ? [given.msg] : [])];
      if (!digest || from.some((one) => one.kind === "opaque")) return unseen(m, at, from, "HMAC");
      const data = new Hash(
        nameOf(given.digestmod),
        digest,
        bytesOf(m, given.msg, at),
        bytesOf(m, given.key, at),
      );
      return instance(of, at, { data, env: from.flatMap((one) => one.env) });
    },
    { takesOpaque: true },
  );
  return byName(
    make,
    define("compare_digest", { required: ["a", "b"] }, ({ machine: m, at, given }) => {
      const same = m.equal(given.a, given.b);
      return same === undefined
        ? m.opaque("compares what cannot be known", at, [given.a, given.b])
        : bool(same, at);
    }),
  );
});

const namespaces = { DNS: "10", URL: "11", OID: "12", X500: "14" };

const uuid = model("uuid", (machine) => {
  const text = (self: Value): string =>
    self.kind === "instance" && typeof self.data === "string" ? self.data : "";
  const dashed = (plain: string): string =>
    plain.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  const fromHex = (plain: string): Uint8Array =>
    Uint8Array.from(plain.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  const of = nativeClass(machine, "uuid.UUID", [
    creator({ optional: ["hex", "bytes", "version"], others: true }, ({ machine: m, given, at }) => {
      const source = given.bytes?.kind === "bytes" ? hex(given.bytes.value) : (textOf(given.hex) ?? "");
      const plain = source.replace("urn:", "").replace("uuid:", "").replace(/[{}]/g, "").replaceAll("-", "");
      if (!/^[0-9a-f]{32}$/i.test(plain))
        m.raise("ValueError", "badly formed hexadecimal UUID string", at, given.hex?.env);
      return { data: plain.toLowerCase(), env: given.hex?.env ?? [] };
    }),
    ...byName(
      method("__str__", {}, (self, { at }) => str(dashed(text(self)), at, self.env)),
      method("__repr__", {}, (self, { at }) => str(`UUID('${dashed(text(self))}')`, at, self.env)),
      method("__hash__", {}, (self, { at }) => str(text(self), at)),
      method("__eq__", { required: ["other"] }, (self, { at, given }) =>
        bool(
          given.other.kind === "instance" && given.other.class === of && text(given.other) === text(self),
          at,
        ),
      ),
      method("__getattr__", { required: ["name"] }, (self, { machine: m, at, given }) => {
        const name = textOf(given.name) ?? "";
        if (name === "hex") return str(text(self), at, self.env);
        if (name === "int") return int(BigInt(`0x${text(self)}`), at, self.env);
        if (name === "bytes") return bytes(fromHex(text(self)), at, self.env);
        if (name === "urn") return str(`urn:uuid:${dashed(text(self))}`, at, self.env);
        if (name === "version") {
          // Only of those that RFC 9562 describes.
          const isStandard = /^.{16}[89ab]/.test(text(self));
          return isStandard ? int(Number.parseInt(text(self).charAt(12), 16), at, self.env) : none(at);
        }
        return m.raise("AttributeError", `'UUID' object has no attribute '${name}'`, at);
      }),
    ),
  ]);
  const named = (name: string, digest: string, version: number): Value =>
    define(name, { required: ["namespace", "name"] }, ({ machine: m, at, given }) => {
      const data = joined(fromHex(text(given.namespace)), new TextEncoder().encode(textOf(given.name) ?? ""));
      if (data.length > longest) return m.opaque("is the hash of a long text", at, [given.name]);
      m.work(data.length * 8 + 1024);
      const hash = (digests.get(digest)?.of(data) ?? empty).slice(0, 16);
      hash[6] = ((hash[6] ?? 0) & 0x0f) | (version << 4);
      hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
      return instance(of, at, { data: hex(hash), env: given.name.env });
    });
  const random = (name: string, shape: () => TextShape): readonly [string, Value] => [
    name,
    define(
      name,
      { rest: true, others: true },
      ({ machine: m, at }) => ({ ...generated(m, at, "UUID"), ...shape() }),
      { takesOpaque: true },
    ),
  ];
  return [
    ["UUID", of],
    // The version and the variant take 6 of its bits.
    random("uuid4", () => ({ draws: new Map([[{}, { count: 30, from: 16 }]]) })),
    random("uuid1", () => ({})),
    machineCall("getnode", "int"),
    ["uuid5", named("uuid5", "sha1", 5)],
    ["uuid3", named("uuid3", "md5", 3)],
    ...Object.entries(namespaces).map(
      ([name, digit]) =>
        [
          `NAMESPACE_${name}`,
          instance(of, undefined, { data: `6ba7b8${digit}9dad11d180b400c04fd430c8` }),
        ] as const,
    ),
  ];
});

const unhex = (name: string): Value =>
  define(name, { required: ["hexstr"] }, ({ machine, at, given }) => {
    const source =
      given.hexstr.kind === "bytes" ? String.fromCharCode(...given.hexstr.value) : textOf(given.hexstr);
    if (source === undefined || !/^([0-9a-f]{2})*$/i.test(source))
      return machine.raise(
        machine.classNamed("binascii.Error"),
        "Non-hexadecimal digit found",
        at,
        given.hexstr.env,
      );
    return bytes(
      Uint8Array.from(source.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)),
      at,
      given.hexstr.env,
    );
  });

export const hashingModels: readonly Model[] = [
  hashlib,
  hmacModel,
  uuid,
  model("zlib", () =>
    byName(
      define("crc32", { required: ["data"] }, ({ machine, at, given }) => {
        const data = bytesOf(machine, given.data, at);
        machine.work(data.length);
        return int(crc32(data), at, given.data.env);
      }),
    ),
  ),
  model("binascii", (machine) => [
    ["Error", exceptionClass(machine, "binascii.Error", "ValueError")],
    ...["hexlify", "b2a_hex"].map(
      (name) =>
        [
          name,
          define(
            name,
            { required: ["data"] },
            ({ machine: m, at, given }) =>
              given.data.kind === "opaque"
                ? encodedOpaque(m, given.data, (size) => 2 * size, 16, at)
                : bytes(new TextEncoder().encode(hex(bytesOf(m, given.data, at))), at, given.data.env),
            { takesOpaque: true },
          ),
        ] as const,
    ),
    ["unhexlify", unhex("unhexlify")],
    ["a2b_hex", unhex("a2b_hex")],
  ]),
];

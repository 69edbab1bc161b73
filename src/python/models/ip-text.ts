/** Internet addresses as numbers and as texts. */

export type Version = 4 | 6;
export interface Address {
  readonly version: Version;
  readonly number: bigint;
}
export interface Network extends Address {
  readonly prefix: number;
}

export const bitsOf = (version: Version): number => (version === 4 ? 32 : 128);

function parse4(text: string): bigint | undefined {
  const octets = text.split(".");
  const fine =
    octets.length === 4 && octets.every((octet) => /^(?:0|[1-9]\d{0,2})$/.test(octet) && Number(octet) < 256);
  return fine ? octets.reduce((total, octet) => total * 256n + BigInt(octet), 0n) : undefined;
}

function parse6(text: string): bigint | undefined {
  const [, head = text, tail] = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text) ?? [];
  const embedded = tail === undefined ? undefined : parse4(tail);
  if (tail !== undefined && embedded === undefined) return undefined;
  const words =
    embedded === undefined ? "" : `${(embedded >> 16n).toString(16)}:${(embedded & 0xffffn).toString(16)}`;
  const halves = `${head}${words}`.split("::");
  if (halves.length > 2) return undefined;
  const [left = [], right = []] = halves.map((half) => (half === "" ? [] : half.split(":")));
  const missing = 8 - left.length - right.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const all = [...left, ...Array<string>(Math.max(missing, 0)).fill("0"), ...right];
  if (!all.every((word) => /^[0-9a-f]{1,4}$/i.test(word))) return undefined;
  return all.reduce((total, word) => total * 65536n + BigInt(`0x${word}`), 0n);
}

export function parseAddress(text: string, version?: Version): Address | undefined {
  if (version !== 6) {
    const number = parse4(text);
    if (number !== undefined) return { version: 4, number };
  }
  const number = version === 4 ? undefined : parse6(text.split("%")[0] ?? "");
  return number === undefined ? undefined : { version: 6, number };
}

/** "10.0.0.0/8" or "10.0.0.0/255.0.0.0", with the bits beyond the prefix as they stand. */
export function parseNetwork(text: string, version?: Version): Network | undefined {
  const [host = "", mask, ...more] = text.split("/");
  const address = more.length > 0 ? undefined : parseAddress(host, version);
  if (!address) return undefined;
  const bits = bitsOf(address.version);
  if (mask === undefined) return { ...address, prefix: bits };
  const netmask = address.version === 4 && mask.includes(".") ? prefixOfMask(parse4(mask)) : undefined;
  const prefix = netmask ?? (/^\d+$/.test(mask) ? Number(mask) : Number.NaN);
  return prefix <= bits ? { ...address, prefix } : undefined;
}

/** The prefix of 255.255.0.0, or of its opposite 0.0.255.255. */
function prefixOfMask(mask: bigint | undefined): number | undefined {
  if (mask === undefined) return undefined;
  const [, ones, rest] = /^(1*)(0*)$/.exec(mask.toString(2).padStart(32, "0")) ?? [];
  if (ones !== undefined && rest !== undefined) return ones.length;
  const [, zeros] = /^(0*)1*$/.exec(mask.toString(2).padStart(32, "0")) ?? [];
  return zeros?.length;
}

/** The bits that number the hosts of a network. */
export const hostMask = ({ version, prefix }: Network): bigint =>
  (1n << BigInt(bitsOf(version) - prefix)) - 1n;
export const firstOf = (network: Network): bigint => network.number & ~hostMask(network);

export function addressText({ version, number }: Address): string {
  if (version === 4) return [24n, 16n, 8n, 0n].map((shift) => (number >> shift) & 255n).join(".");
  const words = Array.from({ length: 8 }, (_, index) =>
    ((number >> BigInt(112 - index * 16)) & 0xffffn).toString(16),
  );
  const runs = [...words.join(":").matchAll(/(?<![0-9a-f])0(?::0(?![0-9a-f]))+/g)];
  const longest = runs.reduce<string>((best, [run]) => (run.length > best.length ? run : best), "");
  if (longest === "") return words.join(":");
  const at = runs.find(([run]) => run === longest)?.index ?? 0;
  const text = words.join(":");
  const [before, after] = [text.slice(0, at), text.slice(at + longest.length)];
  return `${before.replace(/:$/, "")}::${after.replace(/^:/, "")}`;
}

const privateNetworks = [
  "0.0.0.0/8", "10.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/29", "192.0.0.170/31",
  "192.0.2.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "240.0.0.0/4",
  "255.255.255.255/32", "::1/128", "::/128", "::ffff:0:0/96", "100::/64", "2001::/23", "2001:2::/48",
  "2001:db8::/32", "2001:10::/28", "fc00::/7", "fe80::/10",
]; // biome-ignore format: a table
const kinds = {
  is_private: privateNetworks,
  is_loopback: ["127.0.0.0/8", "::1/128"],
  is_link_local: ["169.254.0.0/16", "fe80::/10"],
  is_multicast: ["224.0.0.0/4", "ff00::/8"],
  is_unspecified: ["0.0.0.0/32", "::/128"],
} as const;
export type AddressKind = keyof typeof kinds;
export const addressKinds = Object.keys(kinds) as readonly AddressKind[];

export function holds(network: Network, address: Address): boolean {
  return network.version === address.version && (address.number & ~hostMask(network)) === firstOf(network);
}

export function isOfKind(address: Address, kind: AddressKind): boolean {
  return kinds[kind].some((text) => {
    const network = parseNetwork(text);
    return network !== undefined && holds(network, address);
  });
}

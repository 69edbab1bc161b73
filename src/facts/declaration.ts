import { nameOf } from "../files/listing.ts";
import type { Deployment } from "../platforms/platform.ts";

/** How a variable is declared in a manifest, as text to paste, with the manifest's name above it. */
export function declaration(file: string, name: string, value: string): string {
  const found = lines.find(([manifest]) => manifest.test(nameOf(file)))?.[1];
  return `# ${file}\n${(found ?? ((one, text) => `${one}=${text}`))(name, value)}`;
}

const lines: readonly (readonly [RegExp, (name: string, value: string) => string])[] = [
  [/dockerfile|containerfile/i, (name, value) => `ENV ${name}=${value}`],
  [/^render\.ya?ml$/, (name, value) => `- key: ${name}\n  value: ${JSON.stringify(value)}`],
  [/\.ya?ml$/, (name, value) => `${name}: ${JSON.stringify(value)}`],
  [/\.toml$/, (name, value) => `${name} = ${JSON.stringify(value)}`],
  [/\.json$/, (name, value) => `${JSON.stringify(name)}: { "value": ${JSON.stringify(value)} }`],
];

/**
 * Whether a variable that no manifest names is probably not there: the manifest says which variables there are, and
 * it is not the one that a database brings along, which may have been attached by hand.
 */
export function isProbablyUnset(name: string, { env, envElsewhere, platform }: Deployment): boolean {
  const inManifest = env.some(({ at }) => !/(?:^|[/.])(?:dockerfile|containerfile)/i.test(at.file));
  const comesAlong = name === platform.database.variable && platform.database.fix !== undefined;
  return inManifest && envElsewhere === undefined && !comesAlong;
}

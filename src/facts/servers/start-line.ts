import { nameOf } from "../../files/listing.ts";
import type { Process } from "../../platforms/manifest.ts";
import { holds } from "../dotenv/secrecy.ts";

/** How a start command is written in a manifest, by the manifest's name. */
const lines: readonly (readonly [RegExp, (command: string, process: string) => string])[] = [
  [/^Procfile/i, (command, process) => `${process}: ${command}`],
  [/dockerfile|containerfile/i, (command) => `CMD ${command}`],
  [/^render\.ya?ml$/, (command) => `startCommand: ${JSON.stringify(command)}`],
  [/compose.*\.ya?ml$|^production\.ya?ml$/, (command) => `command: ${JSON.stringify(command)}`],
  [/^fly.*\.toml$/, (command) => `[processes]\napp = ${JSON.stringify(command)}`],
];

/** The line to paste into the manifest of a process, with another command; undefined for a manifest of another kind. */
export function startLine({ name, at }: Pick<Process, "name" | "at">, command: string): string | undefined {
  const manifest = nameOf(at.file);
  return lines.find(([file]) => file.test(manifest))?.[1](withoutSecrets(command), name);
}

/** A command as it can be shown: `SECRET_KEY=… gunicorn shop.wsgi` belongs into the environment, and in no report. */
export function withoutSecrets(command: string): string {
  return command.replace(
    /(?<=^|\s)(?:export\s+)?([A-Za-z_]\w*)=("[^"]*"|'[^']*'|[^\s;&|]*)(?:\s+|$)/g,
    (whole: string, name: string, value: string) =>
      ["secret", "placeholder", "ciphertext"].includes(holds(name, value.replace(/^["']|["']$/g, "")))
        ? ""
        : whole,
  );
}

import { defaultNames } from "../facts/django/defaults.ts";
import type { ProjectFiles } from "../files/project-files.ts";
import type { Finding } from "../finding.ts";
import { sourceOf } from "./mask.ts";
import { maskAll, maskKnownSecrets } from "./secret-text.ts";

/**
 * The words of a finding, with whatever a check may have let slip masked: secrets by their form, and the
 * value that stands at the finding's own place if that is masked there.
 */
export function redactFinding(finding: Finding, files: ProjectFiles, sensitive: boolean): Finding {
  const secrets = secretsAt(finding, files, sensitive);
  const redact = (text: string) => secrets.reduce(maskQuoted, maskKnownSecrets(text));
  return {
    ...finding,
    message: redact(finding.message),
    ...(finding.when && { when: finding.when.map(redact) }),
    ...(finding.fix !== undefined && { fix: redact(finding.fix) }),
  };
}

function secretsAt({ at }: Finding, files: ProjectFiles, sensitive: boolean): readonly string[] {
  const source = at && sourceOf(files, at.file);
  const original = at && source?.original(at.line);
  const masked = at && source?.masked(at.line, sensitive);
  if (original === undefined || masked === undefined || masked.length > 10_000) return [];
  return [...masked.matchAll(/\*+(?: \*+)*/g)]
    .map(({ index, 0: run }) => original.slice(index, index + run.length))
    .filter((run) => run.length >= 4 && !/^[*\s]*$/.test(run) && !isWordOfOurs(run, masked));
}

/**
 * Names that a message has of its own: Django's settings and modules, and what stands on the line in the clear
 * beside the value, as in `SECRET_KEY = getattr(configuration, "SECRET_KEY")`. To mask them would hide nothing.
 */
function isWordOfOurs(text: string, masked: string): boolean {
  if (!/^[A-Za-z_][\w.]*$/.test(text)) return false;
  return settingNames.has(text) || /^django(?:\.[A-Za-z_]+)+$/.test(text) || wordsOf(masked).includes(text);
}

const settingNames: ReadonlySet<string> = new Set(defaultNames(undefined));

function wordsOf(line: string): readonly string[] {
  return line.match(/[A-Za-z_][\w.]*/g) ?? [];
}

/** A plain word may stand in a sentence by itself, so it is masked only where it is quoted. */
function maskQuoted(text: string, secret: string): string {
  if (!/^[a-z ]+$/i.test(secret)) return text.replaceAll(secret, maskAll(secret));
  return ['"', "'", "`"].reduce(
    (masked, quote) => masked.replaceAll(quote + secret + quote, quote + maskAll(secret) + quote),
    text,
  );
}

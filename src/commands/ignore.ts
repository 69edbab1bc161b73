import { posix } from "node:path";
import { checksNamed } from "../checks/named.ts";
import { type NewIgnore, patternFor, withIgnores } from "../config/edit.ts";
import type { Finding } from "../finding.ts";
import { annotate, oneLine } from "../ignores/write-comment.ts";
import { printable, printableLines } from "../report/printable.ts";
import { maskKnownSecrets } from "../report/secret-text.ts";
import type { CheckResult } from "../run.ts";
import { unknownCheck } from "./explain.ts";
import { type AskedFor, judgeAsAsked } from "./judged.ts";
import { exitCodes, type Outcome, type WrittenFile, WrongUsage } from "./outcome.ts";
import { withoutGivenSecrets } from "./recognition.ts";

export interface IgnoreRequest extends Omit<AskedFor, "select" | "ignore"> {
  /** A check, a Django check or an area. */
  readonly name: string;
  readonly reason: string;
  /** Only findings in this file, as a report names it, and on this line. */
  readonly file: string | undefined;
  readonly line: number | undefined;
  /** The configuration that is edited where no comment can say it. */
  readonly config: EditedConfig;
}

export interface EditedConfig {
  /** As the user would write it: "deploy-check.yaml". */
  readonly path: string;
  /** Undefined where there is none yet. */
  readonly text: string | undefined;
  /** From its folder to the folder that is judged. */
  readonly root: string;
}

interface Found {
  readonly check: string;
  readonly finding: Finding;
}

/** Sets what a check finds aside: with a comment above each place, and in the configuration where that is not possible. */
export async function ignore(request: IgnoreRequest): Promise<Outcome> {
  const { checks, name, files } = request;
  if (checksNamed(checks, name).length === 0) throw unknownCheck(checks, name);
  const reason = withoutGivenSecrets(maskKnownSecrets(oneLine(request.reason)), request.env);
  if (reason === "") throw new WrongUsage("--reason wants a sentence: why this does not matter here");
  const asked = await judgeAsAsked({ ...request, select: [name], ignore: [] });
  if (asked.kind === "nothing") return asked.outcome;
  const { results } = asked.judgement.result;
  const found = foundBy(results, request);

  const written: WrittenFile[] = [];
  const told: string[] = [];
  const inConfig: NewIgnore[] = [];
  const places = [...new Set(found.map(({ finding }) => finding.at?.file))];
  for (const file of places) {
    const here = found.filter(({ finding }) => finding.at?.file === file);
    const wanted = here.flatMap(({ check, finding: { at } }) => (at ? [{ check, line: at.line }] : []));
    const annotated = file === undefined ? undefined : await annotate(file, files.read(file), wanted, reason);
    if (file !== undefined && annotated) {
      written.push({ path: posix.join(request.path, file), text: annotated.text });
      for (const { line, text } of annotated.added) told.push(`${file}:${line}: ${text}`);
    } else {
      const inFolder = file === undefined ? undefined : posix.join(request.config.root, file);
      for (const check of new Set(here.map((one) => one.check)))
        inConfig.push({ name: check, reason, ...(inFolder !== undefined && { file: inFolder }) });
    }
  }
  const edited = inConfig.length > 0 ? editConfig(request.config, inConfig) : undefined;
  return {
    stdout: [...told, ...(edited?.told ?? [])].map((line) => `${printable(line)}\n`).join(""),
    stderr: edited?.byHand ? `deploy-check: ${printableLines(edited.byHand).join("\n")}\n` : "",
    files: [...written, ...(edited?.files ?? [])],
    code: edited?.byHand ? exitCodes.wrongUsage : exitCodes.fine,
  };
}

/** What is to be set aside, each once, whatever the platform. */
function foundBy(results: readonly CheckResult[], { name, file, line }: IgnoreRequest): readonly Found[] {
  const all = results.flatMap(({ check, findings }) =>
    findings.map((finding) => ({ check: check.id, finding })),
  );
  if (all.length === 0) {
    const states = [...new Set(results.map(({ status }) => status))].join(" and ");
    throw new WrongUsage(`there is nothing to ignore: ${name} is ${states || "not asked"}`);
  }
  const chosen = all.filter(
    ({ finding: { at } }) =>
      (file === undefined || at?.file === posix.normalize(file)) && (line === undefined || at?.line === line),
  );
  if (chosen.length > 0) return chosen;
  const places = [...new Set(all.map(({ finding: { at } }) => (at ? `${at.file}:${at.line}` : "no place")))];
  throw new WrongUsage(
    `${name} finds nothing there; it does at\n${places.map((at) => `  ${at}`).join("\n")}`,
  );
}

/** The configuration with more in it, or, where it is in a file of others, what to write there. */
function editConfig(
  { path, text }: EditedConfig,
  added: readonly NewIgnore[],
): { readonly told: readonly string[]; readonly files: readonly WrittenFile[]; readonly byHand?: string } {
  const entries = added.map(({ name, reason, file }) => ({ file, name, reason }));
  if (/\.ya?ml$/.test(path)) {
    const edited = withIgnores(text, added);
    if (edited === undefined) throw new WrongUsage(`${path} cannot be edited: it is not valid`);
    const told = entries.map(({ file, name, reason }) =>
      file === undefined
        ? `${path}: ignore ${name}: ${reason}`
        : `${path}: per-path-ignores ${patternFor(file)}, ${name}: ${reason}`,
    );
    return { told, files: [{ path, text: edited }] };
  }
  const lines = entries.flatMap(({ file, name, reason }) => {
    const keys = file === undefined ? ["ignore"] : ["per-path-ignores", patternFor(file)];
    const quoted = keys.map((key) => (/^[\w-]+$/.test(key) ? key : JSON.stringify(key)));
    return path.endsWith(".toml")
      ? [`[tool.deploy-check.${quoted.join(".")}]`, `${name} = ${JSON.stringify(reason)}`]
      : [`"deploy-check": ${nested(keys, { [name]: reason })}`];
  });
  const byHand = `${path} is left as it is; add to it\n${lines.map((line) => `  ${line}`).join("\n")}`;
  return { told: [], files: [], byHand };
}

/** `{ "ignore": { "hsts-unset": "…" } }` */
function nested(keys: readonly string[], value: Readonly<Record<string, string>>): string {
  const whole = keys.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value);
  return JSON.stringify(whole, undefined, 1).replace(/\s+/g, " ");
}

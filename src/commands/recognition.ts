import type { Project } from "../facts/project.ts";
import { type Recognition, recognise } from "../facts/recognise.ts";
import type { ProjectFiles } from "../files/project-files.ts";
import { printable } from "../report/printable.ts";
import { maskAll, namesSecret } from "../report/secret-text.ts";
import { exitCodes, type Outcome, WrongUsage } from "./outcome.ts";

// What every command says of a project that it cannot find, and what none may say.

/** A misspelt `--settings` must not end in a green list of skipped checks. */
export function requireModule(files: ProjectFiles, module: string): void {
  const path = module.replaceAll(".", "/");
  const recognition = recognise(files, { settings: module });
  if (recognition.kind !== "found") return;
  const folders = recognition.project.path.map((folder) => (folder === "" ? "" : `${folder}/`));
  const found = folders.some((folder) =>
    [`${folder}${path}.py`, `${folder}${path}/__init__.py`].some((file) => files.isFile(file)),
  );
  if (!found)
    throw new WrongUsage(
      `--settings, or the configuration, names ${module}, but the project has no ${path}.py`,
    );
}

export function ambiguous(path: string, candidates: readonly Project[]): WrongUsage {
  const commands = candidates.map(({ folder, recognisedBy }) => {
    const place = path === "." ? folder : `${path.replace(/\/+$/, "")}/${folder}`;
    return `  deploy-check ${shellWord(place)}   # ${recognisedBy}`;
  });
  return new WrongUsage(
    `there are several projects here; check one of them, or name its settings with --settings:\n${commands.join("\n")}`,
  );
}

function shellWord(text: string): string {
  return /^[\w./@%+,:-]+$/.test(text) && !text.startsWith("-")
    ? text
    : `'./${text.replaceAll("'", "'\\''")}'`;
}

export function nothingRecognised(
  path: string,
  { lookedFor, passedOver }: Extract<Recognition, { readonly kind: "nothing" }>,
): Outcome {
  const examples =
    passedOver.length > 0 ? [`  passed over as examples or tests: ${passedOver.slice(0, 3).join(", ")}`] : [];
  const lines = [
    `no project that deploy-check knows was recognised in ${path}; it looked for`,
    ...lookedFor.map((each) => `  - ${each}`),
    ...examples,
  ];
  return { stdout: "", stderr: `${lines.map(printable).join("\n")}\n`, code: exitCodes.nothingRecognised };
}

/**
 * Nothing that is printed shall hold a secret, least of all a real one from `--env-file`. A value that
 * could be a word of the report itself is not looked for.
 */
export function withoutGivenSecrets(text: string, env: ReadonlyMap<string, string> | undefined): string {
  const secrets = [...(env ?? [])]
    .filter(([name, value]) => namesSecret(name) && value.length >= 8 && !/^([a-z._-]*|\d*)$/i.test(value))
    .flatMap(([, value]) => [value, printable(value), JSON.stringify(value).slice(1, -1)]);
  return secrets.reduce((shown, secret) => shown.replaceAll(secret, maskAll(secret)), text);
}

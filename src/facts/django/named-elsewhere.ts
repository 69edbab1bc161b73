import { nameOf } from "../../files/listing.ts";
import type { ProjectFiles } from "../../files/project-files.ts";
import { isCompose } from "../../platforms/manifests/compose.ts";
import { readDockerfile } from "../../platforms/manifests/dockerfile.ts";
import { otherDeploymentFiles } from "../../platforms/read-manifest.ts";

/** A value that a deployment file gives a variable. */
export interface Named {
  readonly value: string;
  readonly file: string;
}

/** Files that a detected platform reads, and that another one does not. */
const manifests = /^(?:Procfile|app\.json|heroku\.yml|render\.ya?ml)$/;

const notProduction =
  /^(dev|devel|develop|development|local|localhost|tests?|testing|ci|e2e|github|circleci|devcontainer|docs?|documentation|examples?|samples?|cookiecutter)$/i;

/**
 * The values that any deployment file of the repository gives a variable, whether or not the platform that
 * is judged reads it. Files that are for development or tests by their path say nothing.
 */
export function namedElsewhere(files: ProjectFiles, folder: string, variable: string): readonly Named[] {
  const paths = new Set([
    ...otherDeploymentFiles(files, folder),
    ...files.list.filter((path) => manifests.test(nameOf(path)) || isCompose(nameOf(path))),
  ]);
  return [...paths]
    .filter((path) => !path.includes("{{") && !path.split(/[/._-]/).some((part) => notProduction.test(part)))
    .sort()
    .flatMap((file) => {
      const text = files.text(file);
      if (text === undefined || !text.includes(variable)) return [];
      const values = /dockerfile|containerfile/i.test(nameOf(file))
        ? inImage(files, file, text, variable)
        : inText(text, variable);
      return [...new Set(values)].map((value) => ({ value, file }));
    });
}

/** What the image keeps: a variable of one RUN instruction is for that command. */
function inImage(files: ProjectFiles, path: string, text: string, variable: string): readonly string[] {
  const { env } = readDockerfile(path, text, { context: "", isFolder: (one) => files.isFolder(one) });
  return env.flatMap(({ name, value }) => (name === variable && value ? [value] : []));
}

/** `NAME=x`, `NAME: x`, `"NAME": {"value": "x"}`, and a list entry with `value: x` in one of the next lines. */
function inText(text: string, variable: string): readonly string[] {
  const lines = text.split(/\r\n|\r|\n/).filter((line) => !/^\s*(#|\/\/|;)/.test(line));
  const shape = new RegExp(
    `\\b${variable}["']?(?:\\s*[=:]\\s*|\\s*:\\s*\\{[^{}]*?"value"\\s*:\\s*|[ \\t]*,?[ \\t]*\\n(?:[ \\t]+(?!-)[\\w"]+[ \\t]*[:=].*\\n){0,3}?[ \\t]+"?value"?\\s*[:=]\\s*)["']?([A-Za-z_][\\w.-]*)["']?(?=\\s|[,}"']|$)`,
    "g",
  );
  return [...lines.join("\n").matchAll(shape)].flatMap(([, value]) => value ?? []);
}

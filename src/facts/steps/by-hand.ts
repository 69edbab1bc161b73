import { nameOf } from "../../files/listing.ts";
import type { ProjectFiles } from "../../files/project-files.ts";

/** Where the project tells of something that no deployment does by itself. */
export interface ByHand {
  readonly path: string;
  /** `script`: made for deployments, so it is started for each; `text`: people are told to. */
  readonly kind: "script" | "text";
}

const notes = /\.(?:md|rst|txt|adoc)$/i;
const noDeployment =
  /(?:^|\/)(?:tests?|node_modules|migrations|site-packages|changelog|changes|history)(?:[/.]|$)/i;
const scripts =
  /\.(?:sh|bash|ps1|bat|ya?ml|toml|j2|nix|service)$|(?:^|\/)(?:makefile|justfile|taskfile\.yml|rakefile)$|(?:^|\/)(?:fabfile|tasks|deploy\w*)\.py$|(?:^|\/)(?:bin|scripts?|deploy\w*|hooks)\/[^./]+$/i;
const migrates =
  /\b(?:manage(?:\.py)?["',\s]+|django-admin(?:\.py)?\s+)(?:[^\n]{0,300}\s)?migrate\b|\bcommand:\s*["']?migrate\b/;
const deploys =
  /deploy|release|production|\bprod\b|upgrade|update|ansible|playbook|\b(?:heroku|flyctl|fly|dokku|eb|kubectl|ssh|systemctl|supervisorctl)\b/i;
/** No file that people write is as long. */
const longest = 200_000;

/** The project's own word for how production is migrated, scripts first. */
export function migratedByHand(files: ProjectFiles): ByHand | undefined {
  let told: ByHand | undefined;
  for (const path of files.list) {
    const kind = scripts.test(path) ? "script" : notes.test(path) ? "text" : undefined;
    if (kind === undefined || noDeployment.test(path) || (kind === "text" && told)) continue;
    const text = files.text(path) ?? "";
    if (text.length > longest || !migrates.test(text)) continue;
    if (kind === "script" && (deploys.test(nameOf(path)) || deploys.test(path) || deploys.test(text)))
      return { path, kind };
    if (kind === "text") {
      const line = text
        .split("\n")
        .find(
          (one) =>
            migrates.test(one) &&
            /\b(?:heroku|flyctl|fly|dokku|scalingo|railway|eb|ssh|kubectl|exec|run)\b/.test(one),
        );
      if (line !== undefined) told = { path, kind };
    }
  }
  return told;
}

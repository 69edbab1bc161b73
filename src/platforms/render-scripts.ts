import type { ProjectFiles } from "../files/project-files.ts";
import { startOf } from "../location.ts";
import type { Command, ManifestProblem, Step } from "./manifest.ts";
import { resolvePath } from "./paths.ts";
import { needsShell } from "./shell/needs-shell.ts";
import { parseShell } from "./shell/script.ts";

const check = "render-scripts";

/**
 * Build scripts that go on behind a failed command, and pre-deploy commands that need a shell (catalogue
 * DC753; render-examples/django @fbc60fc has `set -o errexit` in its build.sh).
 */
export function scriptMistakes(files: ProjectFiles, steps: readonly Step[]): readonly ManifestProblem[] {
  return steps.flatMap((step) =>
    step.phase === "build" ? goesOn(files, step) : step.shell === false ? withoutShell(step) : [],
  );
}

/** `./build.sh`, `bash build.sh`, `chmod +x build.sh && ./build.sh`; `bash -e build.sh` stops by itself. */
const runsScript =
  /(?:^|&&|;)\s*(?:(?:(?:ba|da|z)?sh|source|\.)\s+(?:\.\/)?|\.\/)((?:[\w-]+\/)*[\w.-]+\.sh)\b/gm;

function goesOn(files: ProjectFiles, { command, folder = "" }: Command): ManifestProblem[] {
  return [...command.matchAll(runsScript)].flatMap(([, name = ""]) => {
    const path = resolvePath(folder, name) ?? "";
    const text = files.text(path);
    if (text === undefined || stopsAtErrors(text)) return [];
    const [first, second] = parseShell(text);
    if (!first || !second) return [];
    return [
      {
        kind: "invalid" as const,
        message: `${path} goes on behind a command that fails, so a broken build is deployed`,
        at: startOf(path),
        check,
        fix: "#!/usr/bin/env bash\nset -o errexit",
      },
    ];
  });
}

/** `set -e`, alone or among others, `set -o errexit`, a shebang with `-e`; or every command but the last ends in `&&`. */
function stopsAtErrors(text: string): boolean {
  if (/^#!.*\s-\w*e/.test(text)) return true;
  if (/^[^\S\n]*set\s+(?:[^\n#]*\s)?-(?:\w*e\w*\b|\w*o\s+errexit\b)/m.test(text)) return true;
  const lines = text.split(/\r\n|\r|\n/).filter((line) => !/^\s*(?:#.*)?$/.test(line));
  return lines.slice(0, -1).every((line) => /(?:&&|\\|\|\|\s*exit(?:\s+\d+)?)\s*$/.test(line));
}

function withoutShell({ command, at }: Command): ManifestProblem[] {
  const reason = needsShell(command);
  if (reason === undefined) return [];
  return [
    {
      kind: "invalid",
      message: `no shell reads preDeployCommand, so its first program gets "${reason}" as an argument`,
      at,
      check,
      fix: `preDeployCommand: bash -c '${command.replaceAll("'", `'\\''`)}'`,
    },
  ];
}

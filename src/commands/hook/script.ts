import type { HookName } from "./judged.ts";
import { marked } from "./marked.ts";

export interface ScriptOptions {
  readonly hook: HookName;
  /** The project, from the top of the repository; "" leaves it to the configuration. */
  readonly project: string;
  /** What cannot be judged blocks too, and so does a missing deploy-check. */
  readonly strict: boolean;
}

/** A hook of git's own, which runs the one that was there before it. */
export function hookScript(options: ScriptOptions): string {
  const before = `${options.hook}.local`;
  const chain = [
    "",
    `# The hook that was here before, if there was one; deploy-check hook uninstall puts it back.`,
    `deploy_check_before=$(dirname "$0")/${before}`,
    'if [ -x "$deploy_check_before" ]; then',
    options.hook === "pre-push"
      ? '  deploy_check_refs | "$deploy_check_before" "$@" || exit $?'
      : '  "$deploy_check_before" "$@" || exit $?',
    "fi",
  ];
  return `#!/bin/sh\n${marked(options.hook, [...intro(options), ...chain, "", ...body(options)])}`;
}

/** The same as a part of a hook that has other parts, all of which shall read what git tells. */
export function hookPart(options: ScriptOptions): string {
  const giveBack = [
    'if [ -n "$deploy_check_stdin" ]; then',
    "exec <<DEPLOY_CHECK_REFS",
    "$deploy_check_stdin",
    "DEPLOY_CHECK_REFS",
    "else exec </dev/null; fi",
  ];
  return marked(options.hook, [
    ...intro(options),
    "",
    ...body(options),
    ...(options.hook === "pre-push" ? ["", "# What follows reads what git tells, too.", ...giveBack] : []),
  ]);
}

function intro({ hook }: ScriptOptions): readonly string[] {
  if (hook === "pre-commit")
    return [
      "# Judges what is staged, not what is in the folder. To commit all the same: git commit --no-verify",
    ];
  return [
    "# Judges what is pushed, not what is in the folder. To push all the same: git push --no-verify",
    "deploy_check_stdin=$(cat)",
    "deploy_check_refs() {",
    '  [ -z "$deploy_check_stdin" ] || printf \'%s\\n\' "$deploy_check_stdin"',
    "}",
  ];
}

/** For every sh: dash, that of BusyBox, and that of Git for Windows. It may run under `sh -e`. */
function body({ hook, project, strict }: ScriptOptions): readonly string[] {
  const folders = [
    ".",
    ...(project === "" ? [] : [quoted(project)]),
    // A worktree has no packages of its own.
    '"$(git rev-parse --git-common-dir 2>/dev/null)/.."',
  ];
  const words = [
    `hook run ${hook}`,
    ...(strict ? ["--strict"] : []),
    ...(project === "" ? [] : [`--project ${quoted(project)}`]),
    '-- "$@"',
  ].join(" ");
  const input = hook === "pre-push" ? "deploy_check_refs | " : "";
  return [
    "deploy_check() {",
    `  for deploy_check_in in ${folders.join(" ")}; do`,
    '    if [ -x "$deploy_check_in/node_modules/.bin/deploy-check" ]; then',
    '      "$deploy_check_in/node_modules/.bin/deploy-check" "$@"',
    "      return",
    "    fi",
    "  done",
    "  if command -v deploy-check >/dev/null 2>&1; then",
    '    deploy-check "$@"',
    "  elif npx --no-install deploy-check --version </dev/null >/dev/null 2>&1; then",
    '    npx --no-install deploy-check "$@"',
    "  else",
    "    return 127",
    "  fi",
    "}",
    "deploy_check_code=0",
    `${input}deploy_check ${words} || deploy_check_code=$?`,
    'if [ "$deploy_check_code" -ge 126 ]; then',
    '  echo "deploy-check: it cannot be started from this hook, so nothing was judged" >&2',
    '  echo "  to fix it: npm install --save-dev deploy-check, and see that node is on the PATH" >&2',
    ...(strict
      ? [`  echo "  to ${verbs[hook]} all the same: git ${verbs[hook]} --no-verify" >&2`, "  exit 1"]
      : []),
    'elif [ "$deploy_check_code" -ne 0 ]; then',
    '  exit "$deploy_check_code"',
    "fi",
  ];
}

const verbs: Readonly<Record<HookName, string>> = { "pre-push": "push", "pre-commit": "commit" };

/** A word of a shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

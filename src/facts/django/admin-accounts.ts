import type { Location } from "../../location.ts";
import type { Call, Expression } from "../../python/tree.ts";
import type { Apps } from "../apps.ts";
import { nodesIn, type SourceFile } from "../code/source-file.ts";
import type { Code } from "../code.ts";
import type { DeploySteps } from "../deploy-steps.ts";
import { subcommand } from "../steps/kind.ts";
import { textIn } from "./apps/definitions.ts";

/** Something that gives an administrator a password that is written in the repository. */
export interface WrittenAdmin {
  readonly at: Location;
  /** What does it, to begin a sentence: "the migration 0002_admin of accounts". */
  readonly by: string;
  /** The variable that replaces the written password, where there is one. */
  readonly variable: string | undefined;
  /** A deployment does it by itself; otherwise somebody has to ask for a page, or to import it. */
  readonly reached: boolean;
}

/** Migrations, commands and scripts that a deployment runs, and what a web process imports. No password is told. */
export function writtenAdmins(
  steps: Pick<DeploySteps, "all">,
  apps: Pick<Apps, "own">,
  code: Code,
): readonly WrittenAdmin[] {
  const found: WrittenAdmin[] = [];
  const add = (file: SourceFile | undefined, by: string, reached: boolean) => {
    for (const { at, variable } of file ? passwordsIn(file) : []) found.push({ at, by, variable, reached });
  };
  for (const { label, name, migrations } of apps.own)
    for (const each of migrations.kind === "package" ? migrations.migrations : [])
      add(mentions(code.file(each.at.file)), `the migration ${each.name} of ${label ?? name}`, true);
  for (const { launch } of steps.all) {
    if (launch.conditional) continue;
    const { program, args } = launch;
    const texts = args.map(({ text }) => text);
    if (texts.some((text) => inShell.test(text)))
      found.push({
        at: launch.at,
        by: `the deployment, in ${launch.at.file},`,
        variable: undefined,
        reached: true,
      });
    const command = program === "manage.py" || program === "django-admin" ? subcommand(launch) : undefined;
    const ends = command ? `management/commands/${command}.py` : program === "python" ? texts[0] : undefined;
    const path = ends && code.paths.find((each) => each === ends || each.endsWith(`/${ends}`));
    if (path) add(mentions(code.file(path)), command ? `manage.py ${command}` : path, true);
  }
  for (const file of code.mentioning(/\bcreate_superuser\(/))
    if (/(?:^|\/)(?:[wa]sgi|urls|views|apps|signals)\.py$/.test(file.path)) add(file, file.path, false);
  return [
    ...new Map(found.reverse().map((each) => [`${each.at.file}:${each.at.line}`, each])).values(),
  ].reverse();
}

/** `shell -c "… create_superuser('admin', 'a@example.com', 'admin')"` */
const inShell =
  /create_superuser\(\s*(?:\w+\s*=\s*)?(["'])[^"']*\1\s*,\s*(?:\w+\s*=\s*)?(["'])[^"']*\2\s*,\s*(?:\w+\s*=\s*)?(["'])(?!\$)[^"']+\3/;

function mentions(file: SourceFile | undefined): SourceFile | undefined {
  return file && /\bcreate_superuser\(/.test(file.text) ? file : undefined;
}

function passwordsIn(file: SourceFile): readonly Pick<WrittenAdmin, "at" | "variable">[] {
  return [...nodesIn(file.module.body)].flatMap((node) => {
    if (node.nodeType !== "Call" || node.func.nodeType !== "Attribute") return [];
    if (node.func.attr !== "create_superuser") return [];
    const password = passwordOf(node);
    const written = password && writtenIn(password, file, 0);
    return written ? [{ at: file.at(node), variable: written.variable }] : [];
  });
}

/** `create_superuser(username, email, password)`, or by its name. */
function passwordOf({ args, keywords }: Call): Expression | undefined {
  return keywords.find(({ arg }) => arg === "password")?.value ?? args[2];
}

/** Undefined for a password that is not in the code. */
function writtenIn(
  node: Expression,
  file: SourceFile,
  depth: number,
): { readonly variable: string | undefined } | undefined {
  const text = textIn(node);
  if (text !== undefined) return text === "" ? undefined : { variable: undefined };
  if (node.nodeType === "Name" && depth < 3) {
    const values = [...nodesIn(file.module.body)].flatMap((each) =>
      each.nodeType === "Assign" && each.targets.some((to) => to.nodeType === "Name" && to.id === node.id)
        ? [each.value]
        : [],
    );
    const [value, ...more] = values;
    return value && more.length === 0 ? writtenIn(value, file, depth + 1) : undefined;
  }
  if (node.nodeType !== "Call") return undefined;
  const name = file.qualified(node.func) ?? "";
  if (!/^os\.(?:getenv|environ\.get)$/.test(name)) return undefined;
  const variable = textIn(node.args[0]);
  const fallback = textIn(node.args[1] ?? node.keywords[0]?.value);
  return variable !== undefined && fallback ? { variable } : undefined;
}

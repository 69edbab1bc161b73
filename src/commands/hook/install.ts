import { join } from "node:path";
import type { Change } from "../../files/changes.ts";
import { WrongUsage } from "../outcome.ts";
import type { HookName } from "./judged.ts";
import { splitMarked } from "./marked.ts";
import {
  gitHook,
  hookBefore,
  huskyFolder,
  lefthookFile,
  type Manager,
  managerOf,
  otherManager,
  type Places,
  preCommitFile,
  shown,
} from "./places.ts";
import { hookPart, hookScript, type ScriptOptions } from "./script.ts";

export interface InstallRequest {
  readonly places: Places;
  readonly hooks: readonly HookName[];
  /** Undefined: the one that the repository shows. */
  readonly manager: Manager | undefined;
  readonly project: string;
  readonly strict: boolean;
  /** Write into a folder of hooks that is not the repository's own. */
  readonly force: boolean;
  readonly version: string;
}

/** What is to be done, and said; `byHand` holds what the user has to do, because we should not. */
export interface Plan {
  readonly changes: readonly Change[];
  readonly says: readonly string[];
  readonly byHand?: boolean;
}

/** How hooks are installed: in the form of whoever manages them. Installing twice is as good as once. */
export async function installation(request: InstallRequest): Promise<Plan> {
  const manager = request.manager ?? managerOf(request.places);
  const { inYaml, ...byName } = forms;
  const other = request.manager === undefined && manager === "git" ? otherManager(request.places) : undefined;
  if (other !== undefined) return commandsFor(request, other);
  if (manager === "lefthook" || manager === "pre-commit") return inYaml[manager](request);
  return joined(request.hooks.map((hook) => byName[manager](request, hook)));
}

/** Where only a person can write: what the hook has to call. */
function commandsFor({ hooks, project, strict }: InstallRequest, file: string): Plan {
  const folder = /^[\w./-]*$/.test(project) ? project : `'${project.replaceAll("'", "'\\''")}'`;
  const options = `${strict ? " --strict" : ""}${project === "" ? "" : ` --project ${folder}`}`;
  const commands = hooks.map((hook) => `  ${hook}: npx --no-install deploy-check hook run ${hook}${options}`);
  const stdin = hooks.includes("pre-push")
    ? ["  pre-push has to be given what git writes to its standard input"]
    : [];
  return {
    changes: [],
    says: [
      `${file} says who runs the hooks, and is not edited; have it call`,
      ...commands,
      ...stdin,
      "  or let --manager git write a hook of git's own",
    ],
    byHand: true,
  };
}

export function joined(plans: readonly Plan[]): Plan {
  return {
    changes: plans.flatMap(({ changes }) => changes),
    says: plans.flatMap(({ says }) => says),
    byHand: plans.some(({ byHand = false }) => byHand),
  };
}

const forms = {
  git: inGit,
  husky: inHusky,
  inYaml: { lefthook: inLefthookFile, "pre-commit": inPreCommitFile },
};

function inGit(request: InstallRequest, hook: HookName): Plan {
  const { places } = request;
  if (places.shared && !request.force)
    throw new WrongUsage(
      `git looks for the hooks of every repository in ${places.hooks}, by the user's core.hooksPath; --force writes one there, for all of them`,
    );
  const path = gitHook(places, hook);
  const before = hookBefore(places, hook);
  const text = hookScript(optionsFor(request, hook));
  const found = places.look(path);
  const write: Change = { kind: "write", path, text, executable: true };
  if (found.kind === "nothing") return { changes: [write], says: [`${hook}: wrote ${shown(places, path)}`] };
  if (found.kind !== "file") throw new WrongUsage(`${shown(places, path)} is no file that can be read`);
  const own = splitMarked(found.text, hook);
  if (own !== undefined) {
    const theirs = own.rest.replace(/^#!.*\n/, "");
    const whole = text + theirs;
    if (found.text === whole) return { changes: [], says: [`${hook}: ${shown(places, path)} is up to date`] };
    return {
      changes: [{ ...write, text: whole }],
      says: [`${hook}: wrote ${shown(places, path)} anew`],
    };
  }
  if (places.look(before).kind !== "nothing")
    throw new WrongUsage(
      `both ${shown(places, path)} and ${shown(places, before)} are there, and only one hook can be kept; merge them into the first and remove the second`,
    );
  return {
    changes: [{ kind: "move", path, to: before }, write],
    says: [
      `${hook}: wrote ${shown(places, path)}; the hook that was there is now ${shown(places, before)}, and runs first`,
    ],
  };
}

function inHusky(request: InstallRequest, hook: HookName): Plan {
  const { places } = request;
  const path = join(huskyFolder(places) ?? join(places.top, ".husky"), hook);
  const found = places.look(path);
  const was = found.kind === "file" ? found.text : "";
  const rest = splitMarked(was, hook)?.rest ?? was;
  // What husky before version 9 begins with has to stay the beginning.
  const head = /^(?:#!.*\n)?(?:\. .*husky\.sh["']?\n)?/.exec(rest)?.[0] ?? "";
  const text = head + hookPart(optionsFor(request, hook)) + rest.slice(head.length);
  if (found.kind !== "file" && found.kind !== "nothing")
    throw new WrongUsage(`${shown(places, path)} is no file that can be read`);
  const plan = written(places, hook, path, was, text, true);
  const calls = places.hooks.replaceAll("\\", "/").includes("/.husky");
  return calls
    ? plan
    : { ...plan, says: [...plan.says, "npx husky has git call husky, which it does not yet"] };
}

async function inLefthookFile(request: InstallRequest): Promise<Plan> {
  const { inLefthook } = await import("./yaml-form.ts");
  const path = lefthookFile(request.places) ?? join(request.places.top, "lefthook.yml");
  await requirePlain(request);
  const plans: Plan[] = [];
  let text = textAt(request.places, path);
  for (const hook of request.hooks) {
    const edited = inLefthook(text, optionsFor(request, hook));
    if ("byHand" in edited) {
      plans.push(byHandIn(request.places, path, edited.byHand));
      continue;
    }
    plans.push(written(request.places, hook, path, text, edited.text, false));
    text = edited.text;
  }
  return joined([
    ...plans,
    { changes: [], says: ["lefthook install has git call lefthook, if it does not yet"] },
  ]);
}

async function inPreCommitFile(request: InstallRequest): Promise<Plan> {
  const { frameworkLabel, inPreCommit } = await import("./yaml-form.ts");
  const { places } = request;
  await requirePlain(request);
  const path = preCommitFile(places);
  const was = textAt(places, path);
  const inside = splitMarked(was, frameworkLabel)?.inside ?? "";
  const before = (["pre-commit", "pre-push"] as const).filter((hook) =>
    new RegExp(`stages: .*\\b${hook}\\b`).test(inside),
  );
  const hooks = [...new Set([...before, ...request.hooks])];
  const edited = inPreCommit(was, hooks, request);
  if ("byHand" in edited) return byHandIn(places, path, edited.byHand);
  const plan = written(places, request.hooks.join(", "), path, was, edited.text, false);
  const types = hooks.map((hook) => ` --hook-type ${hook}`).join("");
  return {
    ...plan,
    says: [...plan.says, `pre-commit install${types} has git call pre-commit, if it does not yet`],
  };
}

async function requirePlain({ project }: InstallRequest): Promise<void> {
  const { isPlainFolder } = await import("./yaml-form.ts");
  if (!isPlainFolder(project))
    throw new WrongUsage(
      `the folder ${project} cannot be written into a file of YAML; name it in deploy-check.yaml instead: root: ${project}`,
    );
}

function written(
  places: Places,
  what: string,
  path: string,
  was: string,
  text: string,
  executable: boolean,
): Plan {
  const place = shown(places, path);
  const found = places.look(path);
  // Whoever wrote the project decides where its links lead.
  if (found.kind === "file" && found.isLink)
    throw new WrongUsage(`${place} is a link, and what it leads to is not written into`);
  if (was === text) return { changes: [], says: [`${what}: ${place} is up to date`] };
  return { changes: [{ kind: "write", path, text, executable }], says: [`${what}: wrote into ${place}`] };
}

function byHandIn(places: Places, path: string, lines: string): Plan {
  return {
    changes: [],
    says: [
      `${shown(places, path)} cannot be edited safely; these lines belong into it:`,
      "",
      lines.trimEnd(),
    ],
    byHand: true,
  };
}

function textAt({ look }: Places, path: string): string {
  const found = look(path);
  return found.kind === "file" ? found.text : "";
}

function optionsFor({ project, strict }: InstallRequest, hook: HookName): ScriptOptions {
  return { hook, project, strict };
}

import { join } from "node:path";
import { joined, type Plan } from "./install.ts";
import type { HookName } from "./judged.ts";
import { splitMarked } from "./marked.ts";
import {
  gitHook,
  hookBefore,
  huskyFolder,
  lefthookFile,
  type Places,
  preCommitFile,
  shown,
} from "./places.ts";

export const hookNames = ["pre-push", "pre-commit"] as const;

/** A place where something of ours is. */
interface Installed {
  readonly hook: HookName | "pre-push and pre-commit";
  readonly kind: "git" | "husky" | "file";
  readonly path: string;
  /** What is between our marks, and around them. */
  readonly inside: string;
  readonly rest: string;
}

/** Everything that is installed, whoever manages the hooks today. */
function installed(places: Places): readonly Installed[] {
  const at = (
    path: string | undefined,
    label: string,
    found: Pick<Installed, "hook" | "kind">,
  ): readonly Installed[] => {
    const file = path === undefined ? undefined : places.look(path);
    const split = file?.kind === "file" ? splitMarked(file.text, label) : undefined;
    return path === undefined || split === undefined ? [] : [{ ...found, ...split, path }];
  };
  const husky = huskyFolder(places);
  return [
    ...hookNames.flatMap((hook) => [
      ...at(gitHook(places, hook), hook, { hook, kind: "git" }),
      ...(husky === undefined || join(husky, hook) === gitHook(places, hook)
        ? []
        : at(join(husky, hook), hook, { hook, kind: "husky" })),
      ...at(lefthookFile(places), hook, { hook, kind: "file" }),
    ]),
    ...at(preCommitFile(places), "hook", { hook: "pre-push and pre-commit", kind: "file" }),
  ];
}

/** How everything of ours is taken out again, and what was there before is put back. */
export function uninstallation(places: Places): Plan {
  const found = installed(places);
  if (found.length === 0) return { changes: [], says: ["no hook of deploy-check is installed here"] };
  const texts = new Map<string, string>();
  return joined(
    found.map((each) => {
      // A lefthook.yml may hold both hooks.
      const rest = splitMarked(texts.get(each.path) ?? "", each.hook)?.rest ?? each.rest;
      texts.set(each.path, rest);
      return removal(places, each, rest);
    }),
  );
}

function removal(places: Places, { hook, kind, path }: Installed, rest: string): Plan {
  const place = shown(places, path);
  const isEmpty = rest.replace(/^#!.*/, "").trim() === "";
  if (kind === "file" || !isEmpty) {
    return {
      changes: [{ kind: "write", path, text: rest, executable: kind !== "file" }],
      says: [`${hook}: removed from ${place}`],
    };
  }
  if (kind === "husky" || hook === "pre-push and pre-commit")
    return { changes: [{ kind: "remove", path }], says: [`${hook}: removed ${place}`] };
  const before = hookBefore(places, hook);
  if (places.look(before).kind !== "file")
    return { changes: [{ kind: "remove", path }], says: [`${hook}: removed ${place}`] };
  return {
    changes: [
      { kind: "remove", path },
      { kind: "move", path: before, to: path },
    ],
    says: [`${hook}: removed ${place}, and put back what was there before`],
  };
}

/** What is installed, a line for each hook. */
export function status(places: Places): readonly string[] {
  const found = installed(places);
  const lines = found.map(({ hook, kind, path, inside }) => {
    const named = hook === "pre-push and pre-commit" ? (/stages: \[(.*)\]/.exec(inside)?.[1] ?? hook) : hook;
    const before =
      kind === "git" && hook !== "pre-push and pre-commit" ? hookBefore(places, hook) : undefined;
    const chained =
      before !== undefined && places.look(before).kind === "file" ? `, after ${shown(places, before)}` : "";
    return { named, line: `${named}: installed in ${shown(places, path)}${chained}` };
  });
  const missing = hookNames.filter((hook) => !lines.some(({ named }) => named.includes(hook)));
  return [...lines.map(({ line }) => line), ...missing.map((hook) => `${hook}: not installed`)];
}

import type { Model } from "../machine.ts";
import { define, model } from "./define.ts";
import { textOf } from "./make.ts";

/**
 * dynaconf: its files, `.secrets` and the environment have the last word over everything that the module
 * sets, so nothing of that is known once it was called. Its own merging rules are not modelled.
 */
const django = define(
  "DjangoDynaconf",
  { optional: ["module_name"], rest: true, others: true },
  ({ machine, at, given }) => {
    const unseen = machine.opaque(
      "may come from dynaconf's files or environment, which are not modelled",
      at,
    );
    const name = textOf(given.module_name);
    const names = name === undefined ? undefined : machine.import(name, at).names;
    for (const [key, { env }] of [...(names ?? [])])
      if (/^[A-Z][A-Z0-9_]*$/.test(key)) names?.set(key, { value: unseen, at, env });
    machine.execute(unseen, at);
    return unseen;
  },
  { takesOpaque: true },
);

export const dynaconfModels: readonly Model[] = [model("dynaconf", () => [["DjangoDynaconf", django]])];

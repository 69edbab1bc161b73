import type { WebServer } from "../web-server.ts";

/** How many processes answer requests, as far as the files tell. */
export interface ProcessCount {
  /** More than one; undefined where a variable or an expression decides. */
  readonly several: boolean | undefined;
  /** In words, to finish "and … answer requests": "3 processes". */
  readonly says: string;
}

/** Workers of the server, times the instances that a manifest asks for. */
export function processCount({ options: { workers }, process }: WebServer): ProcessCount {
  const instances = process.instances ?? 1;
  const known =
    workers === undefined
      ? 1
      : workers.known && /^\d+$/.test(workers.text)
        ? Number(workers.text)
        : undefined;
  if (known === undefined)
    return { several: instances > 1 ? true : undefined, says: `as many processes as ${workers?.text} says` };
  const count = known * instances;
  return { several: count > 1, says: count === 1 ? "one process" : `${count} processes` };
}

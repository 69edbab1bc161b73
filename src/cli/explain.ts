import type { Command } from "commander";
import { checks } from "../checks/index.ts";
import { explain } from "../commands/explain.ts";
import type { Invocation } from "./world.ts";

export function defineExplainCommand(program: Command, { end }: Invocation): void {
  program
    .command("explain")
    .description("explain a check: why it matters, what to do, examples")
    .argument("<check>", "its id, or the id of a Django check")
    .action((name: string) => end(explain(checks, name)));
}

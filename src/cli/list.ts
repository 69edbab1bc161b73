import type { Command } from "commander";
import { checks } from "../checks/index.ts";
import { list } from "../commands/list.ts";
import type { Invocation } from "./world.ts";

export function defineListCommand(program: Command, { end }: Invocation): void {
  program
    .command("list")
    .description("list every check")
    .action(() => end(list(checks)));
}

import type { Command } from "commander";
import { checks } from "../checks/index.ts";
import { list, listByHand } from "../commands/list.ts";
import { byHand } from "../report/by-hand.ts";
import type { Invocation } from "./world.ts";

export function defineListCommand(program: Command, { end }: Invocation): void {
  program
    .command("list")
    .description("list every check")
    .option("--manual", "list what no file shows, to be verified by hand")
    .action(({ manual = false }: { readonly manual?: boolean }) =>
      end(manual ? listByHand(byHand) : list(checks)),
    );
}

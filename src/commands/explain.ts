import type { Check } from "../check.ts";
import { checksNamed, nearestName } from "../checks/named.ts";
import { explain as page } from "../explain.ts";
import { type Outcome, printed, WrongUsage } from "./outcome.ts";

/** The page of a check, or the pages of all that carry a Django id. */
export function explain(checks: readonly Check[], name: string): Outcome {
  const found = checksNamed(checks, name);
  if (found.length === 0) throw unknownCheck(checks, name);
  return printed(found.map(page).join("\n"));
}

export function unknownCheck(checks: readonly Check[], name: string): WrongUsage {
  const nearest = nearestName(checks, name);
  const instead = nearest === undefined ? "deploy-check list shows them all" : `did you mean ${nearest}?`;
  return new WrongUsage(`there is no check ${name}; ${instead}`);
}

import { satisfies } from "@renovatebot/pep440";
import type { Packages, Requirement } from "../packages.ts";
import type { WebServer } from "../web-server.ts";

/**
 * The gunicorn that is installed, where its worker class is eventlet and it has none, as since 26
 * (https://gunicorn.org/news/, read 2026-11-20); undefined where all is well.
 */
export function withoutEventlet(
  { program, workerClass }: Pick<WebServer, "program" | "workerClass">,
  packages: Packages,
): Requirement | undefined {
  if (program !== "gunicorn" || !workerClass?.known) return undefined;
  if (!/^(?:eventlet|gunicorn\.workers\.geventlet\.EventletWorker)$/.test(workerClass.text)) return undefined;
  const gunicorn = packages.get("gunicorn");
  return gunicorn && mayBe26(gunicorn) ? gunicorn : undefined;
}

/** Without a bound the newest is installed. */
function mayBe26({ version, specifier, url }: Requirement): boolean {
  if (url !== undefined) return false;
  if (version !== undefined) return Number(version.split(".")[0]) >= 26;
  return specifier === "" || satisfies("26.1.0", specifier);
}

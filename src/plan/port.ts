import type { ListenPort } from "../facts/servers/bind.ts";
import type { Location } from "../location.ts";
import type { Platform } from "../platforms/platform.ts";
import type { PlanFacts } from "./plan.ts";

export interface PlannedPort {
  /** The variable that the platform sets: "PORT". */
  readonly variable: string | undefined;
  /** The port that the platform sends requests to, where it is fixed or declared. */
  readonly number: number | undefined;
  /** What declares the number: "internal_port in fly.toml". */
  readonly source: string;
  readonly at: Location | undefined;
  /** Where the server listens, in words; undefined if no server is known. */
  readonly server: string | undefined;
}

export function plannedPort({ webServer }: PlanFacts, platform: Platform): PlannedPort {
  const { variable, number, declared } = platform.port;
  return {
    variable,
    number,
    source: declared ? `${declared.key} in ${declared.at.file}` : platform.name,
    at: declared?.at,
    server: webServer && `${webServer.program} ${listening(webServer.bind)}`,
  };
}

function listening(bind: NonNullable<PlanFacts["webServer"]>["bind"]): string {
  switch (bind.kind) {
    case "everywhere":
      return `listens on every interface${atPort(bind.port)}`;
    case "loopback":
      return `listens on ${bind.host}${atPort(bind.port)}`;
    case "socket":
      return "listens on a socket";
    case "unclear":
      return "listens where the files do not tell";
  }
}

function atPort(port: ListenPort | undefined): string {
  if (!port) return "";
  return port.kind === "number" ? `, port ${port.number}` : `, port $${port.name}`;
}

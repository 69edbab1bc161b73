import type { WebServer } from "../web-server.ts";

/** The number of the port that a server listens on, or why it is not known, as a sentence. */
export type PortOfServer =
  | { readonly kind: "known"; readonly number: number }
  | { readonly kind: "unknown"; readonly because: string };

export function portOfServer({ program, bind }: Pick<WebServer, "program" | "bind">): PortOfServer {
  const unknown = (because: string): PortOfServer => ({ kind: "unknown", because });
  if (bind.kind === "socket") return unknown(`${program} listens on a socket`);
  if (bind.kind === "unclear") return unknown(`where ${program} listens cannot be told: ${bind.because}`);
  if (!bind.port) return unknown(`which port ${program} listens on cannot be told`);
  return bind.port.kind === "number"
    ? { kind: "known", number: bind.port.number }
    : unknown(`${program} takes its port from $${bind.port.name}, whose value is not known`);
}

import type { Argument } from "../../platforms/shell/expand.ts";

/** Where a server listens. `because` is a clause about it: "its option --host is 127.0.0.1". */
export type Bind =
  | { readonly kind: "everywhere" }
  | {
      readonly kind: "loopback";
      readonly host: string;
      readonly because: string;
      /** The configuration file that says so, if it is not the command. */
      readonly file?: string;
    }
  | { readonly kind: "socket" }
  | { readonly kind: "unclear"; readonly because: string };

/** A host on its own. */
export function bindToHost(host: string, because: string): Bind {
  const bare = host.replace(/^\[(.*)\]$/, "$1").toLowerCase();
  if (/^127\./.test(bare) || bare === "localhost" || bare === "::1")
    return { kind: "loopback", host: bare, because };
  if (/[$`{]/.test(bare)) return { kind: "unclear", because: `${because}, which is not known` };
  return { kind: "everywhere" };
}

/** `host:port`, `:port`, `[host]:port`, `unix:path`, `fd://n`; a host alone has the server's default port. */
export function bindToAddress(address: string, because: string): Bind {
  const text = address.replace(/^(?:tcp|https?):\/\//, "");
  if (/^(?:unix:|fd:\/\/|\/)/.test(text)) return { kind: "socket" };
  if (/^[$`]/.test(text)) return { kind: "unclear", because: `${because}, which is not known` };
  const [, bracketed] = /^\[([^\]]*)\]/.exec(text) ?? [];
  if (bracketed !== undefined) return bindToHost(bracketed, because);
  const colon = text.lastIndexOf(":");
  return bindToHost(colon < 0 ? text : text.slice(0, colon), because);
}

/** Of several addresses one that answers from outside is enough. */
export function bindToAny(binds: readonly Bind[]): Bind | undefined {
  const order = ["everywhere", "unclear", "socket", "loopback"];
  return [...binds].sort((one, two) => order.indexOf(one.kind) - order.indexOf(two.kind))[0];
}

export function optionBind(option: string, { text }: Argument): Bind {
  return bindToAddress(text, `its option ${option} is ${text}`);
}

export function optionHost(option: string, { text }: Argument): Bind {
  return bindToHost(text, `its option ${option} is ${text}`);
}

export function defaultLoopback(server: string): Bind {
  return {
    kind: "loopback",
    host: "127.0.0.1",
    because: `${server} listens there unless it is told otherwise`,
  };
}

import type { Argument } from "../../platforms/shell/expand.ts";

/** Where a server listens. `because` is a clause about it: "its option --host is 127.0.0.1". */
export type Bind =
  | { readonly kind: "everywhere"; readonly port?: ListenPort | undefined }
  | {
      readonly kind: "loopback";
      readonly host: string;
      readonly because: string;
      readonly port?: ListenPort | undefined;
      /** The configuration file that says so, if it is not the command. */
      readonly file?: string;
    }
  | { readonly kind: "socket" }
  | { readonly kind: "unclear"; readonly because: string };

/** The port, where it is known: a number, or the variable that holds it. */
export type ListenPort =
  | { readonly kind: "number"; readonly number: number }
  | { readonly kind: "variable"; readonly name: string };

/** A port as a command line has it: `8000`, `$PORT`, `${PORT:-8000}`. Undefined if it is neither a number nor a variable. */
export function portOf({ text, known }: Argument): ListenPort | undefined {
  if (known && /^\d{1,5}$/.test(text)) return { kind: "number", number: Number(text) };
  const name = known ? undefined : /^\$\{?([A-Za-z_]\w*)\b/.exec(text)?.[1];
  return name === undefined ? undefined : { kind: "variable", name };
}

/** A number as a port: a server's default. */
export function portNumber(number: number): ListenPort {
  return { kind: "number", number };
}

/** A host on its own, and the port beside it. */
export function bindToHost(host: string, because: string, port?: ListenPort): Bind {
  const bare = host.replace(/^\[(.*)\]$/, "$1").toLowerCase();
  const at = port === undefined ? {} : { port };
  if (/^127\./.test(bare) || bare === "localhost" || bare === "::1")
    return { kind: "loopback", host: bare, because, ...at };
  if (/[$`{]/.test(bare)) return { kind: "unclear", because: `${because}, which is not known` };
  return { kind: "everywhere", ...at };
}

/** `host:port`, `:port`, `[host]:port`, `unix:path`, `fd://n`; a host alone has the server's default port. */
export function bindToAddress(
  { text: address, known }: Argument,
  because: string,
  fallback?: ListenPort,
): Bind {
  const text = address.replace(/^(?:tcp|https?):\/\//, "");
  if (/^(?:unix:|fd:\/\/|\/)/.test(text)) return { kind: "socket" };
  if (/^[$`]/.test(text)) return { kind: "unclear", because: `${because}, which is not known` };
  const [, bracketed, behind] = /^\[([^\]]*)\]:?(.*)$/s.exec(text) ?? [];
  const port = (part: string | undefined) => (part ? portOf({ text: part, known }) : fallback);
  if (bracketed !== undefined) return bindToHost(bracketed, because, port(behind));
  const colon = text.lastIndexOf(":");
  if (colon < 0) return bindToHost(text, because, fallback);
  return bindToHost(text.slice(0, colon), because, port(text.slice(colon + 1)));
}

/** Of several addresses one that answers from outside is enough. */
export function bindToAny(binds: readonly Bind[]): Bind | undefined {
  const order = ["everywhere", "unclear", "socket", "loopback"];
  return [...binds].sort((one, two) => order.indexOf(one.kind) - order.indexOf(two.kind))[0];
}

export function optionBind(option: string, address: Argument, fallback?: ListenPort): Bind {
  return bindToAddress(address, `its option ${option} is ${address.text}`, fallback);
}

export function optionHost(option: string, { text }: Argument, port?: ListenPort): Bind {
  return bindToHost(text, `its option ${option} is ${text}`, port);
}

export function defaultLoopback(server: string, port?: ListenPort): Bind {
  return {
    kind: "loopback",
    host: "127.0.0.1",
    because: `${server} listens there unless it is told otherwise`,
    ...(port && { port }),
  };
}

import type { Argument } from "../../platforms/shell/expand.ts";
import type { Bind } from "./bind.ts";
import type { Options } from "./options.ts";
import type { ServerProgram } from "./programs.ts";

/**
 * Whose word a server takes for it that a request was HTTPS (X-Forwarded-Proto), and why, as a clause.
 * `anyone`: whoever asks; `same-machine`: a proxy beside it; `nobody`: it does not look at the header.
 */
export interface ProxyTrust {
  readonly kind: "anyone" | "same-machine" | "named" | "nobody" | "unclear";
  readonly because: string;
}

/** What of a server's surroundings decides. */
export interface TrustContext {
  readonly options: Options;
  variable(name: string): Argument | undefined;
  readonly bind: Bind;
  /** gunicorn's `forwarded_allow_ips`, from its command line or its configuration file. */
  readonly allowed: Argument | undefined;
}

/**
 * gunicorn 26.1 `gunicorn/http/message.py` and `config.py`; uvicorn 0.54 `config.py`; daphne 4.2 `cli.py`;
 * waitress 3.0 `proxy_headers.py`; uWSGI 2.0 `core/protocol.c`; read on 2026-11-20.
 */
const readers: Partial<Readonly<Record<ServerProgram, (context: TrustContext) => ProxyTrust>>> = {
  gunicorn: ({ allowed, variable, bind }) =>
    bind.kind === "socket"
      ? { kind: "anyone", because: "gunicorn listens on a socket of the machine" }
      : allowedPeers("gunicorn", allowed ?? variable("FORWARDED_ALLOW_IPS")),
  uvicorn: uvicornTrust,
  fastapi: uvicornTrust,
  daphne: ({ options }) =>
    options.last("--proxy-headers")
      ? { kind: "anyone", because: "daphne has --proxy-headers" }
      : { kind: "nobody", because: "daphne has no --proxy-headers" },
  waitress: ({ options }) => {
    if (options.last("--url-scheme")?.text === "https")
      return { kind: "anyone", because: "waitress-serve has --url-scheme=https" };
    const peer = options.last("--trusted-proxy");
    if (!peer) return { kind: "nobody", because: "waitress-serve has no --trusted-proxy" };
    return allowedPeers("waitress-serve", peer);
  },
  uwsgi: () => ({ kind: "anyone", because: "uWSGI takes X-Forwarded-Proto from whoever sends it" }),
};

function uvicornTrust({ options, variable, bind }: TrustContext): ProxyTrust {
  if (options.last("--no-proxy-headers"))
    return { kind: "nobody", because: "uvicorn has --no-proxy-headers" };
  if (bind.kind === "socket") return { kind: "unclear", because: "uvicorn listens on a socket" };
  return allowedPeers("uvicorn", options.last("--forwarded-allow-ips") ?? variable("FORWARDED_ALLOW_IPS"));
}

const loopback = /^(?:127\.[\d.]+|::1|localhost)$/;

/** A list of addresses; without one those of the machine itself. */
function allowedPeers(server: string, peers: Argument | undefined): ProxyTrust {
  if (!peers)
    return { kind: "same-machine", because: `${server} believes only 127.0.0.1 that a request was HTTPS` };
  if (!peers.known) return { kind: "unclear", because: `the value of ${peers.text} is not known` };
  const listed = peers.text.split(",").map((each) => each.trim());
  if (listed.some((each) => each === "*" || each === "0.0.0.0/0"))
    return { kind: "anyone", because: `${server} believes every address that a request was HTTPS` };
  const because = `${server} believes only ${peers.text} that a request was HTTPS`;
  return { kind: listed.every((each) => loopback.test(each)) ? "same-machine" : "named", because };
}

/** Whether a server learns from a proxy that a request was HTTPS. */
export function proxyTrust(program: ServerProgram, context: TrustContext): ProxyTrust {
  return (
    readers[program]?.(context) ?? {
      kind: "unclear",
      because: `how ${program} learns of HTTPS is for the application to say`,
    }
  );
}

import type { Location } from "../location.ts";
import type { Deployment } from "../platforms/platform.ts";
import { defineFact, missing } from "./define.ts";
import { middlewareIn } from "./django/middleware.ts";
import { proxyHeader } from "./django/proxy-header.ts";
import type { Settings } from "./django/settings.ts";
import type { WebServer } from "./web-server.ts";

/**
 * Whether `request.is_secure()` is true for a request that came to the router over HTTPS (catalogue §8.5).
 * `plain`: there is no HTTPS as it stands.
 */
export interface HttpsSeen {
  readonly kind: "yes" | "no" | "plain" | "unknown";
  /** A sentence. */
  readonly because: string;
  readonly at: Location | undefined;
}

export const httpsSeen = defineFact<"httpsSeen", "settings" | "deployment" | "webServer">({
  wants: ["settings", "deployment", "webServer"],
  read({ files }, { settings, deployment, webServer }) {
    if (!settings || !deployment) return missing("the settings of production are not known");
    const entry = webServer?.target?.state;
    const text = entry?.kind === "found" ? (files.text(entry.file) ?? "") : "";
    const mayTell = /proxy|forwarded|url_scheme|["']HTTPS["']|\bscheme\b/i.test(text);
    const seen = bySetting(settings) ?? byMiddleware(settings) ?? byServer(deployment, webServer, mayTell);
    return seen.kind === "no" ? (byVariable(settings) ?? seen) : seen;
  },
});

function bySetting(settings: Settings): HttpsSeen | undefined {
  const { name, at, value, otherwise } = settings.get("SECURE_PROXY_SSL_HEADER");
  const header = proxyHeader(value);
  switch (header.kind) {
    case "header":
      return { kind: "yes", because: `${name} names ${header.name}`, at };
    case "opaque":
      return { kind: "unknown", because: `${name} cannot be read statically: it ${header.because}`, at };
    case "refused":
    case "inert":
      return { kind: "unknown", because: `${name} is malformed: proxy-header-unsafe`, at };
    case "none":
      return otherwise.some((other) => proxyHeader(other.value).kind !== "none")
        ? { kind: "unknown", because: `${name} depends on a test that cannot be known`, at }
        : undefined;
  }
}

/** Variables that may tell of a proxy, by their names. */
const proxyVariable = /PROXY|SSL|HTTPS|TLS|SECURE|BEHIND|FORWARD/i;

/** The variable that is unset, and with which Django is told of a header. */
function byVariable(settings: Settings): HttpsSeen | undefined {
  const name = "SECURE_PROXY_SSL_HEADER";
  const asked = new Set(settings.reads.map((read) => read.name));
  const found = [...asked].find(
    (variable) =>
      proxyVariable.test(variable) &&
      !settings.given.has(variable) &&
      ["True", "1"].some((text) => {
        const view = settings.under({ [variable]: text });
        return view.outcome.kind === "completed" && proxyHeader(view.get(name).value).kind !== "none";
      }),
  );
  return found === undefined
    ? undefined
    : { kind: "unknown", because: `${name} is set where $${found} is`, at: undefined };
}

/** A middleware of somebody's own may tell Django. */
function byMiddleware(settings: Settings): HttpsSeen | undefined {
  const { names, open } = middlewareIn(settings);
  const { at } = settings.get("MIDDLEWARE");
  if (open) return { kind: "unknown", because: "MIDDLEWARE is not known in full", at };
  const own = names.find(
    (name) => !name.startsWith("django.") && /proxy|forward|ssl|https|scheme|secure/i.test(name),
  );
  return own === undefined
    ? undefined
    : { kind: "unknown", because: `the middleware ${own} may tell Django of HTTPS`, at };
}

function byServer({ platform }: Deployment, server: WebServer | undefined, entryMaySay: boolean): HttpsSeen {
  const at = server?.at;
  const { endsAt, header } = platform.tls;
  if (endsAt === "none")
    return { kind: "plain", because: `${platform.name} serves plain HTTP as it stands`, at };
  if (endsAt === "unknown")
    return { kind: "unknown", because: `where HTTPS ends on ${platform.name} is not known`, at };
  if (!server || server.development || server.unclear !== undefined)
    return { kind: "unknown", because: "the server that is started is not known", at };
  if (entryMaySay)
    return {
      kind: "unknown",
      because: `${server.target?.text ?? "the application"} may tell of HTTPS itself`,
      at,
    };
  const { kind, because } = server.proxyTrust;
  const proxy = endsAt === "edge" ? `the router of ${platform.name}` : "the proxy in front";
  const no: HttpsSeen = {
    kind: "no",
    because: `HTTPS ends at ${proxy}, SECURE_PROXY_SSL_HEADER is not set, and ${because}`,
    at,
  };
  // Nobody told which header there is, nor from which address the requests come.
  if (header === undefined)
    return { kind: "unknown", because: `which header ${proxy} sets is not known`, at };
  switch (kind) {
    case "anyone":
      return { kind: "yes", because, at };
    case "same-machine":
      return server.front !== undefined || platform.port.reachedFrom !== "outside"
        ? { kind: "unknown", because: `the proxy may be on the same machine, and ${because}`, at }
        : no;
    case "nobody":
      return no;
    case "named":
    case "unclear":
      return { kind: "unknown", because, at };
  }
}

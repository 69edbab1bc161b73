import type { ProjectFiles } from "../files/project-files.ts";
import type { TlsRules } from "./rules.ts";

/**
 * What a Caddyfile in the repository makes of TLS: undefined unless every site in it is served by HTTPS.
 * https://caddyserver.com/docs/automatic-https (2026-11): a site whose address is no `http://` and no bare port
 * gets a certificate and a redirect from HTTP; `reverse_proxy` sets X-Forwarded-Proto.
 */
export function tlsOfCaddy(files: ProjectFiles): TlsRules | undefined {
  const path = files.list.find((one) => /(?:^|\/)Caddyfile(?:\.prod\w*)?$/.test(one));
  const text = path === undefined ? "" : (files.text(path) ?? "");
  if (!/^[^\S\n]*reverse_proxy\s/m.test(text) || /auto_https\s+(?:off|disable_redirects)/.test(text))
    return undefined;
  const sites = [...text.matchAll(/^(?<addresses>(?:\{\$|[^\s({#])[^#\n]{0,500}?)[^\S\n]{0,50}\{[^\S\n]*$/gm)]
    .flatMap(({ groups }) => (groups?.addresses ?? "").split(/[\s,]+/))
    .filter((address) => address !== "");
  const secure = sites.length > 0 && sites.every((address) => !/^(?:http:\/\/|:)/.test(address));
  return secure ? { endsAt: "own-proxy", header: "X-Forwarded-Proto", redirects: "always" } : undefined;
}

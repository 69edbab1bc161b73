import type { Location } from "../../location.ts";
import { type HealthRules, unknownHealthCheck } from "../rules.ts";
import { expandWords } from "../shell/expand.ts";
import { parseShell } from "../shell/script.ts";

const url = /https?:\/\/([^\s/:?#'"]+|\[[^\]]+\])(?::(\d+|\$\{?\w+\}?))?(\/[^\s'"?#]*)?/;

/**
 * What a command asks that Docker runs inside the container to know whether the app is well: the first URL in
 * it, and the answers with which the command ends well.
 */
export function healthOfCommand(
  { command, form }: { readonly command: string; readonly form: "shell" | "exec" },
  at: Location,
): HealthRules {
  for (const { words } of parseShell(command)) {
    const [program = "", ...args] = expandWords(words, new Map()).map(({ text }) => text);
    // `sh -c "curl …"` in exec form.
    const inner = /(?:^|\/)(?:ba|da)?sh$/.test(program) ? args[args.indexOf("-c") + 1] : undefined;
    if (inner !== undefined && args.includes("-c")) return healthOfCommand({ command: inner, form }, at);
    const asked = args.map((arg) => url.exec(arg)).find((match) => match !== null);
    if (!asked) continue;
    const [, host = "", port = "", path = "/"] = asked;
    const accepts = acceptedBy(program.replace(/^.*\//, ""), args);
    const known: HealthRules = {
      ...unknownHealthCheck,
      kind: accepts === "any" ? "tcp" : "http",
      path,
      at,
      host: /[${]/.test(host) ? undefined : host,
      accepts: accepts === "any" ? undefined : accepts,
      headers: headersIn(args),
    };
    return /^\d+$/.test(port) ? { ...known, port: Number(port) } : known;
  }
  return { ...unknownHealthCheck, at };
}

/** The statuses with which a program ends well. One that follows a redirect to HTTPS finds nobody there. */
function acceptedBy(program: string, args: readonly string[]): HealthRules["accepts"] | "any" {
  if (program === "curl") {
    const has = (letter: string, ...names: readonly string[]) =>
      args.some((arg) => names.includes(arg) || new RegExp(`^-[a-zA-Z]*${letter}`).test(arg));
    if (!has("f", "--fail", "--fail-with-body")) return "any";
    return has("L", "--location") ? [200, 299] : [200, 399];
  }
  if (program === "wget" || program === "http") return [200, 299];
  if (/^python/.test(program) && args.some((arg) => /urlopen|raise_for_status/.test(arg))) return [200, 299];
  return undefined;
}

/** `-H "Host: shop.example.com"`, `--header=Host:shop.example.com` */
function headersIn(args: readonly string[]): Readonly<Record<string, string>> {
  const pairs = args.flatMap((arg, index) => {
    const before = args[index - 1];
    const text = before === "-H" || before === "--header" ? arg : /^(?:-H|--header=)(.+)$/.exec(arg)?.[1];
    const [, name, value] = /^([\w-]+):\s*(.*)$/.exec(text ?? "") ?? [];
    return name === undefined ? [] : [[name, value ?? ""] as const];
  });
  return Object.fromEntries(pairs);
}

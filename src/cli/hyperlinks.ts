import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Links } from "../report/report.ts";
import { version } from "../version.ts";
import type { Surroundings } from "./world.ts";

/** Links of a terminal (OSC 8) to the files of a folder, and to the pages of checks; undefined where they are of no use. */
export function linksFor(world: Surroundings, root: string): Links | undefined {
  if (!supportsHyperlinks(world)) return undefined;
  // VS Code's terminal makes a link of `path:line:column` by itself, and one to the line.
  const opensPlaces = world.env.TERM_PROGRAM === "vscode";
  return {
    place: (text, { file }) => (opensPlaces ? text : linked(text, pathToFileURL(join(root, file)).href)),
    check: (text, id) => linked(text, `https://unpkg.com/deploy-check@${version}/docs/checks/${id}.md`),
  };
}

/** Only what can be seen, and no space: nothing that could end the sequence is in an address. */
function linked(text: string, url: string): string {
  return /^[\x21-\x7e]+$/.test(url) ? `\x1b]8;;${url}\x1b\\${text}\x1b]8;;\x1b\\` : text;
}

/**
 * Whether standard output is a terminal that is known to show links. `FORCE_HYPERLINK` says so, or the opposite,
 * of any terminal. The terminals are those that say so themselves, and are known by what they set.
 */
export function supportsHyperlinks({ env, isTTY }: Pick<Surroundings, "env" | "isTTY">): boolean {
  if (!isTTY) return false;
  const forced = env.FORCE_HYPERLINK;
  if (forced !== undefined && forced !== "") return forced !== "0" && forced !== "false";
  // Terminals within terminals hand links on only if they are told to.
  if (env.TERM === "dumb" || env.CI || env.TMUX || env.STY) return false;
  return (
    programs.has(env.TERM_PROGRAM ?? "") ||
    /^(?:xterm-kitty|xterm-ghostty|alacritty|foot|contour)/.test(env.TERM ?? "") ||
    // GNOME's library: 0.50.0 crashed on them.
    Number(env.VTE_VERSION ?? 0) > 5000 ||
    Boolean(env.WT_SESSION || env.KONSOLE_VERSION || env.DOMTERM)
  );
}

const programs: ReadonlySet<string> = new Set([
  "iTerm.app",
  "WezTerm",
  "vscode",
  "ghostty",
  "Hyper",
  "zed",
  "rio",
]);

import type { Check } from "../check.ts";
import { checksNamed, nearestName } from "../checks/named.ts";
import type { ProjectFiles } from "../files/project-files.ts";
import type { Location } from "../location.ts";
import type { Comment, Commented, Lines } from "../python/comments.ts";
import { syntaxOf } from "./commented.ts";
import type { IgnoreNote, IgnoreRule } from "./rules.ts";

/** What the comments of a project set aside. */
export interface IgnoreComments {
  readonly rules: readonly IgnoreRule[];
  /** Those that say nothing, or name what is not there. */
  readonly notes: readonly IgnoreNote[];
}

/** How every such comment begins. A file without it is not looked into any further. */
const mark = "deploy-check:";

/** Nobody writes longer files by hand. */
const longest = 1_000_000;

/**
 * Every `# deploy-check: ignore[…]` in the files of a project.
 *
 * @param found files in which something is found. Of a kind that a project has thousands of, only these are read.
 */
export async function ignoreComments(
  files: ProjectFiles,
  checks: readonly Check[],
  found: ReadonlySet<string>,
): Promise<IgnoreComments> {
  const read = await Promise.all(
    files.list
      .filter((path) => found.has(path) || (mayHaveComments.test(path) && !seldomJudged.test(path)))
      .map(async (path) => {
        const text = files.text(path);
        if (text === undefined || text.length > longest || !text.includes(mark)) return [];
        const commented = await syntaxOf(path, text)?.read(text);
        return commented ? inFile(path, commented, checks) : [];
      }),
  );
  const all = read.flat();
  return { rules: all.flatMap(({ rules }) => rules), notes: all.flatMap(({ notes }) => notes) };
}

const mayHaveComments =
  /(?:^|\/)[^/.]+$|\.(?:py|ya?ml|toml|txt|in|sh|bash|zsh|ksh|ini|cfg|conf|mk|dockerfile|containerfile)$|(?:^|\/)(?:\.env[^/]*|[^/]*\.env|\.flaskenv|\.\w+ignore|(?:Dockerfile|Containerfile|Procfile)[^/]*)$/i;

const seldomJudged =
  /(?:^|\/)(?:tests?|migrations|static|locale|docs?|fixtures|[^/]*\{\{[^/]*)\/|(?:^|\/)(?:test_[^/]*|[^/]*_tests?)\.py$/;

function inFile(file: string, commented: Commented, checks: readonly Check[]): readonly IgnoreComments[] {
  const alone = new Set(commented.comments.filter((comment) => comment.alone).map(({ line }) => line));
  return commented.comments.flatMap((comment) => {
    const said = ignoreIn(comment.text);
    if (!said) return [];
    const at: Location = { file, line: comment.line, column: comment.column };
    const note = (kind: IgnoreNote["kind"], message: string): IgnoreComments => ({
      rules: [],
      notes: [{ kind, by: "comment", message, at }],
    });
    if (said.names.length === 0)
      return [
        note("malformed", "the comment names no check: # deploy-check: ignore[allowed-hosts-wildcard] why"),
      ];
    const covered = coveredBy(comment, alone);
    return said.names.map((name): IgnoreComments => {
      const named = checksNamed(checks, name);
      if (named.length === 0) {
        const nearest = nearestName(checks, name);
        const instead =
          nearest === undefined ? "deploy-check list shows them all" : `did you mean ${nearest}?`;
        return note("unknown-check", `there is no check ${name}; ${instead}`);
      }
      const rule: IgnoreRule = {
        name,
        checks: new Set(named.map(({ id }) => id)),
        by: "comment",
        reason: "a comment ignores it",
        justification: said.reason,
        at,
        own: true,
        covers: (finding) => finding.at?.file === file && linesOf(finding.at, commented).has(covered),
      };
      return { rules: [rule], notes: [] };
    });
  });
}

/** The line that a comment speaks of: its own, or the first below that is no comment. */
function coveredBy({ line, alone: isAlone }: Comment, alone: ReadonlySet<number>): number {
  let covered = line;
  if (isAlone) while (alone.has(covered)) covered += 1;
  return covered;
}

/** The lines on, or above, which a comment is about a place: its first and last, and those of its statement. */
export function linesOf(
  { line, endLine = line, endColumn }: Location,
  commented: Commented,
): ReadonlySet<number> {
  const last = endLine > line && endColumn === 1 ? endLine - 1 : endLine;
  const isAround = ({ from, to }: Lines) => from <= line && line <= to;
  const ends = commented.statements.filter(isAround).flatMap(({ from, to }) => [from, to]);
  const begins = commented.solid.filter(isAround).map(({ from }) => from);
  return new Set([line, last, ...ends, ...begins]);
}

/** What a comment says: the checks that it names, and why. Undefined for a comment that is not ours. */
function ignoreIn(
  comment: string,
): { readonly names: readonly string[]; readonly reason: string | undefined } | undefined {
  const [, said] = /(?:^|[\s#])deploy-check:\s*ignore\b(.*)$/.exec(comment) ?? [];
  if (said === undefined) return undefined;
  const [, list, rest = ""] = /^\[([^\]]*)\](.*)$/.exec(said) ?? [];
  const names = (list ?? "")
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
  // What is behind another mark, such as `# noqa`, is for another tool.
  const reason = rest
    .replace(/\s#\s*[a-z].*$/i, "")
    .replace(/^[\s:\u2013\u2014-]+/, "")
    .trim();
  return { names, reason: reason === "" ? undefined : reason };
}

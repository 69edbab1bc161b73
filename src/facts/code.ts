import { parse } from "../python/syntax.ts";
import { type SourceFile, sourceFile } from "./code/source-file.ts";
import { defineFact } from "./define.ts";

/** The Python of the project's own that production runs: no tests, documentation, migrations or set-up scripts. */
export interface Code {
  /** Every such file, in the order of the listing. */
  readonly paths: readonly string[];
  /**
   * The files whose text matches, parsed. Those that are no Python (templates, Python 2) are left out.
   * The text is asked first because parsing a whole project would take longer than everything else.
   */
  mentioning(text: RegExp): readonly SourceFile[];
  /** One file, parsed; undefined if it is not there or no Python. Any file of the project may be asked for. */
  file(path: string): SourceFile | undefined;
}

export const code = defineFact<"code", "project">({
  wants: ["project"],
  read({ files }, { project }) {
    const parsed = new Map<string, SourceFile | undefined>();
    const folders = project?.path ?? [""];
    const paths = files.list.filter((path) => path.endsWith(".py") && !notDeployed.test(path));
    const read = (path: string, text: string) => {
      if (!parsed.has(path)) {
        const found = parse(text, path);
        parsed.set(path, found.kind === "module" ? sourceFile(path, text, found.module, folders) : undefined);
      }
      return parsed.get(path);
    };
    return {
      paths,
      mentioning: (pattern) =>
        paths.flatMap((path) => {
          const text = files.text(path);
          if (text === undefined || text.length > longest || text.search(pattern) < 0) return [];
          return read(path, text) ?? [];
        }),
      file(path) {
        const text = files.isFile(path) ? files.text(path) : undefined;
        return text === undefined ? undefined : read(path, text);
      },
    };
  },
});

const notDeployed =
  /(?:^|\/)(?:tests?|testing|test_?utils|docs?|examples?|samples?|node_modules|site-packages|\.?venv|env|migrations|cookiecutter[^/]*|[^/]*\{\{[^/]*)\/|(?:^|\/)(?:test_[^/]*|[^/]*_tests?|tests?|conftest|setup|noxfile|fabfile|dodo)\.py$/i;

/** Nobody writes longer files by hand. */
const longest = 300_000;

/** Asks CPython about the syntax of modules, through reference.py. */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

/** `digest` is that of the tree, which comes as `dump` where `full` is asked for. */
export type Reply =
  | {
      readonly state: "module";
      readonly digest?: string;
      readonly dump?: string;
      readonly hasTemplates?: boolean;
    }
  | {
      readonly state: "error";
      readonly type: string;
      readonly message: string;
      readonly line?: number;
      readonly column?: number;
    };

export interface Reference {
  readonly version: readonly number[];
  ask(request: { readonly text: string; readonly full?: boolean }): Promise<Reply>;
  end(): void;
}

/** CPython as a command; `script` is the path of reference.py. */
export async function commandReference(command: string, script: string): Promise<Reference> {
  const child = spawn(command, [script], { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<string> => {
    const { value, done } = await lines.next();
    if (done) throw new Error(`${command} ended`);
    return value;
  };
  const { version } = JSON.parse(await next());
  return {
    version,
    async ask(request) {
      child.stdin.write(`${JSON.stringify(request)}\n`);
      return JSON.parse(await next());
    },
    end() {
      child.stdin.end();
    },
  };
}

/** CPython compiled to WebAssembly, from the folder of the npm package `pyodide`. */
export async function pyodideReference(folder: string, script: string): Promise<Reference> {
  const { loadPyodide } = await import(pathToFileURL(resolve(folder, "pyodide.mjs")).href);
  const pyodide = await loadPyodide({ indexURL: resolve(folder) });
  pyodide.runPython(readFileSync(script, "utf8").replace("__main__", ""));
  const answer: (line: string) => string = pyodide.runPython(
    "lambda line: json.dumps(answer(json.loads(line)))",
  );
  return {
    version: JSON.parse(pyodide.runPython("json.dumps(sys.version_info[:3])")),
    async ask(request) {
      return JSON.parse(answer(JSON.stringify(request)));
    },
    end() {},
  };
}

/** Asks CPython about the syntax of modules, through parser-reference.py. */
import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const script = path.join(import.meta.dirname, "parser-reference.py");

/** CPython as a command. The answer is a function that asks it; `version` says which it is, `end` ends it. */
export async function askPython(command) {
  const child = spawn(command, [script], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ask = async (request) => {
    child.stdin.write(`${JSON.stringify(request)}\n`);
    const { value, done } = await lines.next();
    if (done) throw new Error(`${command} ended`);
    return JSON.parse(value);
  };
  const first = await lines.next();
  ask.version = JSON.parse(first.value ?? "{}").version;
  ask.end = () => child.stdin.end();
  return ask;
}

/** CPython compiled to WebAssembly, from the folder of the npm package `pyodide`. */
export async function askPyodide(folder) {
  const { loadPyodide } = await import(pathToFileURL(path.resolve(folder, "pyodide.mjs")).href);
  const pyodide = await loadPyodide({ indexURL: path.resolve(folder) });
  pyodide.runPython(await readFile(script, "utf8").then((code) => code.replace("__main__", "")));
  const answer = pyodide.runPython("lambda line: json.dumps(answer(json.loads(line)))");
  const ask = async (request) => JSON.parse(answer(JSON.stringify(request)));
  ask.end = () => answer.destroy();
  return ask;
}

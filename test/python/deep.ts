import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { build } from "esbuild";

/** How a run ended, and what its names hold. */
export interface Deep {
  readonly outcome: { readonly kind: string; readonly error?: string; readonly message?: string };
  readonly names: Readonly<Record<string, unknown>>;
}

let bundled: Promise<string> | undefined;

/** Runs texts as the module `settings` on a thread with the stack that the command has (`onLargerStack` in src/cli.ts). */
export async function runDeeply(text: string): Promise<Deep> {
  bundled ??= bundle();
  const thread = new Worker(await bundled, {
    eval: true,
    workerData: text,
    resourceLimits: { stackSizeMb: 64 },
  });
  return new Promise((resolve, reject) => {
    thread.on("message", resolve);
    thread.on("error", reject);
  });
}

async function bundle(): Promise<string> {
  const result = await build({
    stdin: {
      contents: `
        import { parentPort, workerData } from "node:worker_threads";
        import { models } from "./src/python/models/index.ts";
        import { toPlain } from "./src/python/plain.ts";
        import { runText } from "./test/python/run-python.ts";
        const { outcome, names } = runText(workerData, { models });
        const plain = [...names].map(([name, { value }]) => [name, toPlain(value)]);
        parentPort.postMessage({ outcome, names: Object.fromEntries(plain) });
      `,
      resolveDir: join(import.meta.dirname, "../.."),
      loader: "ts",
    },
    bundle: true,
    platform: "node",
    format: "cjs",
    write: false,
    logLevel: "error",
  });
  return result.outputFiles[0]?.text ?? "";
}

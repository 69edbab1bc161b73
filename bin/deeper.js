// The command once more, on a thread with a larger stack: see `start` in src/cli.ts.
import { createRequire } from "node:module";
import { parentPort, workerData } from "node:worker_threads";

const { outcomeOf } = createRequire(import.meta.url)("../dist/deploy-check.cjs");
parentPort.postMessage(await outcomeOf(workerData));

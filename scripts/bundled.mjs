import path from "node:path";
import { build } from "esbuild";

/** A module of ours in TypeScript, which Node 20 cannot import as it is. */
export async function bundled(entry) {
  const { outputFiles } = await build({
    entryPoints: [path.resolve(import.meta.dirname, entry)],
    bundle: true,
    format: "esm",
    platform: "node",
    write: false,
  });
  return await import(
    `data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`
  );
}

// Loads the bundle with what V8 made of it the last time: compiling it takes longer than judging a small project.
//
// Newer versions of Node keep that by themselves. For Node 20 it is kept below the user's own cache folder
// ($XDG_CACHE_HOME or ~/.cache), where nobody else can write. DEPLOY_CHECK_CODE_CACHE=0 and
// NODE_DISABLE_COMPILE_CACHE switch it off, and so does CI, where no run sees the last one's files. Whatever goes
// wrong with it, the bundle is compiled as usual.
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import module, { createRequire } from "node:module";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import vm from "node:vm";

/** How many caches are kept. */
const most = 4;

/** The exports of the bundle. */
export function loadBundle() {
  const path = fileURLToPath(new URL("../dist/deploy-check.cjs", import.meta.url));
  const require = createRequire(path);
  const { env } = process;
  if (env.DEPLOY_CHECK_CODE_CACHE === "0" || env.NODE_DISABLE_COMPILE_CACHE || env.CI) return require(path);
  if (module.enableCompileCache) {
    module.enableCompileCache();
    return require(path);
  }
  try {
    return loadCached(path, require);
  } catch (error) {
    if (!(error instanceof NoCache)) throw error;
    return require(path);
  }
}

/** There is no place for a cache. */
class NoCache extends Error {}

function loadCached(path, require) {
  const file = cacheFile(path);
  // The bundle is ASCII, which Latin-1 reads without a look at it.
  const code = `(function (exports, require, module, __filename, __dirname) {${readFileSync(path, "latin1")}\n})`;
  const script = new vm.Script(code, {
    filename: path,
    cachedData: read(file),
  });
  const bundle = { exports: {} };
  script.runInThisContext()(bundle.exports, require, bundle, path, dirname(path));
  if (script.cachedDataRejected !== false && judges(process.argv))
    process.once("exit", () => write(file, script));
  return bundle.exports;
}

/** What was never called is not compiled, and not kept: only a run that judges a project has called enough. */
function judges([, , first = "", ...rest]) {
  const asked = /^(?:list|explain|completion|init|help)$|^-(?:h|V|-help|-version)$/;
  return ![first, ...rest].some((argument) => asked.test(argument));
}

/** The cache of this very bundle for this very V8, in a folder that belongs to the user. */
function cacheFile(path) {
  try {
    const folder = join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "deploy-check");
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const { uid, mode } = statSync(folder);
    if (process.getuid && (uid !== process.getuid() || mode & 0o022)) throw new Error("is not only ours");
    const { size, mtimeMs, ino } = statSync(path);
    const build = readFileSync(join(dirname(path), "build-id"), "utf8").trim();
    const { v8 } = process.versions;
    return join(folder, `${build}-${size}-${Math.trunc(mtimeMs)}-${ino}-${v8}-${process.arch}.v8`);
  } catch {
    throw new NoCache();
  }
}

function read(file) {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

/** Written under another name first, so that a run at the same time never reads half of it. */
function write(file, script) {
  try {
    const unfinished = `${file}.${process.pid}`;
    writeFileSync(unfinished, script.createCachedData(), { mode: 0o600 });
    chmodSync(unfinished, 0o600);
    renameSync(unfinished, file);
    // One for each version that is in use, and not one for each that ever was.
    const folder = dirname(file);
    const age = (name) => statSync(join(folder, name)).mtimeMs;
    const old = readdirSync(folder).sort((one, other) => age(other) - age(one));
    for (const name of old.slice(most)) rmSync(join(folder, name), { force: true });
  } catch {
    // The next run compiles it again.
  }
}

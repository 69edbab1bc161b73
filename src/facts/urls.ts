import { startOf } from "../location.ts";
import { textOf, truthOf } from "../python/inspect.ts";
import { defineFact, missing } from "./define.ts";
import { middlewareIn } from "./django/middleware.ts";
import type { Settings } from "./django/settings.ts";
import { type Entry, flatten, type OpenPart, type Resolution, type Route, resolveIn } from "./urls/entry.ts";
import { urlconfReader } from "./urls/reader.ts";

export type { OpenPart, Resolution, Route } from "./urls/entry.ts";

/** The URLconf of production, read without running it. */
export interface Urls {
  /** ROOT_URLCONF: "shop.urls". */
  readonly module: string;
  readonly file: string;
  /** Every view with the whole pattern under which it is found, in order. */
  readonly routes: readonly Route[];
  /** The parts that could not be read: a library's URLs, a router's, what a function makes. Empty if all was read. */
  readonly open: readonly OpenPart[];
  /** What Django answers a path with ("/orders/1/", without a query). No slash is appended: see `answers`. */
  resolve(path: string): Resolution;
  /** The same in a word. */
  resolves(path: string): "yes" | "no" | "unknown";
  /** The same as a browser sees it: `slash` where CommonMiddleware redirects to the path with a slash behind it. */
  answers(path: string): "yes" | "slash" | "no" | "unknown";
}

export const urls = defineFact<"urls", "settings" | "project" | "code">({
  wants: ["settings", "project", "code"],
  read({ files }, { settings, project, code }) {
    if (!settings || !code) return missing("the settings of production are not known");
    const root = settings.get("ROOT_URLCONF");
    const module = textOf(root.value);
    if (module === undefined) return missing("ROOT_URLCONF is not known");
    const middleware = middlewareIn(settings);
    const read = urlconfReader({
      files,
      code,
      settings,
      path: [...new Set([...(project?.path ?? [""]), ...settings.path])],
      localeFromPath: middleware.names.some((name) => /LocaleMiddleware$/.test(name)),
    });
    const found = read(module);
    if (!found) return missing(`the module ${module}, which ROOT_URLCONF names, is not in the project`);
    const at = root.at ?? startOf(settings.file);
    const others = otherUrlconf(settings);
    const entries: readonly Entry[] =
      others === undefined
        ? found.entries
        : [...found.entries, { kind: "open", because: `may be another URLconf: ${others}`, at }];
    const resolve = (path: string) => resolveIn(entries, path.replace(/[?#].*/, "").replace(/^\//, ""));
    const slashes = truthOf(settings.get("APPEND_SLASH").value);
    const common = middleware.names.some((name) => /CommonMiddleware$/.test(name)) || undefined;
    return {
      module,
      file: found.file,
      ...flatten(entries),
      resolve,
      resolves: (path) => resolve(path).kind,
      answers(path) {
        const { kind } = resolve(path);
        if (kind !== "no" || path.endsWith("/")) return kind;
        const longer = resolve(`${path}/`).kind;
        if (longer === "no" || slashes === false || (common === undefined && !middleware.open)) return "no";
        return longer === "yes" && slashes && common ? "slash" : "unknown";
      },
    };
  },
});

/** What makes Django take another URLconf for some requests. */
function otherUrlconf(settings: Settings): string | undefined {
  const setting = settings.names.find(
    (name) => /URLCONFS?(?:_|$)|^ROOT_HOSTCONF$/.test(name) && name !== "ROOT_URLCONF",
  );
  if (setting !== undefined) return `${setting} is set`;
  return settings.get("ROOT_URLCONF").otherwise.length > 0 ? "ROOT_URLCONF depends on a test" : undefined;
}

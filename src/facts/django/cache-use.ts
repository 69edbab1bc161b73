import type { Location } from "../../location.ts";
import { entryOf, itemsOf, textOf, textsIn } from "../../python/inspect.ts";
import { type EnvNames, mergeEnv } from "../../python/value.ts";
import type { Code } from "../code.ts";
import { middlewareIn } from "./middleware.ts";
import type { SettingsView } from "./settings.ts";
import { isInstalled } from "./static-files.ts";

/** Something of the project that keeps what it needs in Django's cache. */
export interface CacheUse {
  /** "the throttling of REST framework", "cache.incr()". */
  readonly by: string;
  /**
   * What a cache of its own in every process does to it: a limit or a lock is `broken`, what one process deletes
   * the others keep (`stale`), and what is only remembered is as good as before (`fine`).
   */
  readonly alone: "broken" | "stale" | "fine";
  readonly at: Location | undefined;
}

export const localMemory = "django.core.cache.backends.locmem.LocMemCache";
export const dummyCache = "django.core.cache.backends.dummy.DummyCache";

/** A backend of CACHES by its alias, which is Django's own where nothing sets CACHES; undefined if it cannot be read. */
export function backendOf(
  view: SettingsView,
  alias: string,
): { readonly name: string; readonly env: EnvNames; readonly at: Location | undefined } | undefined {
  const caches = view.get("CACHES");
  const cache = entryOf(caches.value, alias);
  const backend = entryOf(cache, "BACKEND");
  const name = textOf(backend);
  if (name === undefined || backend === undefined) return undefined;
  const at = caches.explicit ? (backend.at ?? cache?.at ?? caches.at) : undefined;
  return { name, env: mergeEnv(backend.env, caches.env), at };
}

const counting = /^(?:incr|decr|incr_version|lock|add|aincr|adecr|aadd)$/;
const changing = /^(?:delete|delete_many|delete_pattern|clear|adelete|adelete_many|aclear)$/;
const remembering = /^(?:set|get|get_or_set|get_many|set_many|touch|aget|aset|aget_or_set)$/;
const decorators =
  /^(?:django_ratelimit|ratelimit)\.(?:decorators\.ratelimit|core\.is_ratelimited|core\.get_usage|mixins\.\w+)$/;

/** What uses the cache `default`, that which needs it most first. */
export function cacheUses(view: SettingsView, code: Code | undefined): readonly CacheUse[] {
  const found = [...inSettings(view), ...(code ? inCode(code) : [])];
  const order = ["broken", "stale", "fine"];
  return found.sort((one, other) => order.indexOf(one.alone) - order.indexOf(other.alone));
}

function* inSettings(view: SettingsView): Generator<CacheUse> {
  const throttles = entryOf(view.get("REST_FRAMEWORK").value, "DEFAULT_THROTTLE_CLASSES");
  const names = textsIn(throttles);
  if (names.some((name) => name.startsWith("rest_framework.throttling.")))
    yield {
      by: "the throttling of REST framework",
      alone: "broken",
      at: itemsOf(throttles)?.[0]?.at ?? throttles?.at,
    };
  const axes = view.get("AXES_HANDLER");
  if (textOf(axes.value) === "axes.handlers.cache.AxesCacheHandler" && isInstalled(view, "axes") !== false)
    yield { by: "django-axes", alone: "broken", at: axes.at };
  const engine = view.get("SESSION_ENGINE");
  if (/\.cache(?:d_db)?$/.test(textOf(engine.value) ?? ""))
    yield { by: "sessions", alone: "fine", at: engine.at };
  const middleware = middlewareIn(view).names.find((name) => /^django\.middleware\.cache\./.test(name));
  if (middleware !== undefined)
    yield { by: middleware.split(".").at(-1) ?? middleware, alone: "fine", at: view.get("MIDDLEWARE").at };
}

function* inCode(code: Code): Generator<CacheUse> {
  for (const file of code.mentioning(/django\.core\.cache|ratelimit|rest_framework\.throttling|cache_page/)) {
    for (const each of file.classes)
      for (const node of each.body)
        if (
          node.nodeType === "Assign" &&
          node.targets[0]?.nodeType === "Name" &&
          node.targets[0].id === "throttle_classes" &&
          (node.value.nodeType === "List" || node.value.nodeType === "Tuple") &&
          node.value.elts.length > 0
        )
          yield { by: `the throttling of ${each.name}`, alone: "broken", at: file.at(node) };
    for (const { name, node } of file.calls) {
      if (name === undefined) continue;
      const method = /^django\.core\.cache\.cache\.(\w+)$/.exec(name)?.[1];
      const at = file.at(node);
      if (decorators.test(name)) yield { by: "django-ratelimit", alone: "broken", at };
      else if (name === "django.views.decorators.cache.cache_page")
        yield { by: "cache_page", alone: "fine", at };
      else if (method !== undefined) {
        const by = `cache.${method}()`;
        if (counting.test(method)) yield { by, alone: "broken", at };
        else if (changing.test(method)) yield { by, alone: "stale", at };
        else if (remembering.test(method)) yield { by, alone: "fine", at };
      }
    }
  }
}

import { textsIn, truthOf } from "../../python/inspect.ts";
import type { SettingsView } from "./settings.ts";
import { isOpen } from "./static-files.ts";

/** MIDDLEWARE as far as it is known. */
export interface Middleware {
  readonly names: readonly string[];
  /** Others may be in it. */
  readonly open: boolean;
  /** Undefined where it cannot be told. */
  has(name: string): boolean | undefined;
}

export const securityMiddleware = "django.middleware.security.SecurityMiddleware";
export const csrfMiddleware = "django.middleware.csrf.CsrfViewMiddleware";
export const commonMiddleware = "django.middleware.common.CommonMiddleware";

export function middlewareIn(view: SettingsView): Middleware {
  const { value } = view.get("MIDDLEWARE");
  const names = textsIn(value);
  const open = isOpen(value);
  return { names, open, has: (name) => (names.includes(name) ? true : open ? undefined : false) };
}

/**
 * Whether a middleware answers health checks before anything asks for the request's host. One of the
 * project's own in front may; what it does is not known, so it counts if its name says so.
 */
export function answersHealthFirst({ names }: Middleware): boolean {
  const asking = names.findIndex((name) => name === securityMiddleware || name === commonMiddleware);
  const before = asking < 0 ? names : names.slice(0, asking);
  return before.some((name) =>
    /health|ping|probe|alive|ready|heartbeat|dockerflow|status|watchman/i.test(name),
  );
}

/** A middleware that is not Django's and may be made from one that is, by its name; undefined if there is none. */
export function substitute(view: SettingsView, name: RegExp): string | undefined {
  return middlewareIn(view).names.find((each) => !each.startsWith("django.") && name.test(each));
}

/** Whether Django answers plain HTTP with a redirect; undefined where it cannot be told. */
export function redirectsToHttps(view: SettingsView): boolean | undefined {
  const redirect = view.get("SECURE_SSL_REDIRECT");
  const on = truthOf(redirect.value);
  const installed = middlewareIn(view).has(securityMiddleware);
  if (on === false || installed === false) return false;
  const either = redirect.otherwise.some(({ value }) => truthOf(value) !== true);
  return on && installed && !either ? true : undefined;
}

import { itemsOf, textOf } from "../../../python/inspect.ts";
import { isVaried, unaccounted } from "../../../python/text-shape.ts";
import type { Opaque, Value } from "../../../python/value.ts";
import { type Answer, all, any, crashes, not, type Unclear, unclear, unread } from "./answer.ts";
import type { Given, SystemCheck } from "./check.ts";
import type { Call, Reach } from "./surroundings.ts";
import { at, equals, holds, isNone, isOne, isTrue, some, truthy } from "./values.ts";

// django/core/checks/security/{base,csrf,sessions}.py of Django 3.2.25 to 6.1.3, read on 2026-11-20.

const middleware =
  (name: string) =>
  (settings: Given): Answer =>
    holds("MIDDLEWARE", settings.get("MIDDLEWARE"), name);

const security = middleware("django.middleware.security.SecurityMiddleware");
const frames = middleware("django.middleware.clickjacking.XFrameOptionsMiddleware");
const csrf = middleware("django.middleware.csrf.CsrfViewMiddleware");
const sessions = middleware("django.contrib.sessions.middleware.SessionMiddleware");
const csp = middleware("django.middleware.csp.ContentSecurityPolicyMiddleware");

const sessionsApp = (settings: Given): Answer =>
  holds("INSTALLED_APPS", settings.get("INSTALLED_APPS"), "django.contrib.sessions");

const on = (settings: Given, name: string): Answer => truthy(name, settings.get(name));
const isExactlyTrue = (settings: Given, name: string): Answer => isTrue(name, settings.get(name));

/** From 4.1 on the cookie settings must be True itself; before, anything true was enough. */
const cookie = (settings: Given, name: string): Answer =>
  settings.version >= 401 ? isExactlyTrue(settings, name) : on(settings, name);

const hsts = (settings: Given): Answer => all(security(settings), on(settings, "SECURE_HSTS_SECONDS"));

export const securityChecks: readonly SystemCheck[] = [
  { id: "security.W001", fires: (s) => not(security(s)) },
  { id: "security.W002", fires: (s) => not(frames(s)) },
  { id: "security.W003", fires: (s) => not(csrf(s)) },
  { id: "security.W004", fires: (s) => all(security(s), not(on(s, "SECURE_HSTS_SECONDS"))) },
  {
    id: "security.W005",
    fires: (s) => all(hsts(s), not(isExactlyTrue(s, "SECURE_HSTS_INCLUDE_SUBDOMAINS"))),
  },
  {
    id: "security.W006",
    fires: (s) => all(security(s), not(isExactlyTrue(s, "SECURE_CONTENT_TYPE_NOSNIFF"))),
  },
  { id: "security.W008", fires: (s) => all(security(s), not(isExactlyTrue(s, "SECURE_SSL_REDIRECT"))) },
  { id: "security.W009", fires: (s) => weakSecretKey(s.get("SECRET_KEY")) },
  ...sessionCookie("SESSION_COOKIE_SECURE", ["security.W010", "security.W011", "security.W012"]),
  ...sessionCookie("SESSION_COOKIE_HTTPONLY", ["security.W013", "security.W014", "security.W015"]),
  {
    id: "security.W016",
    fires: (s) => all(csrf(s), not(on(s, "CSRF_USE_SESSIONS")), not(cookie(s, "CSRF_COOKIE_SECURE"))),
  },
  { id: "security.W018", fires: (s) => on(s, "DEBUG") },
  {
    id: "security.W019",
    fires: (s) => all(frames(s), not(equals("X_FRAME_OPTIONS", s.get("X_FRAME_OPTIONS"), "DENY"))),
  },
  { id: "security.W020", fires: (s) => not(on(s, "ALLOWED_HOSTS")) },
  { id: "security.W021", fires: (s) => all(hsts(s), not(isExactlyTrue(s, "SECURE_HSTS_PRELOAD"))) },
  {
    id: "security.W022",
    fires: (s) => all(security(s), isNone("SECURE_REFERRER_POLICY", s.get("SECURE_REFERRER_POLICY"))),
  },
  { id: "security.E023", fires: (s) => all(security(s), badReferrerPolicy(s.get("SECURE_REFERRER_POLICY"))) },
  {
    id: "security.E024",
    since: "4.0",
    fires: (s) => all(security(s), badOpenerPolicy(s.get("SECURE_CROSS_ORIGIN_OPENER_POLICY"))),
  },
  {
    id: "security.W025",
    since: "4.1",
    fires: (s) =>
      some("SECRET_KEY_FALLBACKS", s.get("SECRET_KEY_FALLBACKS"), (key) =>
        weakKey("an entry of SECRET_KEY_FALLBACKS", key),
      ),
  },
  {
    id: "security.E026",
    since: "6.0",
    fires: (s) => any(...policies.map((name) => noPolicy(name, s.get(name)))),
  },
  {
    id: "security.W027",
    since: "6.1",
    fires: (s) =>
      all(
        csp(s),
        any(...policies.map((name) => holdsNonce(name, s.get(name)))),
        not(hasNonceProcessor(s.get("TEMPLATES"))),
      ),
  },
  {
    id: "security.E100",
    until: "4.0",
    fires: (s) => {
      const value = s.get("DEFAULT_HASHING_ALGORITHM");
      return not(any(...["sha1", "sha256"].map((each) => equals("DEFAULT_HASHING_ALGORITHM", value, each))));
    },
  },
  { id: "security.E101", fires: failureMisfits },
  { id: "security.E102", fires: failureMissing },
];

/** The first for the app alone, the second for the middleware alone, the third for both together. */
function sessionCookie(name: string, [app, alone, both]: readonly [string, string, string]): SystemCheck[] {
  const insecure = (s: Given) => not(cookie(s, name));
  return [
    { id: app, fires: (s) => all(insecure(s), sessionsApp(s), not(sessions(s))) },
    { id: alone, fires: (s) => all(insecure(s), sessions(s), not(sessionsApp(s))) },
    { id: both, fires: (s) => all(insecure(s), sessionsApp(s), sessions(s)) },
  ];
}

/** Reading an empty SECRET_KEY raises ImproperlyConfigured, which the check takes for a weak one. */
function weakSecretKey(value: Value): Answer {
  const set = truthy("SECRET_KEY", value);
  return set === false ? true : weakKey("SECRET_KEY", value);
}

const insecurePrefix = "django-insecure-";

function weakKey(name: string, value: Value): Answer {
  switch (value.kind) {
    case "opaque":
      return weakUnseen(name, value);
    case "str": {
      const characters = [...value.value];
      return tooPlain(characters) || value.value.startsWith(insecurePrefix);
    }
    case "bytes":
      // Long enough, they are asked whether they start with a text, which is a TypeError.
      return tooPlain([...value.value]) || crashes(name, value, "TypeError");
    default:
      return crashes(name, value, "TypeError");
  }
}

/** A key of which only the shape is known: enough, if it is too short, or as long and as random as it should be. */
function weakUnseen(name: string, value: Opaque): Answer {
  const { truth, type, prefix = "", length } = value;
  if (truth === false || prefix.startsWith(insecurePrefix)) return true;
  if (length === undefined || (type !== "str" && type !== "bytes")) return unread(name, value);
  if (length < leastLength) return true;
  if (!isVaried(value, leastVariety)) return unread(name, value);
  if (type === "bytes") return crashes(name, value, "TypeError");
  // What is random does not begin like this; what is not may.
  const random = insecurePrefix.length - prefix.length - Math.max(unaccounted(value), 0);
  return !insecurePrefix.startsWith(prefix) || random >= 8 ? false : unread(name, value);
}

/** django.core.checks.security.base: SECRET_KEY_MIN_LENGTH, SECRET_KEY_MIN_UNIQUE_CHARACTERS. */
const leastLength = 50;
const leastVariety = 5;

function tooPlain(characters: readonly unknown[]): boolean {
  return new Set(characters).size < leastVariety || characters.length < leastLength;
}

const referrerPolicies: readonly string[] = [
  "no-referrer",
  "no-referrer-when-downgrade",
  "origin",
  "origin-when-cross-origin",
  "same-origin",
  "strict-origin",
  "strict-origin-when-cross-origin",
  "unsafe-url",
];

function badReferrerPolicy(value: Value): Answer {
  const name = "SECURE_REFERRER_POLICY";
  if (value.kind === "none") return false;
  if (value.kind === "str")
    return value.value.split(",").some((each) => !referrerPolicies.includes(each.trim()));
  return some(name, value, (item) => notOneOf(name, item, referrerPolicies));
}

function badOpenerPolicy(value: Value): Answer {
  if (value.kind === "none") return false;
  return notOneOf("SECURE_CROSS_ORIGIN_OPENER_POLICY", value, [
    "same-origin",
    "same-origin-allow-popups",
    "unsafe-none",
  ]);
}

function notOneOf(name: string, value: Value, texts: readonly string[]): Answer {
  return not(any(...texts.map((text) => equals(name, value, text))));
}

const policies = ["SECURE_CSP", "SECURE_CSP_REPORT_ONLY"] as const;

function noPolicy(name: string, value: Value): Answer {
  return all(not(isNone(name, value)), not(isOne(name, value, "dict")));
}

/** `django.utils.csp.CSP.NONCE`, which is a text of its own. */
const nonce = "<CSP_NONCE_SENTINEL>";

function holdsNonce(name: string, value: Value): Answer {
  if (value.kind === "opaque") return unread(name, value);
  if (value.kind !== "dict") return false;
  const sources = [...value.entries.values()].map(({ value: each }) => each);
  const found = sources.map((each) =>
    itemsOf(each) || textOf(each)
      ? holds(name, each, nonce)
      : each.kind === "opaque"
        ? unread(name, each)
        : false,
  );
  return any(...found, value.open ? unread(name, value.open) : false);
}

function hasNonceProcessor(templates: Value): Answer {
  return some("TEMPLATES", templates, (template) => {
    const options = at(template, "OPTIONS");
    const processors = options && at(options, "context_processors");
    return processors ? holds("TEMPLATES", processors, "django.template.context_processors.csp") : false;
  });
}

/** How Django calls CSRF_FAILURE_VIEW: with the request, and the reason by its name. */
export const failureCall: Call = { positional: 1, named: ["reason"] };

/** Django's own view is there and takes what it is given, and so may one of the project's. */
function failureView(settings: Given): Reach | Unclear {
  const name = "CSRF_FAILURE_VIEW";
  const value = settings.get(name);
  if (value.kind === "opaque") return unread(name, value);
  const view = textOf(value) ?? "";
  return view === "django.views.csrf.csrf_failure" ? "fits" : settings.reach(view, failureCall);
}

function failureUnseen(settings: Given): Unclear {
  const view = textOf(settings.get("CSRF_FAILURE_VIEW")) ?? "";
  return failureView(settings) === "absent"
    ? unclear(`CSRF_FAILURE_VIEW names ${view}, on which Django's check ends in ViewDoesNotExist`)
    : unclear(`CSRF_FAILURE_VIEW names ${view}, which is not imported`);
}

function failureMisfits(settings: Given): Answer {
  const reach = failureView(settings);
  if (typeof reach !== "string") return reach;
  return reach === "fits" || reach === "misfits" ? reach === "misfits" : failureUnseen(settings);
}

/** A name without a module cannot be imported, whatever is there (`django.urls.get_callable`). */
function failureMissing(settings: Given): Answer {
  const reach = failureView(settings);
  if (typeof reach !== "string") return reach;
  if (reach === "fits" || reach === "misfits") return false;
  const value = settings.get("CSRF_FAILURE_VIEW");
  return value.kind === "str" && !value.value.includes(".") ? true : failureUnseen(settings);
}

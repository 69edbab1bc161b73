import { textOf } from "../../../python/inspect.ts";
import type { Value } from "../../../python/value.ts";
import { type Answer, all, any, not, unclear, unread } from "./answer.ts";
import type { SystemCheck } from "./check.ts";
import { at, equals, holds, isOne, some, truthy } from "./values.ts";

// django/core/checks/{urls,async_checks,mail,templates}.py and compatibility/django_4_0.py of Django 3.2.25 to
// 6.1.3, read on 2026-11-20.

export const urlChecks: readonly SystemCheck[] = [
  {
    id: "urls.E006",
    fires: (s) => any(...["STATIC_URL", "MEDIA_URL"].map((name) => lacksSlash(name, s.get(name)))),
  },
  {
    id: "4_0.E001",
    since: "4.0",
    fires: (s) =>
      some("CSRF_TRUSTED_ORIGINS", s.get("CSRF_TRUSTED_ORIGINS"), (origin) =>
        origin.kind === "opaque" && origin.prefix?.includes("://")
          ? false
          : not(holds("an entry of CSRF_TRUSTED_ORIGINS", origin, "://")),
      ),
  },
];

/** Django puts a slash in front of a relative URL before it looks, so an empty one is a slash. */
function lacksSlash(name: string, value: Value): Answer {
  if (value.kind === "opaque") return value.truth === false ? false : unread(name, value);
  const text = textOf(value);
  return text !== undefined && text !== "" && !text.endsWith("/");
}

export const asyncChecks: readonly SystemCheck[] = [
  {
    id: "async.E001",
    fires: (s) => {
      const value = s.variable("DJANGO_ALLOW_ASYNC_UNSAFE");
      return value ? truthy("$DJANGO_ALLOW_ASYNC_UNSAFE", value) : false;
    },
  },
];

const developmentBackends = ["console", "dummy", "filebased", "locmem"].map(
  (name) => `django.core.mail.backends.${name}.EmailBackend`,
);

export const mailChecks: readonly SystemCheck[] = [
  {
    id: "mail.W001",
    since: "6.1",
    fires: (s) => all(s.explicit("MAILERS"), not(holds("MAILERS", s.get("MAILERS"), "default"))),
  },
  {
    id: "mail.E001",
    since: "6.1",
    fires: (s) => {
      const mailer = s.explicit("MAILERS") ? at(s.get("MAILERS"), "default") : undefined;
      const backend = mailer && at(mailer, "BACKEND");
      return backend
        ? any(...developmentBackends.map((each) => equals("BACKEND in MAILERS", backend, each)))
        : false;
    },
  },
];

export const templateChecks: readonly SystemCheck[] = [
  {
    id: "templates.E001",
    // From 5.1 on the engine itself refuses, so that the command ends in ImproperlyConfigured.
    until: "5.1",
    fires: (s) =>
      some("TEMPLATES", s.get("TEMPLATES"), (engine) => {
        const dirs = at(engine, "APP_DIRS");
        const options = at(engine, "OPTIONS");
        return all(
          dirs ? truthy("APP_DIRS in TEMPLATES", dirs) : false,
          options ? holds("OPTIONS in TEMPLATES", options, "loaders") : false,
        );
      }),
  },
  {
    id: "templates.E002",
    fires: (s) =>
      some("TEMPLATES", s.get("TEMPLATES"), (engine) => {
        const options = at(engine, "OPTIONS");
        const invalid = options && at(options, "string_if_invalid");
        return all(
          s.version < 501 || isDjangos(engine),
          invalid ? not(isOne("string_if_invalid in TEMPLATES", invalid, "str")) : false,
        );
      }),
  },
];

/** Whether an entry of TEMPLATES is an engine of Django's own language; a backend of somebody else's may be made from it. */
export function isDjangos(engine: Value): Answer {
  const backend = at(engine, "BACKEND");
  if (!backend) return false;
  if (backend.kind === "opaque") return unread("BACKEND in TEMPLATES", backend);
  const name = textOf(backend) ?? "";
  if (name === "django.template.backends.django.DjangoTemplates") return true;
  return name.startsWith("django.") || /jinja/i.test(name)
    ? false
    : unclear(`TEMPLATES names the backend ${name}, which is not imported`);
}

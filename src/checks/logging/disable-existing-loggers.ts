import { defineCheck } from "../../check.ts";
import { loggingConfig } from "../../facts/django/logging/config.ts";
import { errorsGo } from "../../facts/django/logging/errors.ts";
import { loggingProblems } from "../../facts/django/logging/problems.ts";
import { trackerOf } from "../../facts/django/logging/watched.ts";
import { evidence, fails, notApplicable } from "../../finding.ts";
import { entryOf } from "../../python/inspect.ts";
import { start, toConsole } from "../example-logging.ts";

// The catalogue calls it an error; by design.md §2 lost log lines weaken reliability: a warning.
export default defineCheck({
  id: "disable-existing-loggers",
  title: "LOGGING leaves the loggers that are there alone",
  area: "logging",
  severity: "warning",
  needs: ["settings"],
  wants: ["code", "packages"],
  docs: {
    why: "Unless `disable_existing_loggers` is False, LOGGING switches off every logger that was made before and that it does not name. `django.request` is among them, so the traceback of a failed request is lost although root prints everything else; so are gunicorn's access log and the loggers of every library that was imported before.",
    fix: 'Keep them:\n\n```python\n"disable_existing_loggers": False,\n```',
    bad: { "shop/settings.py": start + toConsole.replace('    "disable_existing_loggers": False,\n', "") },
    good: { "shop/settings.py": start + toConsole },
    notReported: [
      "A project with an error tracker, where it is done on purpose: cookiecutter-django's with Sentry.",
      "Where `django` or `django.request` is named and prints, it is advice only.",
      "LOGGING that only has loggers of its own, and never prints an error of Django's: `errors-invisible`.",
    ],
    links: [
      "https://docs.djangoproject.com/en/stable/topics/logging/#configuring-logging",
      "https://docs.python.org/3/library/logging.config.html#dictionary-schema-details",
    ],
  },
  *run({ settings, code, packages }) {
    const setting = settings.get("LOGGING");
    const config = loggingConfig(setting);
    if (!config) return yield notApplicable(setting.explicit ? "LOGGING is not known" : "LOGGING is not set");
    if (settings.get("LOGGING_CONFIG").explicit)
      return yield notApplicable("LOGGING_CONFIG is set, so that the project configures logging itself");
    if (loggingProblems(config).length > 0)
      return yield notApplicable("LOGGING cannot be configured: logging-config-invalid");
    const { value, disablesExisting } = config;
    const option = entryOf(value, "disable_existing_loggers");
    if (disablesExisting === undefined || config.incremental)
      return yield notApplicable("whether LOGGING disables loggers is not known");
    if (!disablesExisting) return yield evidence("disable_existing_loggers is False", option?.at);
    const tracker = trackerOf(settings, { code, packages });
    if (tracker !== undefined)
      return yield evidence(`${tracker} is told of errors, whatever is disabled`, option?.at);
    const { disabled } = errorsGo(config, false);
    const is = option
      ? "disable_existing_loggers is True"
      : "LOGGING has no disable_existing_loggers, which is True then";
    yield fails(
      disabled
        ? `${is}, so django.request is switched off, and the traceback of a failed request is lost`
        : `${is}, so the loggers that were made before and that LOGGING does not name are switched off`,
      {
        at: option?.at ?? setting.at,
        fix: '"disable_existing_loggers": False,',
        ...(!disabled && { severity: "info" }),
      },
    );
  },
});

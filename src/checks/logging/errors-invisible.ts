import { defineCheck } from "../../check.ts";
import { loggingConfig } from "../../facts/django/logging/config.ts";
import { errorsGo } from "../../facts/django/logging/errors.ts";
import { loggingProblems } from "../../facts/django/logging/problems.ts";
import { setsUpLogging, trackerOf } from "../../facts/django/logging/watched.ts";
import { evidence, fails, notApplicable } from "../../finding.ts";
import { truthOf } from "../../python/inspect.ts";
import { start, toConsole } from "../example-logging.ts";

/** Servers whose command calls `logging.basicConfig`, so that root prints (tried, see ErrorsGo). */
const printing = ["waitress", "daphne"];

// The catalogue calls it an error. Nothing fails or is unsafe by it, so it is a warning (design.md §2).
export default defineCheck({
  id: "errors-invisible",
  title: "An exception in a view leaves a trace",
  area: "logging",
  severity: "warning",
  needs: ["settings"],
  wants: ["webServer", "code", "packages"],
  docs: {
    why: "With DEBUG off, Django's own LOGGING sends the traceback of a failed request to ADMINS by mail, and nowhere else. Without ADMINS nobody ever learns why a page answers 500: the server's log has a line with the status at best. That holds for gunicorn, uvicorn, Hypercorn, granian and uWSGI (tried with gunicorn 27.0, uvicorn 0.54, Hypercorn 0.18, granian 2.8 and uWSGI 2.0.30); waitress and daphne print it.",
    fix: `Print what is logged; the platform collects it:\n\n\`\`\`python\n${toConsole}\`\`\``,
    bad: { "shop/settings.py": start },
    good: { "shop/settings.py": start + toConsole },
    notReported: [
      "An error tracker (Sentry, Rollbar, New Relic and their kin), a log file, or ADMINS that are told by mail.",
      "`logging.basicConfig` in the code, a `--log-config` of the server, or a server that prints by itself.",
      "`LOGGING_CONFIG = None`, and LOGGING that cannot be read statically.",
    ],
    links: ["https://docs.djangoproject.com/en/stable/ref/logging/#default-logging-configuration"],
  },
  *run({ settings, webServer, code, packages }) {
    const setting = settings.get("LOGGING");
    const { value, at, explicit } = setting;
    const by = settings.get("LOGGING_CONFIG");
    if (by.explicit)
      return yield notApplicable("LOGGING_CONFIG is set, so that the project configures logging itself");
    if (value.kind === "opaque")
      return yield notApplicable(`LOGGING cannot be read statically: it ${value.because}`);
    const config = loggingConfig(setting);
    if (config && loggingProblems(config).length > 0)
      return yield notApplicable("LOGGING cannot be configured: logging-config-invalid");
    const rootSees = webServer !== undefined && printing.includes(webServer.program);
    const { to, disabled } = errorsGo(config, rootSees);
    if (to === "unknown") return yield notApplicable("not all of LOGGING is known");
    if (to === "console" && !explicit)
      return yield evidence(`${webServer?.program} prints what root is told`, webServer?.at);
    if (to !== "mail" && to !== "nowhere") return yield evidence("errors are logged", at);
    const tracker = trackerOf(settings, { code, packages });
    if (tracker !== undefined) return yield evidence(`${tracker} is told of errors`);
    if (disabled) return yield notApplicable("LOGGING disables Django's loggers: disable-existing-loggers");
    if (to === "mail" && truthOf(settings.get("ADMINS").value) !== false)
      return yield evidence("ADMINS are told of errors by mail", settings.get("ADMINS").at);
    const file = setsUpLogging(code);
    if (file !== undefined) return yield evidence(`${file} sets up logging itself`);
    if (/--log-config|--logger-class|logconfig/.test(webServer?.process.command ?? ""))
      return yield evidence("the server configures logging", webServer?.at);
    const others = setting.otherwise.filter((other) => {
      const found = errorsGo(loggingConfig(other), rootSees).to;
      return other.value.kind === "opaque" || (found !== "mail" && found !== "nowhere");
    });
    const nobody = "the traceback of a failed request goes nowhere";
    yield fails(
      explicit
        ? `LOGGING gives django.request no handler that works with DEBUG off, so ${nobody}`
        : `LOGGING is not set, so ${nobody}: Django mails it to ADMINS, and there are none`,
      {
        at: explicit ? at : undefined,
        when: others.map(({ whenNot }) => whenNot),
        fix: explicit
          ? '"handlers": {"console": {"class": "logging.StreamHandler"}},\n"root": {"handlers": ["console"], "level": "INFO"},'
          : toConsole.trimEnd(),
      },
    );
  },
});

import { defineCheck } from "../../check.ts";
import { loggingConfig } from "../../facts/django/logging/config.ts";
import { handlerGoes } from "../../facts/django/logging/errors.ts";
import { evidence, fails, notApplicable } from "../../finding.ts";
import { start, toConsole } from "../example-logging.ts";

export default defineCheck({
  id: "log-level-debug",
  title: "The log is not at DEBUG",
  area: "logging",
  severity: "warning",
  needs: ["settings"],
  docs: {
    why: "At DEBUG every library says what it does: addresses it asks, headers it sends, with the tokens in them. Platforms drop lines of a log that is too fast, and those that matter with them.",
    fix: 'Take INFO, and let a variable change it for an hour:\n\n```python\n"level": os.environ.get("DJANGO_LOG_LEVEL", "INFO"),\n```',
    bad: { "shop/settings.py": start + toConsole.replace('"INFO"', '"DEBUG"') },
    good: { "shop/settings.py": start + toConsole },
    notReported: [
      "DEBUG of a logger of the project's own.",
      "A logger at DEBUG whose handlers let nothing below INFO through, or only work with DEBUG on.",
      "`django` at DEBUG is advice: its queries are only logged with DEBUG on.",
    ],
    links: ["https://docs.djangoproject.com/en/stable/topics/logging/#loggers"],
  },
  *run({ settings }) {
    const setting = settings.get("LOGGING");
    const config = loggingConfig(setting);
    if (!config) return yield notApplicable(setting.explicit ? "LOGGING is not known" : "LOGGING is not set");
    const loggers = [config.root, config.loggers.get("django")];
    for (const logger of loggers) {
      if (logger?.level !== 10) continue;
      const shown = (logger.handlers ?? []).some((name) => {
        const handler = config.handlers.get(name);
        return (
          handler?.level !== undefined &&
          handler.level <= 10 &&
          !["nowhere", "mail"].includes(handlerGoes(handler, config))
        );
      });
      if (!shown) continue;
      const isRoot = logger === config.root;
      yield fails(`LOGGING's ${isRoot ? "root logger" : "logger django"} has the level DEBUG in production`, {
        at: logger.at ?? setting.at,
        fix: '"level": os.environ.get("DJANGO_LOG_LEVEL", "INFO"),',
        ...(!isRoot && { severity: "info" }),
      });
    }
    yield evidence("neither root nor django is at DEBUG", setting.at);
  },
});

import { defineCheck } from "../../check.ts";
import { loggingConfig } from "../../facts/django/logging/config.ts";
import { loggingProblems } from "../../facts/django/logging/problems.ts";
import { evidence, fails, notApplicable } from "../../finding.ts";
import { start, toConsole } from "../example-logging.ts";

export default defineCheck({
  id: "logging-config-invalid",
  title: "LOGGING can be configured",
  area: "logging",
  severity: "error",
  needs: ["settings"],
  wants: ["code"],
  docs: {
    why: "Django configures logging before anything else. A handler that is not defined, a level in lower case or an option that a class does not take is a ValueError then, with which every process ends at its start.",
    fix: "Define what is named, and write levels in capitals.",
    bad: { "shop/settings.py": start + toConsole.replace('"INFO"', '"info"') },
    good: { "shop/settings.py": start + toConsole },
    notReported: [
      "What is not known: a level from a variable, a class of another package.",
      "A level of the project's own (`logging.addLevelName`).",
      "A class whose package is not installed: `module-not-in-requirements` says so.",
    ],
    links: ["https://docs.python.org/3/library/logging.config.html#dictionary-schema-details"],
  },
  *run({ settings, code }) {
    const setting = settings.get("LOGGING");
    if (settings.get("LOGGING_CONFIG").explicit)
      return yield notApplicable("LOGGING_CONFIG is set, so that the project configures logging itself");
    const config = loggingConfig(setting);
    if (!config) return yield notApplicable(setting.explicit ? "LOGGING is not known" : "LOGGING is not set");
    const found = loggingProblems(config);
    if (found.length > 0 && code?.mentioning(/\baddLevelName\b/).length)
      return yield notApplicable("the project has levels of its own");
    const when = setting.otherwise
      .filter((other) => {
        const instead = loggingConfig(other);
        return !instead || loggingProblems(instead).length === 0;
      })
      .map(({ whenNot }) => whenNot);
    for (const { message, at, fix } of found)
      yield fails(`${message}, so nothing starts`, { at: at ?? setting.at, when, fix });
    if (found.length === 0) yield evidence("all that LOGGING names is defined", setting.at);
  },
});

import { posix } from "node:path";
import { defineCheck } from "../../check.ts";
import { loggingConfig } from "../../facts/django/logging/config.ts";
import { filenameOf, isFileHandler } from "../../facts/django/logging/errors.ts";
import { evidence, fails, notApplicable } from "../../finding.ts";
import { entryOf, truthOf } from "../../python/inspect.ts";
import { projectRoot } from "../../python/machine.ts";
import { start, toConsole } from "../example-logging.ts";

const toFile = `from pathlib import Path\n\n${start}${toConsole.replace(
  '{"class": "logging.StreamHandler"}',
  '{\n        "class": "logging.FileHandler",\n        "filename": Path(__file__).resolve().parent.parent / "logs" / "django.log",\n    }',
)}`;

const fix = '"console": {"class": "logging.StreamHandler"},';

export default defineCheck({
  id: "log-file-handler",
  title: "Log files have a folder, and a disk that keeps them",
  area: "logging",
  severity: "error",
  needs: ["settings", "systemChecks", "deployment"],
  wants: ["imageFile", "deploySteps", "code"],
  docs: {
    why: "A file handler opens its file when Django starts, whether or not a logger uses it. Git keeps no empty folders, so one that is there on the machine where it was made is missing where the project is deployed, and every process ends with `ValueError: Unable to configure handler`. On a disk that is thrown away the log goes with it, most likely when it would be needed.",
    fix: `Log to the console; the platform collects it:\n\n\`\`\`python\n${fix}\n\`\`\``,
    bad: { "shop/settings.py": toFile },
    good: { "shop/settings.py": start + toConsole },
    notReported: [
      "A folder that the settings, an entry point, the image or a step of the deployment makes, or that a disk is mounted to.",
      "A folder outside of the project (`/var/log`), which is not to be seen.",
      "`delay`, with which the file is opened late: a warning.",
    ],
    links: [
      "https://docs.python.org/3/library/logging.handlers.html#filehandler",
      "https://12factor.net/logs",
    ],
  },
  *run({ settings, systemChecks, deployment, imageFile, deploySteps, code }) {
    const { platform } = deployment;
    const setting = settings.get("LOGGING");
    const config = loggingConfig(setting);
    if (!config) return yield notApplicable(setting.explicit ? "LOGGING is not known" : "LOGGING is not set");
    const handlers = [...config.handlers.values()].filter(isFileHandler);
    if (handlers.length === 0) return yield evidence("no handler of LOGGING writes a file", setting.at);
    const commands = [
      ...(imageFile?.stages.flatMap(({ runs }) => runs) ?? []),
      ...(deploySteps?.all.map(({ launch }) =>
        [launch.program, ...launch.args.map(({ text }) => text)].join(" "),
      ) ?? []),
      ...deployment.processes.map(({ command }) => command),
    ];
    for (const handler of handlers) {
      const { name } = handler;
      const written = filenameOf(handler);
      const at = entryOf(handler.value, "filename")?.at ?? handler.at ?? setting.at;
      const path = written === undefined ? undefined : systemChecks.absolute(written);
      if (path === undefined) {
        yield notApplicable(`the file of LOGGING's handler ${name} is not known`);
        continue;
      }
      if (/^\/(?:dev|proc)\//.test(path)) {
        yield evidence(`LOGGING's handler ${name} writes to a device`, at);
        continue;
      }
      const folder = posix.dirname(path);
      const inProject = folder.startsWith(`${projectRoot}/`)
        ? folder.slice(projectRoot.length + 1)
        : undefined;
      const shown = path.startsWith(`${projectRoot}/`) ? path.slice(projectRoot.length + 1) : path;
      const isMade =
        inProject === undefined ||
        systemChecks.isFolder(folder) ||
        commands.some(
          (command) => /\bmkdir\b|\binstall -d\b/.test(command) && command.includes(posix.basename(folder)),
        ) ||
        (code?.mentioning(/\bmakedirs\(|\bmkdir\(/) ?? []).some(({ text }) =>
          mentions(text, posix.basename(folder)),
        );
      if (!isMade && platform.disk !== "persistent") {
        const late =
          truthOf(entryOf(handler.value, "delay") ?? { kind: "none", at: undefined, env: [] }) === true;
        yield fails(
          late
            ? `LOGGING's handler ${name} writes to a file in ${inProject}, a folder that the repository does not have`
            : `LOGGING's handler ${name} opens a file in ${inProject}, a folder that the repository does not have, so nothing starts`,
          { at, fix, ...(late && { severity: "warning" }) },
        );
      } else if (platform.disk === "ephemeral" || platform.disk === "read-only")
        yield fails(
          platform.disk === "ephemeral"
            ? `LOGGING's handler ${name} writes to ${shown}, which ${platform.name} throws away with the instance`
            : `LOGGING's handler ${name} writes to ${shown}, on a disk that ${platform.name} does not let the app write to`,
          { at, fix, severity: "warning" },
        );
      else yield evidence(`the folder of LOGGING's handler ${name} may be there`, at);
    }
  },
});

/** A file that makes folders and names this one. */
function mentions(text: string, folder: string): boolean {
  return text.includes(folder) || /parent\.mkdir|dirname\(/.test(text);
}

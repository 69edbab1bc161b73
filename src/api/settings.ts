import { paintFor } from "../cli/paint.ts";
import { settings as run } from "../commands/settings.ts";
import type { ProjectFiles } from "../files/project-files.ts";
import type { SettingsDocument } from "../report/settings-document.ts";
import { documentOf, openProject, type ProjectOptions, surroundings } from "./project.ts";

/** What `evaluateSettings` is told. */
export interface SettingsOptions extends ProjectOptions {
  /** Django's version, such as "5.2", instead of the one that the requirements name. */
  readonly django?: string;
  /** Django's defaults too. */
  readonly all?: boolean;
  /** Only these settings, whether or not the project sets them. */
  readonly only?: readonly string[];
}

/**
 * The settings of a Django project as production has them, and which of Django's own deployment checks they
 * fail, without Python: the settings module is interpreted. The values of secrets are not in it.
 *
 * @example
 * ```ts
 * import { evaluateSettings } from "deploy-check";
 *
 * const { settings, django } = await evaluateSettings("path/to/project", { env: { DEBUG: "0" } });
 * console.log(settings.ALLOWED_HOSTS?.value, django.checks);
 * ```
 *
 * @param project its folder, or its files from any other source, such as `memoryFiles`
 * @throws as `check` does
 */
export async function evaluateSettings(
  project: string | ProjectFiles = ".",
  options: SettingsOptions = {},
): Promise<SettingsDocument> {
  // As for the command: in an environment that is given exactly, ignored files are read too.
  const opened = await openProject(project, options, { withIgnored: (hasEnv) => hasEnv });
  const outcome = await run({
    files: opened.files,
    path: opened.path,
    settings: options.settings ?? opened.config.settings,
    django: options.django,
    env: opened.env,
    all: options.all ?? false,
    only: options.only ?? [],
    format: "json",
    paint: paintFor(surroundings(), {}),
  });
  return JSON.parse(documentOf(outcome));
}

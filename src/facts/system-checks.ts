import { posix } from "node:path";
import { defineFact, missing } from "./define.ts";
import type { SettingsView } from "./django/settings.ts";
import type { Answer } from "./django/system-checks/answer.ts";
import { firesIn, systemCheckAnswer } from "./django/system-checks/index.ts";
import { failureCall } from "./django/system-checks/security.ts";
import { checkout, type Reach } from "./django/system-checks/surroundings.ts";

/** Django's own system checks, with `--deploy`, on the settings of production. */
export interface SystemChecks {
  /** Whether Django reports an id, whatever is silenced; undefined where the project's Django has no such check. */
  answer(id: string): Answer | undefined;
  /** Variables that nothing declares, with a text for each that keeps Django from reporting any of `ids`. */
  cures(ids: readonly string[], setting: string): readonly Cure[];
  /** Whether the function that CSRF_FAILURE_VIEW names is there, and takes what Django gives it. */
  failureView(path: string): Reach;
  /** Whether `os.path.isdir` of a path, absolute or from where the project starts, as far as the repository shows. */
  isFolder(path: string): boolean;
  /** Where a relative path leads from the folder that the project starts in. */
  absolute(path: string): string;
  /** A package.json is there, so that a build may write folders that the repository lacks. */
  readonly buildsFrontEnd: boolean;
  /**
   * The environment was given in full and no platform with it, so that nothing but the settings counts and the
   * answer has to be Django's (design.md §3).
   */
  readonly alone: boolean;
}

export interface Cure {
  readonly variable: string;
  readonly text: string;
}

/** What a variable may hold that switches something on, or is a number of seconds. */
const texts = ["True", "true", "1", "3600"];

export const systemChecks = defineFact<"systemChecks", "settings" | "project">({
  wants: ["settings", "project"],
  read({ files, options }, { settings, project }) {
    if (!settings) return missing("the settings of production are not known");
    const surroundings = checkout(files, project?.path ?? [""]);
    const ask = (id: string, view: SettingsView) =>
      systemCheckAnswer(id, view, settings.djangoVersion, surroundings);
    const answers = new Map<string, Answer | undefined>();
    return {
      answer(id) {
        if (!answers.has(id)) answers.set(id, ask(id, settings));
        return answers.get(id);
      },
      cures(ids, name) {
        const fine = (variable: string, text: string) => {
          const view = settings.under({ [variable]: text });
          return (
            view.outcome.kind === "completed" &&
            !ids.some((id) => firesIn(id, view, settings.djangoVersion, surroundings))
          );
        };
        return settings
          .get(name)
          .env.filter((variable) => !settings.given.has(variable))
          .flatMap((variable) => {
            const text = texts.find((each) => fine(variable, each));
            return text === undefined ? [] : [{ variable, text }];
          });
      },
      failureView: (path) => surroundings.reach(path, failureCall),
      isFolder: (path) => surroundings.isFolder(path),
      absolute: (path) => posix.resolve(surroundings.workingFolder, path),
      buildsFrontEnd: files.list.some((path) => /^(?:[^/]+\/){0,2}package\.json$/.test(path)),
      alone: options.closed && !options.platformNamed,
    };
  },
});

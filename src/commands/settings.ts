import { defaultNames } from "../facts/django/defaults.ts";
import type { SettingsModule, SettingsView } from "../facts/django/settings.ts";
import { systemChecks } from "../facts/django/system-checks/index.ts";
import { checkout } from "../facts/django/system-checks/surroundings.ts";
import { gather } from "../facts/gather.ts";
import { recognise } from "../facts/recognise.ts";
import type { ProjectFiles } from "../files/project-files.ts";
import { choosePlatforms } from "../platforms/index.ts";
import { procfileHost } from "../platforms/procfile-host.ts";
import { printable, printableJson } from "../report/printable.ts";
import type { Paint } from "../report/report.ts";
import { settingsDocument } from "../report/settings-document.ts";
import { settingsTable } from "../report/settings-table.ts";
import { exitCodes, type Outcome, WrongUsage } from "./outcome.ts";
import { ambiguous, nothingRecognised, withoutGivenSecrets } from "./recognition.ts";

export const settingsFormats = ["table", "json"] as const;

/** What the command line asks for, with files already read. */
export interface SettingsRequest {
  readonly files: ProjectFiles;
  /** The path as the user wrote it, for commands to paste. */
  readonly path: string;
  readonly settings: string | undefined;
  /** Django's version, instead of the one that the requirements name. */
  readonly django: string | undefined;
  /** Undefined leaves the environment open; a map, even an empty one, closes it (design.md §3). */
  readonly env: ReadonlyMap<string, string> | undefined;
  /** Django's defaults too. */
  readonly all: boolean;
  /** Names of settings; none: every one. */
  readonly only: readonly string[];
  readonly format: string;
  readonly paint: Paint;
}

/** The settings as production has them, without running any: `manage.py diffsettings` from the files alone. */
export async function settings(request: SettingsRequest): Promise<Outcome> {
  const { files, env, path, django } = request;
  if (django !== undefined && !/^([4-9]|\d\d|3(?=\.2))\.\d+(\.\d+)?$/.test(django))
    throw new WrongUsage("--django wants a version from 3.2 on, such as --django 5.2");
  const recognition = recognise(files, { settings: request.settings });
  if (recognition.kind === "nothing") return nothingRecognised(path, recognition);
  if (recognition.kind === "ambiguous") throw ambiguous(path, recognition.candidates);

  const { project } = recognition;
  const [chosen] = choosePlatforms(files, project.folder);
  const facts = gather({
    files,
    platform: chosen?.platform ?? procfileHost,
    options: {
      settings: request.settings,
      django,
      env: env ?? new Map(),
      closed: env !== undefined,
      platformNamed: false,
    },
  });
  const result = await facts.get("settingsModule");
  if (result.kind === "unreadable") throw result.error;
  if (result.kind === "missing") return notThere(result.reason);

  const module = result.value;
  const view = viewIn(module);
  const imports = view !== undefined && view.refused === undefined;
  const document = settingsDocument({
    module,
    view,
    names: view ? namesIn(view, module, request) : [],
    closed: env !== undefined,
    answers: imports ? systemChecks(view, module.djangoVersion, checkout(files, project.path)) : undefined,
  });
  const text =
    request.format === "json"
      ? `${printableJson(JSON.stringify(document, undefined, 2))}\n`
      : settingsTable(document, request.paint);
  return {
    stdout: withoutGivenSecrets(text, env),
    stderr: "",
    code: document.import.ok ? exitCodes.fine : exitCodes.findings,
  };
}

/** What the module has: DEBUG held off is for judging, not for showing. */
function viewIn({ loaded }: SettingsModule): SettingsView | undefined {
  if (loaded.kind === "failed") return undefined;
  return loaded.settings.debugHeld ? loaded.settings.declared : loaded.settings;
}

function namesIn(
  view: SettingsView,
  { djangoVersion }: SettingsModule,
  { all, only }: SettingsRequest,
): readonly string[] {
  const every = new Set([...possibleNames(view), ...defaultNames(djangoVersion)]);
  const unset = only.filter((name) => !every.has(name) && view.get(name).value.kind !== "opaque");
  if (unset.length > 0)
    throw new WrongUsage(`--only names ${unset.join(", ")}, which neither the project nor Django sets`);
  if (only.length > 0) return [...new Set(only)].sort();
  return all ? [...every].sort() : possibleNames(view);
}

/** Those too that are set only where a test that cannot be known goes the other way. */
function possibleNames({ names, variants }: SettingsView): readonly string[] {
  const elsewhere = variants.filter(({ assumed }) => !assumed).flatMap((variant) => variant.names);
  return [...new Set([...names, ...elsewhere])].sort();
}

function notThere(reason: string): Outcome {
  return { stdout: "", stderr: `${printable(reason)}\n`, code: exitCodes.nothingRecognised };
}

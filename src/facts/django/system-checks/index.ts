import { posix } from "node:path";
import { orderOf } from "../defaults.ts";
import type { SettingsView, Variant } from "../settings.ts";
import { type Answer, unclear } from "./answer.ts";
import { siteChecks, staticFilesChecks } from "./apps.ts";
import { cacheChecks, fileChecks } from "./caches.ts";
import type { Given, SystemCheck } from "./check.ts";
import { languageChecks } from "./languages.ts";
import { securityChecks } from "./security.ts";
import { nowhere, type Surroundings } from "./surroundings.ts";
import { asyncChecks, mailChecks, templateChecks, urlChecks } from "./urls.ts";
import { holds } from "./values.ts";

/** Every system check of Django's that depends on settings alone, or on little else that the files show. */
export const allSystemChecks: readonly SystemCheck[] = [
  ...securityChecks,
  ...cacheChecks,
  ...fileChecks,
  ...urlChecks,
  ...asyncChecks,
  ...mailChecks,
  ...languageChecks,
  ...templateChecks,
  ...staticFilesChecks,
  ...siteChecks,
];

/** What `manage.py check --deploy` would say, each id once, sorted. */
export interface SystemCheckAnswers {
  /** Reported. */
  readonly checks: readonly string[];
  /** Cannot be told; `reasons` says why. */
  readonly unknown: readonly string[];
  /** Would be reported, but SILENCED_SYSTEM_CHECKS names them. */
  readonly silenced: readonly string[];
  /** A sentence for each id in `unknown`. */
  readonly reasons: ReadonlyMap<string, string>;
}

/**
 * Django's own system checks with `--deploy`, as far as they depend on settings, for a version ("5.2.17",
 * "4.2"; undefined: the newest). Checks of models, views and URL patterns are not among them. Where the
 * settings depend on a test that cannot be known, what is reported only one way is unknown.
 */
export function systemChecks(
  view: SettingsView,
  version: string | undefined,
  surroundings: Surroundings = nowhere,
): SystemCheckAnswers {
  const found = allSystemChecks
    .filter(({ since, until }) => isBetween(orderOf(version), since, until))
    .map((check) => ({ id: check.id, answer: ask(check, view, version, surroundings) }));
  const reported = found.filter(({ answer }) => answer === true).map(({ id }) => id);
  const reasons = new Map(
    found.flatMap(({ id, answer }) => (typeof answer === "boolean" ? [] : [[id, answer.because] as const])),
  );
  const silencing = view.get("SILENCED_SYSTEM_CHECKS").value;
  const silences = new Map(reported.map((id) => [id, holds("SILENCED_SYSTEM_CHECKS", silencing, id)]));
  for (const [id, answer] of silences) if (typeof answer !== "boolean") reasons.set(id, answer.because);
  const ids = (wanted: Answer) => reported.filter((id) => silences.get(id) === wanted).sort();
  // What is silenced is of no interest, known or not.
  for (const id of [...reasons.keys()])
    if (holds("SILENCED_SYSTEM_CHECKS", silencing, id) === true) reasons.delete(id);
  return { checks: ids(false), unknown: [...reasons.keys()].sort(), silenced: ids(true), reasons };
}

/**
 * Django's answer to one of its checks, whatever is silenced; undefined where that version has no such check.
 * Arguments as in `systemChecks`.
 */
export function systemCheckAnswer(
  id: string,
  view: SettingsView,
  version: string | undefined,
  surroundings: Surroundings = nowhere,
): Answer | undefined {
  const check = allSystemChecks.find((each) => each.id === id);
  return check && isBetween(orderOf(version), check.since, check.until)
    ? ask(check, view, version, surroundings)
    : undefined;
}

function isBetween(version: number, since: string | undefined, until: string | undefined): boolean {
  return (
    (since === undefined || orderOf(since) <= version) && (until === undefined || version < orderOf(until))
  );
}

/** Whether Django reports an id in the one scenario, whatever tests that cannot be known would change. */
export function firesIn(
  id: string,
  view: SettingsView,
  version: string | undefined,
  surroundings: Surroundings,
): boolean {
  const check = allSystemChecks.find((each) => each.id === id);
  const asked = check !== undefined && isBetween(orderOf(version), check.since, check.until);
  return asked && check.fires(givenBy(view, view, version, surroundings)) === true;
}

/** The answer in the scenario, unless a test that cannot be known going another way gives another one. */
function ask(
  check: SystemCheck,
  view: SettingsView,
  version: string | undefined,
  surroundings: Surroundings,
): Answer {
  const given = (settings: Pick<Variant, "get">) => givenBy(settings, view, version, surroundings);
  const answer = check.fires(given(view));
  if (typeof answer !== "boolean") return answer;
  for (const variant of view.variants) {
    if (variant.assumed) continue;
    const other = check.fires(given(variant));
    if (typeof other === "boolean" && other !== answer)
      return unclear(`it depends on whether ${variant.when}`);
  }
  return answer;
}

function givenBy(
  settings: Pick<Variant, "get">,
  view: SettingsView,
  version: string | undefined,
  surroundings: Surroundings,
): Given {
  return {
    get: (name) => settings.get(name).value,
    explicit: (name) => settings.get(name).explicit,
    variable: (name) => view.variable(name),
    isFolder: (path) => surroundings.isFolder(path),
    reach: (view, call) => surroundings.reach(view, call),
    absolute: (path) => posix.resolve(surroundings.workingFolder, path),
    version: orderOf(version),
  };
}

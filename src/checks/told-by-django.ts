import type { Setting, Settings } from "../facts/django/settings.ts";
import type { Answer as Told } from "../facts/django/system-checks/answer.ts";
import type { SystemChecks } from "../facts/system-checks.ts";
import { type Answer, cannotTell, evidence, type Finding, fails, notApplicable } from "../finding.ts";

interface Given {
  readonly settings: Settings;
  readonly systemChecks: SystemChecks;
}

/** How a check words what Django answers. */
export interface Wording {
  /** The setting that decides. */
  readonly setting: string;
  /** The message, where Django reports it. */
  readonly fails: string;
  /** Where it does not. */
  readonly passes: string;
  /** Text to paste. Where a variable would do, that is named in its place. */
  readonly fix: string;
  readonly severity?: Finding["severity"];
}

/**
 * Django's own answer to any of `ids` as the answer of a check. A value that an environment variable holds is
 * for whoever deploys to decide; one that a variable would change is wrong as long as that is unset.
 */
export function* asDjango(
  { settings, systemChecks }: Given,
  ids: readonly string[],
  wording: Wording,
): Generator<Answer> {
  const answers = ids.map((id) => systemChecks.answer(id)).filter((answer) => answer !== undefined);
  if (answers.length === 0)
    return yield notApplicable(
      `Django ${settings.djangoVersion ?? "in this version"} does not ask for it (${ids.join(", ")})`,
    );
  const setting = settings.get(wording.setting);
  if (answers.includes(true)) {
    const cures = systemChecks.cures(ids, wording.setting);
    const [cure] = cures;
    return yield fails(wording.fails, {
      at: placeOf(setting),
      when: cures.map(({ variable }) => `$${variable} is unset`),
      fix: cure ? `# in the environment of production\n${cure.variable}=${cure.text}` : wording.fix,
      severity: wording.severity,
    });
  }
  const unsure = answers.find((answer): answer is Exclude<Told, boolean> => typeof answer !== "boolean");
  if (!unsure) return yield evidence(wording.passes, placeOf(setting));
  yield decidedOutside(setting) ?? cannotTell(unsure.because, { at: placeOf(setting) });
}

/** What a default says stands nowhere. */
export function placeOf(setting: Setting): Finding["at"] {
  return setting.explicit ? setting.at : undefined;
}

/** A value from the environment that nobody sees here: whoever deploys decides it. */
export function decidedOutside({ name, value, env, at }: Setting): Answer | undefined {
  // Of a list that is partly known, the rest decides.
  const unseen = value.kind === "list" || value.kind === "tuple" ? value.open : value;
  if (unseen?.kind !== "opaque") return undefined;
  // What is made of such a value, like `[f"https://{host}" for host in hosts]`, still has its reason.
  const fromOutside = unseen.cause === "environment" || /^is read from the environment/.test(unseen.because);
  if (!fromOutside || env.length === 0) return undefined;
  return evidence(`${name} is decided by ${env.map((variable) => `$${variable}`).join(" and ")}`, at);
}

/** Why a check has nothing to say where the middleware that it is about is not there; undefined if it is. */
export function withoutMiddleware(
  { settings, systemChecks }: Given,
  middleware: "SecurityMiddleware" | "XFrameOptionsMiddleware" | "CsrfViewMiddleware",
): Answer | undefined {
  const [id, check] = parents[middleware];
  const answer = systemChecks.answer(id);
  if (answer === false) return undefined;
  return notApplicable(
    answer === true
      ? `${middleware} is not installed: ${check}`
      : `whether ${middleware} is installed cannot be told from ${settings.module}: ${check}`,
  );
}

const parents = {
  SecurityMiddleware: ["security.W001", "security-middleware-missing"],
  XFrameOptionsMiddleware: ["security.W002", "xframe-middleware-missing"],
  CsrfViewMiddleware: ["security.W003", "csrf-middleware-missing"],
} as const;

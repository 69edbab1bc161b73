import type { Location } from "../location.ts";
import type { Platform } from "../platforms/platform.ts";
import type { PlanFacts } from "./plan.ts";

/** The variables of the deployment, by where they come from. Never a value: it may be a secret. */
export interface PlannedEnvironment {
  /** Names that the platform sets. */
  readonly injected: readonly string[];
  readonly declared: readonly PlannedVariable[];
  /** What the settings insist on, and nothing declares or injects. */
  readonly missing: readonly PlannedVariable[];
}

export interface PlannedVariable {
  readonly name: string;
  readonly at: Location | undefined;
}

export function plannedEnvironment(
  { deployment, settings, settingsModule }: PlanFacts,
  platform: Platform,
): PlannedEnvironment {
  const declared = new Map((deployment?.env ?? []).map(({ name, at }) => [name, at] as const));
  const failed = settingsModule?.loaded.kind === "failed" ? settingsModule.reads : [];
  const required = settings?.required ?? failed.filter(({ fallback }) => fallback === undefined);
  const missing = new Map(
    required
      .filter(({ name }) => !declared.has(name) && !Object.hasOwn(platform.injects, name))
      .map(({ name, at }) => [name, at] as const),
  );
  return {
    injected: Object.keys(platform.injects).sort(),
    declared: [...declared].map(([name, at]) => ({ name, at })),
    missing: [...missing].map(([name, at]) => ({ name, at })),
  };
}

import { Unreadable } from "../files/project-files.ts";
import type { FactSource, Missing } from "./define.ts";
import type { FactName, ProjectFacts } from "./facts.ts";
import { readers } from "./readers.ts";

/** The outcome of reading one fact: it is there, the project lacks it, or its files cannot be understood. */
export type FactResult<Name extends FactName> =
  | { readonly kind: "present"; readonly value: ProjectFacts[Name] }
  | Missing
  | { readonly kind: "unreadable"; readonly error: Unreadable };

/** The facts of one project on one platform. */
export interface Facts {
  get<Name extends FactName>(name: Name): Promise<FactResult<Name>>;
}

/** Reads each fact at most once, when first asked for, and independent facts side by side. */
export function gather(source: FactSource): Facts {
  const reading = new Map<FactName, Promise<FactResult<FactName>>>();

  const facts: Facts = {
    get<Name extends FactName>(name: Name) {
      let result = reading.get(name);
      if (!result) {
        result = read(name);
        reading.set(name, result);
      }
      return result as Promise<FactResult<Name>>;
    },
  };
  return facts;

  async function read(name: FactName): Promise<FactResult<FactName>> {
    const reader = readers[name];
    const wanted = await Promise.all(
      reader.wants.map(async (want) => [want, await facts.get(want)] as const),
    );
    const given: Partial<Record<FactName, unknown>> = {};
    for (const [want, result] of wanted) if (result.kind === "present") given[want] = result.value;
    try {
      const value = await reader.read(source, given as Partial<ProjectFacts>);
      return isMissing(value) ? value : { kind: "present", value };
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      return { kind: "unreadable", error };
    }
  }
}

function isMissing(value: ProjectFacts[FactName] | Missing): value is Missing {
  return "kind" in value && value.kind === "missing";
}

/** Whether a fact can differ between platforms: it is the deployment, or made from it. */
export function dependsOnPlatform(name: FactName): boolean {
  return name === "deployment" || readers[name].wants.some(dependsOnPlatform);
}

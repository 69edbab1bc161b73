import type { Location } from "../location.ts";
import type { Execution } from "./execution.ts";
import type { Environment } from "./machine.ts";
import { str } from "./make.ts";
import type { Opaque, Value } from "./value.ts";

/** `os.environ` of a run: the scenario's variables, and what the code does to them. */
export class ScenarioEnvironment implements Environment {
  readonly #run: () => Execution;
  /** What the code set, or `undefined` where it deleted a variable. */
  readonly changed = new Map<string, Value | undefined>();

  constructor(run: () => Execution) {
    this.#run = run;
  }

  get(name: string, at: Location | undefined, fallback?: Value): Value | undefined {
    this.#run().notes.read({ name, at, fallback });
    return this.#peek(name, at);
  }

  require(name: string, at: Location | undefined, raise?: () => never): Value {
    const run = this.#run();
    run.notes.read({ name, at, fallback: undefined });
    const value = this.#peek(name, at);
    if (!this.changed.has(name)) run.risk = [...new Set([...run.risk, name])].sort();
    if (value) return value;
    return raise ? raise() : run.raise("KeyError", name, at, [name]);
  }

  has(name: string): boolean {
    return this.#peek(name, undefined) !== undefined;
  }

  set(name: string, value: Value): void {
    this.changed.set(name, value);
  }

  delete(name: string): void {
    this.changed.set(name, undefined);
  }

  get names(): readonly string[] {
    const { scenario } = this.#run();
    const known = new Set([...scenario.env.keys(), ...this.changed.keys()]);
    return [...known].filter((name) => this.has(name));
  }

  #peek(name: string, at: Location | undefined): Value | undefined {
    if (this.changed.has(name)) return this.changed.get(name);
    const declared = this.#run().scenario.env.get(name);
    if (!declared) return undefined;
    if (declared.kind === "text") return str(declared.text, at, [name]);
    return somethingFrom(name, at);
  }
}

/** What a variable holds that is set, to something we do not see. */
function somethingFrom(name: string, at: Location | undefined): Opaque {
  return {
    kind: "opaque",
    because: `is read from the environment variable ${name}`,
    cause: "environment",
    type: "str",
    truth: true,
    at,
    env: [name],
  };
}

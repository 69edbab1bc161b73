import type { Branch, EnvRead, ExternalImport } from "./scenario.ts";
import type { EnvNames } from "./value.ts";

/** Texts worth trying for one variable: more would not be tried anyway. */
const maximum = 50;

/** No search goes through more; a loop may make any number. */
const mostBranches = 2000;

/** What a run leaves behind beside values (see `Run`). */
export class Notes {
  readonly reads: EnvRead[] = [];
  readonly candidates = new Map<string, Set<string>>();
  readonly branches: Branch[] = [];
  readonly files: string[] = [];
  readonly imports: ExternalImport[] = [];
  readonly #seen = new Set<string>();
  readonly #visits = new Map<string, number>();

  read(read: EnvRead): void {
    const { name, at } = read;
    if (this.#first(`read ${name} ${at?.file}:${at?.line}:${at?.column}`)) this.reads.push(read);
  }

  import(imported: ExternalImport): void {
    const { module, at } = imported;
    if (this.#first(`import ${module} ${at?.file}:${at?.line}:${at?.column}`)) this.imports.push(imported);
  }

  branch(branch: Branch): void {
    if (this.branches.length < mostBranches) this.branches.push(branch);
  }

  candidate(env: EnvNames, text: string): void {
    for (const name of env) {
      const texts = this.candidates.get(name) ?? new Set();
      this.candidates.set(name, texts);
      if (texts.size < maximum && text.length < 200) texts.add(text);
    }
  }

  /** The key of a branch at a place that may be reached again. */
  visit(place: string): string {
    const visits = (this.#visits.get(place) ?? 0) + 1;
    this.#visits.set(place, visits);
    return `${place}#${visits}`;
  }

  #first(what: string): boolean {
    if (this.#seen.has(what)) return false;
    this.#seen.add(what);
    return true;
  }
}

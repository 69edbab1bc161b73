import { Stopped } from "./raised.ts";

/** What one run may use. Generous for any settings module, and used up in about a second. */
export const limits = {
  /** Statements and expressions. */
  steps: 2_000_000,
  /** Python calls and imports inside one another, as in CPython. JavaScript's stack may end before (`stack.ts`). */
  depth: 1000,
  /** Data inside data, as far as every CPython follows it in repr() and in comparisons. */
  nesting: 900,
  /** Items and characters of everything made in a run. */
  made: 10_000_000,
  /** Items or characters of one object. */
  size: 2_000_000,
  /** Bits of an integer. */
  bits: 400_000,
} as const;

export class Budget {
  #steps: number = limits.steps;
  #made: number = limits.made;

  /** Takes `count` steps. */
  spend(count = 1): void {
    this.#steps -= count;
    if (this.#steps < 0) throw new Stopped(`takes more than ${limits.steps / 1_000_000} million steps`);
  }

  /** Notes that an object of this size was made. */
  make(size: number): void {
    this.#made -= size;
    // Building a large object takes time, as steps do.
    this.spend(size >>> 5);
    if (this.#made < 0) throw new Stopped("needs too much memory");
  }
}

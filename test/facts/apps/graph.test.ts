import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { graphOf } from "../../../src/facts/django/apps/graph.ts";
import type { Migration } from "../../../src/facts/django/apps/migrations.ts";
import { startOf } from "../../../src/location.ts";
import { hasPython, python } from "../../support/python.ts";

type Part = "dependencies" | "run_before" | "replaces";
type Case = Readonly<Record<string, Partial<Readonly<Record<Part, readonly string[]>>>>>;

function migrationsOf(graph: Case): readonly Migration[] {
  const at = startOf("orders/migrations/x.py");
  const keys = (names: readonly string[] = []) => names.map((name) => ({ label: "orders", name, at }));
  return Object.entries(graph).map(([name, parts]) => ({
    name,
    at,
    dependencies: keys(parts.dependencies),
    runBefore: keys(parts.run_before),
    replaces: keys(parts.replaces),
    unclear: undefined,
  }));
}

function answerOf(graph: Case): readonly string[] | string {
  const found = graphOf("orders", migrationsOf(graph));
  const [missing] = found?.missing ?? [];
  return missing ? `missing ${missing.key.name}` : (found?.leaves.map(({ name }) => name) ?? "unclear");
}

function askDjango(
  cases: readonly { readonly migrations: Case; readonly applied?: readonly string[] }[],
): unknown {
  const script = join(import.meta.dirname, "leaves.py");
  return JSON.parse(execFileSync(python, [script], { input: JSON.stringify(cases), encoding: "utf8" }));
}

const cases: Readonly<Record<string, Case>> = {
  "one line": { a: {}, b: { dependencies: ["a"] } },
  "two leaves": { a: {}, b: { dependencies: ["a"] }, c: { dependencies: ["a"] } },
  "two leaves merged": {
    a: {},
    b: { dependencies: ["a"] },
    c: { dependencies: ["a"] },
    d: { dependencies: ["b", "c"] },
  },
  "two first ones": { a: {}, b: {} },
  run_before: { a: {}, b: { dependencies: ["a"], run_before: ["c"] }, c: { dependencies: ["a"] } },
  "a missing one": { a: {}, c: { dependencies: ["b"] } },
  "squashed beside the old ones": {
    a: {},
    b: { dependencies: ["a"] },
    ab: { replaces: ["a", "b"] },
    c: { dependencies: ["b"] },
  },
  "squashed, and the old ones gone": { ab: { replaces: ["a", "b"] }, c: { dependencies: ["b"] } },
  "squashed last ones": {
    a: {},
    b: { dependencies: ["a"] },
    c: { dependencies: ["b"] },
    bc: { dependencies: ["a"], replaces: ["b", "c"] },
  },
  "two leaves behind squashed ones": {
    a: {},
    b: { dependencies: ["a"] },
    ab: { replaces: ["a", "b"] },
    c: { dependencies: ["b"] },
    d: { dependencies: ["ab"] },
  },
  "first of its own app": { a: {}, b: { dependencies: ["__first__"] } },
};

test.skipIf(!hasPython("django"))("the leaves are those that Django finds (needs Python with Django)", () => {
  const answers = askDjango(Object.values(cases).map((migrations) => ({ migrations })));
  expect(Object.values(cases).map(answerOf)).toEqual(answers);
  expect(answerOf(cases["two leaves"] ?? {})).toEqual(["b", "c"]);
});

test("a migration that cannot be read leaves them open", () => {
  const [first] = migrationsOf({ a: {} });
  expect(first && graphOf("orders", [{ ...first, unclear: "x" }])).toBeUndefined();
});

/** A small generator of numbers, so that the same graphs are made every time. */
function* numbers(seed: number): Generator<number> {
  for (let state = seed; ; ) {
    state = (state * 1103515245 + 12345) % 2147483648;
    yield state / 2147483648;
  }
}

test.skipIf(!hasPython("django"))(
  "graphs made by chance have the leaves that Django finds (needs Python with Django)",
  () => {
    const random = numbers(5);
    const next = (below: number) => Math.floor((random.next().value ?? 0) * below);
    const graphs = Array.from({ length: 400 }, () => {
      const length = 2 + next(6);
      const graph: Record<string, Partial<Record<Part, string[]>>> = {};
      for (let index = 0; index < length; index++) {
        const before = [
          ...new Set(Array.from({ length: index === 0 ? 0 : 1 + next(2) }, () => `m${next(index)}`)),
        ];
        graph[`m${index}`] = next(12) === 0 ? {} : { dependencies: before };
      }
      if (next(3) === 0 && length > 3) {
        const start = next(length - 2);
        const first = graph[`m${start}`]?.dependencies ?? [];
        graph.squashed = { dependencies: first, replaces: [`m${start}`, `m${start + 1}`] };
        if (next(2) === 0) graph.behind = { dependencies: ["squashed"] };
      }
      return graph;
    });
    const fresh = askDjango(graphs.map((migrations) => ({ migrations })));
    const partly = askDjango(
      graphs.map((migrations) => ({
        migrations,
        applied: (migrations.squashed?.replaces ?? []).slice(0, 1),
      })),
    );
    if (!Array.isArray(fresh) || !Array.isArray(partly)) throw new Error("Django answers with lists");
    for (const [index, graph] of graphs.entries()) {
      const [now, then]: readonly string[][] = [fresh[index], partly[index]];
      const answer = answerOf(graph);
      // Several leaves are told only where Django refuses in either case.
      const refused = (now?.length ?? 0) > 1 && (then?.length ?? 0) > 1;
      if (refused || (now?.length ?? 0) < 2) expect(answer, JSON.stringify(graph)).toEqual(now);
      else expect(answer, JSON.stringify(graph)).toHaveLength(1);
    }
  },
);

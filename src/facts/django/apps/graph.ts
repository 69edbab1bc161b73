import type { Migration, MigrationKey } from "./migrations.ts";

/** What `manage.py migrate` refuses to go on with. */
export interface MigrationGraph {
  /** The migrations of the app that no other one of it follows, sorted by name. */
  readonly leaves: readonly Migration[];
  /** Dependencies on migrations of the app that are not there. */
  readonly missing: readonly { readonly migration: Migration; readonly key: MigrationKey }[];
}

interface Node {
  readonly parents: Set<string>;
  readonly children: Set<string>;
}
type Nodes = Map<string, Node>;

/**
 * The graph of one app's migrations, as Django builds it; undefined where one of them cannot be read. With
 * squashed migrations it depends on what the database has applied: leaves count only if they are leaves for a
 * new database and for one that has applied a part of what was replaced.
 *
 * django/db/migrations/graph.py and loader.py of Django 3.2 to 6.1, read on 2026-11-20.
 */
export function graphOf(label: string, migrations: readonly Migration[]): MigrationGraph | undefined {
  if (migrations.some(({ unclear }) => unclear !== undefined)) return undefined;
  const byName = new Map(migrations.map((each) => [each.name, each]));
  const own = (keys: readonly MigrationKey[]) => keys.filter((key) => key.label === label);
  const squashed = migrations.filter(({ replaces }) => replaces.length > 0);
  // One that replaces another app's is rare, and tells about that app, too.
  if (squashed.some(({ replaces }) => own(replaces).length < replaces.length)) return undefined;

  const fresh = build();
  for (const each of squashed) useReplacement(fresh, each.name, own(each.replaces));
  const missing = migrations.flatMap((migration) =>
    own(migration.dependencies)
      .filter(({ name }) => name !== "__first__" && name !== "__latest__")
      .filter(({ name }) => !byName.has(name) && fresh.has(name) && fresh.has(migration.name))
      .map((key) => ({ migration, key })),
  );
  const leaves = leavesOf(fresh);
  const whole = squashed.filter(({ replaces }) => own(replaces).every(({ name }) => byName.has(name)));
  if (whole.length === 0 || leaves.length < 2) return { leaves: found(leaves), missing };
  const partly = build();
  for (const each of squashed)
    (whole.includes(each) ? dropReplacement : useReplacement)(partly, each.name, own(each.replaces));
  return { leaves: found(leavesOf(partly).length < 2 ? leaves.slice(0, 1) : leaves), missing };

  function build(): Nodes {
    const nodes: Nodes = new Map();
    const at = (name: string): Node => {
      const node = nodes.get(name) ?? { parents: new Set<string>(), children: new Set<string>() };
      nodes.set(name, node);
      return node;
    };
    const depend = (child: string, parent: string) => {
      at(child).parents.add(parent);
      at(parent).children.add(child);
    };
    for (const { name } of migrations) at(name);
    for (const { name, dependencies, runBefore } of migrations) {
      // To the app's own first migration Django adds no line.
      for (const key of own(dependencies)) if (key.name !== "__first__") depend(name, key.name);
      for (const key of own(runBefore)) if (key.name !== "__first__") depend(key.name, name);
    }
    return nodes;
  }

  function found(names: readonly string[]): readonly Migration[] {
    return names.flatMap((name) => byName.get(name) ?? []).sort((a, b) => (a.name < b.name ? -1 : 1));
  }
}

function leavesOf(nodes: Nodes): readonly string[] {
  return [...nodes].filter(([, { children }]) => children.size === 0).map(([name]) => name);
}

/** Nothing of what it replaces is applied, or all of it. */
function useReplacement(nodes: Nodes, name: string, replaces: readonly MigrationKey[]): void {
  const node = nodes.get(name);
  if (!node) return;
  const replaced = new Set(replaces.map((key) => key.name));
  for (const each of replaced) {
    const old = nodes.get(each);
    if (!old || each === name) continue;
    nodes.delete(each);
    for (const child of old.children) {
      nodes.get(child)?.parents.delete(each);
      if (replaced.has(child) || child === name) continue;
      node.children.add(child);
      nodes.get(child)?.parents.add(name);
    }
    for (const parent of old.parents) {
      nodes.get(parent)?.children.delete(each);
      if (replaced.has(parent) || parent === name) continue;
      node.parents.add(parent);
      nodes.get(parent)?.children.add(name);
    }
  }
}

/** A part of what it replaces is applied, so the rest of that is applied one by one. */
function dropReplacement(nodes: Nodes, name: string, replaces: readonly MigrationKey[]): void {
  const node = nodes.get(name);
  if (!node) return;
  nodes.delete(name);
  const replaced = new Set(replaces.map((key) => key.name).filter((each) => nodes.has(each)));
  const parents = new Set([...replaced].flatMap((each) => [...(nodes.get(each)?.parents ?? [])]));
  const last = [...replaced].filter((each) => !parents.has(each));
  for (const child of node.children) {
    nodes.get(child)?.parents.delete(name);
    for (const each of last) {
      nodes.get(each)?.children.add(child);
      nodes.get(child)?.parents.add(each);
    }
  }
  for (const parent of node.parents) nodes.get(parent)?.children.delete(name);
}

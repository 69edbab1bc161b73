import type { EnvDeclaration, Manifest, Service, Step } from "../manifest.ts";
import { any, text as anyText, departures, listOf, map, type Shape, scalar } from "./shape.ts";
import type { ManifestNode } from "./tree.ts";
import { readJson } from "./tree-json.ts";

/**
 * scalingo.json: how a review app or the app of a one-click button is made. Pushes do not read it.
 * Scalingo/documentation @19c4243 (2026-08-21), platform/app/app-manifest.
 */
export interface ScalingoJson extends Manifest {
  /** Undefined if the file does not speak of any. */
  readonly services: readonly Service[] | undefined;
}

const shape: Shape = map({
  $schema: anyText,
  name: anyText,
  description: anyText,
  repository: anyText,
  logo: anyText,
  website: anyText,
  stack: scalar,
  env: map({}, { others: any }),
  addons: listOf(any),
  scripts: map(
    { "first-deploy": anyText },
    { deprecated: { postdeploy: "# Procfile\npostdeploy: <the command>" }, others: any },
  ),
  formation: map({}, { others: any }),
});

/** Add-ons by the first word of their plan, with the variables that they set, the alias first. */
const addons: Readonly<Record<string, { readonly kind: Service["kind"]; readonly variables: string[] }>> = {
  postgresql: { kind: "postgres", variables: ["DATABASE_URL", "SCALINGO_POSTGRESQL_URL"] },
  mysql: { kind: "mysql", variables: ["DATABASE_URL", "SCALINGO_MYSQL_URL"] },
  redis: { kind: "redis", variables: ["REDIS_URL", "SCALINGO_REDIS_URL"] },
  mongodb: { kind: "mongodb", variables: ["MONGO_URL", "SCALINGO_MONGO_URL"] },
};

/** Stacks that are discontinued: Scalingo/python-buildpack @66b788a (v347, 2026-07-13), lib/checks.sh. */
const retiredStacks = ["scalingo-14", "scalingo-18", "scalingo-20"];

export function readScalingoJson(path: string, text: string): ScalingoJson {
  const { root, problems } = readJson(path, text);
  const plans = root.get("addons").items.flatMap(planOf);
  const stack = root.get("stack");
  return {
    path,
    processes: [],
    env: [
      ...root.get("env").entries.flatMap(([name, node]) => declared(name, node)),
      ...plans.flatMap(({ addon, at }) =>
        (addons[addon]?.variables ?? []).map((name): EnvDeclaration => ({ name, from: "service", at })),
      ),
    ],
    steps: scripts(root.get("scripts")),
    services: root.get("addons").exists
      ? plans.map(({ addon, plan, at }) => ({ kind: addons[addon]?.kind ?? "other", name: plan, at }))
      : undefined,
    problems: [
      ...problems,
      ...departures(root, shape, "Scalingo"),
      ...(retiredStacks.includes(stack.text ?? "")
        ? [
            {
              kind: "retired" as const,
              check: "platform-retired",
              message: `${path} asks for the stack ${stack.text}, on which Scalingo builds no longer`,
              at: stack.at,
              fix: '"stack": "scalingo-24"',
            },
          ]
        : []),
    ],
  };
}

function planOf(node: ManifestNode) {
  const plan = node.text ?? node.get("plan").text;
  if (plan === undefined) return [];
  const at = node.text === undefined ? node.get("plan").at : node.at;
  return [{ addon: plan.split(":")[0]?.replace(/^scalingo-/, "") ?? "", plan, at }];
}

function declared(name: string, node: ManifestNode): readonly EnvDeclaration[] {
  const { at } = node;
  const value = node.text ?? node.get("value").text;
  if (value !== undefined) return [{ name, value, at }];
  return node.get("generator").exists ? [{ name, from: "generated", at }] : [{ name, at }];
}

/** `first-deploy` runs once; `postdeploy` after each deployment of a review app. */
function scripts(node: ManifestNode): readonly Step[] {
  return ["first-deploy", "postdeploy"].flatMap((key) => {
    const { text, at } = node.get(key);
    const onlyOnce = key === "first-deploy" && { onlyOnce: true as const };
    return text === undefined ? [] : [{ phase: "release" as const, command: text, at, ...onlyOnce }];
  });
}

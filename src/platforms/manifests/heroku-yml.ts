import type { EnvDeclaration, Manifest, Process, Service } from "../manifest.ts";
import { addonKind } from "./heroku-addons.ts";
import { any, departures, listOf, map, type Shape, text } from "./shape.ts";
import type { ManifestNode } from "./tree.ts";
import { readYaml } from "./tree-yaml.ts";

/** heroku.yml: apps on the container stack. https://devcenter.heroku.com/articles/build-docker-images-heroku-yml */
export interface HerokuYml extends Manifest {
  /** The Dockerfile that each process type is built from. */
  readonly images: ReadonlyMap<string, string>;
  readonly services: readonly Service[] | undefined;
}

/** The four sections of the article above (2025-03). */
const shape: Shape = map({
  setup: map({ addons: listOf(any), config: map({}, { others: any }) }),
  build: map({ docker: map({}, { others: text }), config: map({}, { others: any }) }, { others: any }),
  release: any,
  run: map({}, { others: any }),
});

export function readHerokuYml(path: string, text: string): HerokuYml {
  const { root, problems } = readYaml(path, text);
  const release = command(root.get("release"));
  return {
    path,
    processes: root.get("run").entries.flatMap(([name, node]): Process[] => {
      const found = command(node);
      return found ? [{ name, ...found }] : [];
    }),
    env: root
      .get("setup")
      .get("config")
      .entries.map(([name, value]): EnvDeclaration => ({ name, value: value.text, at: value.at })),
    steps: release ? [{ phase: "release", ...release }] : [],
    problems: [...problems, ...departures(root, shape, "Heroku")],
    services: root.get("setup").get("addons").exists ? addons(root.get("setup").get("addons")) : undefined,
    images: new Map(
      root
        .get("build")
        .get("docker")
        .entries.flatMap(([name, { text: file }]) => (file === undefined ? [] : [[name, file]])),
    ),
  };
}

function addons(node: ManifestNode): readonly Service[] {
  return node.items.flatMap((addon): Service[] => {
    const { text: plan, at } = addon.get("plan");
    return plan === undefined ? [] : [{ kind: addonKind(plan), name: plan, at }];
  });
}

/** A text, or `command:` with a text or with lines that run one after the other. */
function command(node: ManifestNode): Pick<Process, "command" | "at"> | undefined {
  const inner = node.text === undefined ? node.get("command") : node;
  const lines = inner.text === undefined ? inner.items.flatMap(({ text }) => text ?? []) : [inner.text];
  return lines.length > 0 ? { command: lines.join(" && "), at: inner.at } : undefined;
}

import type { ProjectFiles } from "../../files/project-files.ts";
import type { Location } from "../../location.ts";

/** What a Dockerfile says about Python, in the stages that end up in the image. */
export interface Dockerfile {
  /** The image that the last stage goes back to. */
  readonly image:
    | { readonly name: string; readonly version: string | undefined; readonly at: Location }
    | undefined;
  /** Shell of RUN instructions, in order. */
  readonly commands: readonly { readonly text: string; readonly at: Location }[];
}

/** Larger ones are not written by hand. */
const largest = 200_000;

interface Stage {
  readonly name: string | undefined;
  readonly image: string;
  readonly at: Location;
  readonly commands: { readonly text: string; readonly at: Location }[];
  readonly copiesFrom: string[];
}

/** Reads a Dockerfile; undefined if there is none, or it names no image. */
export async function readDockerfile(files: ProjectFiles, path: string): Promise<Dockerfile | undefined> {
  const text = files.text(path);
  if (text === undefined || text.length > largest) return undefined;
  const stages = await readStages(path, text);
  const last = stages.at(-1);
  if (!last) return undefined;
  const used = usedStages(stages, last);
  return {
    image: imageOf(stages, last),
    commands: stages.filter((stage) => used.has(stage)).flatMap(({ commands }) => commands),
  };
}

async function readStages(path: string, text: string): Promise<readonly Stage[]> {
  // Only projects that deploy a Dockerfile pay for its parser.
  const { DockerfileParser } = await import("dockerfile-ast");
  const variables = new Map<string, string>();
  const stages: Stage[] = [];
  const lines = text.split(/\r\n|\r|\n/);
  for (const instruction of DockerfileParser.parse(text).getInstructions()) {
    const { start, end } = instruction.getRange();
    const at = {
      file: path,
      line: start.line + 1,
      column: start.character + 1,
      endLine: end.line + 1,
      endColumn: end.character + 1,
    };
    // The library's own content leaves out flags such as `--from`.
    const content = lines
      .slice(start.line, end.line + 1)
      .join("\n")
      .replace(/^\s*\w+\s*/, "")
      .replace(/[\\`][^\S\n]*\n(?:\s*#.*\n)*/g, " ");
    switch (instruction.getKeyword()) {
      case "ARG": {
        const [, name, value] = /^(\w+)=["']?([^"'\s]*)/.exec(content) ?? [];
        if (name !== undefined && value !== undefined && stages.length === 0) variables.set(name, value);
        break;
      }
      case "FROM": {
        const [image = "", , name] = content
          .replace(/--platform=\S+\s+/, "")
          .trim()
          .split(/\s+/);
        stages.push({ name, image: substitute(image, variables), at, commands: [], copiesFrom: [] });
        break;
      }
      case "RUN":
        stages.at(-1)?.commands.push({ text: shellOf(content), at });
        break;
      case "COPY": {
        const from = /--from=(\S+)/.exec(content)?.[1];
        if (from !== undefined) stages.at(-1)?.copiesFrom.push(from);
      }
    }
  }
  return stages;
}

/** `["pip", "install", "x"]` and `--mount=… pip install x` as a shell would write them. */
function shellOf(content: string): string {
  const command = content.replace(/^(?:--\w+=\S+\s+)+/, "").trim();
  if (!command.startsWith("[")) return command;
  try {
    const words: unknown = JSON.parse(command);
    return Array.isArray(words) ? words.join(" ") : command;
  } catch {
    return command;
  }
}

function substitute(text: string, variables: ReadonlyMap<string, string>): string {
  return text.replace(
    /\$\{(\w+)(?::?-([^}]*))?\}|\$(\w+)/g,
    (whole, braced?: string, fallback?: string, plain?: string) =>
      variables.get(braced ?? plain ?? "") ?? fallback ?? whole,
  );
}

/** The last stage, those it is built on, and those it copies from. */
function usedStages(stages: readonly Stage[], last: Stage): ReadonlySet<Stage> {
  const used = new Set<Stage>();
  const queue = [last];
  for (let stage = queue.pop(); stage !== undefined; stage = queue.pop()) {
    if (used.has(stage)) continue;
    used.add(stage);
    for (const name of [stage.image, ...stage.copiesFrom]) {
      const found = stages.find((each, index) => each.name === name || String(index) === name);
      if (found) queue.push(found);
    }
  }
  return used;
}

function imageOf(stages: readonly Stage[], last: Stage): Dockerfile["image"] {
  let stage = last;
  for (let step = 0; step < stages.length; step += 1) {
    const base = stages.find(({ name }) => name !== undefined && name === stage.image);
    if (!base || base === stage) break;
    stage = base;
  }
  return { name: stage.image, version: pythonOf(stage.image), at: stage.at };
}

/** `python:3.13-slim`, `ghcr.io/astral-sh/uv:python3.13-bookworm-slim`: the version that the tag names. */
function pythonOf(image: string): string | undefined {
  return (
    /(?:^|\/)python:v?(\d+\.\d+(?:\.\d+)?)/.exec(image)?.[1] ??
    /:(?:.*-)?python(\d+\.\d+(?:\.\d+)?)/.exec(image)?.[1]
  );
}

/** Images that bring Python at most, and no package of it. */
export function isBareImage(image: string): boolean {
  return /^(?:docker\.io\/)?(?:library\/)?(?:python|alpine|debian|ubuntu)(?::|@|$)|astral-sh\/uv:|(?:^|\/)python:/.test(
    image,
  );
}

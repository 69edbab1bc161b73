/** The name of an image in its parts. https://docs.docker.com/reference/cli/docker/image/tag/ */
export interface ImageName {
  /** Without registry, and without `library/`: "python", "astral-sh/uv". */
  readonly repository: string;
  /** Docker Hub's own: "python", "debian". */
  readonly official: boolean;
  readonly tag: string | undefined;
  readonly digest: string | undefined;
}

/** Undefined for `scratch`, and where a variable that is not known is in it. */
export function imageName(text: string): ImageName | undefined {
  if (text === "" || text === "scratch" || text.includes("$")) return undefined;
  const [named = "", digest] = text.split("@");
  const [, path = "", tag] = /^(.*?)(?::([\w][\w.-]*))?$/.exec(named) ?? [];
  const parts = path.split("/");
  const isRegistry = /[.:]/.test(parts[0] ?? "") || parts[0] === "localhost";
  const registry = isRegistry && parts.length > 1 ? parts.shift() : "docker.io";
  if (registry === "docker.io" && parts[0] === "library") parts.shift();
  const official = registry === "docker.io" && parts.length === 1;
  return { repository: parts.join("/"), official, tag, digest };
}

/** What a base image is like, where that is known: which programs are there for sure, and which are not. */
export type Flavour = "alpine" | "lean" | "full";

/**
 * Official images of Python, Debian, Ubuntu, Alpine and Node, and those that are made like Python's. `lean` is
 * Debian with next to nothing; the full images of Python and Node are built on buildpack-deps, which has much.
 * https://hub.docker.com/_/python, https://github.com/docker-library/buildpack-deps (2026)
 */
export function flavourOf(image: string): Flavour | undefined {
  const name = imageName(image);
  // A digest alone does not tell.
  if (!name || (name.tag === undefined && name.digest !== undefined)) return undefined;
  const tag = name.tag ?? "latest";
  const likePython = name.repository === "astral-sh/uv" && /python|debian|alpine/.test(tag);
  switch (name.official ? name.repository : likePython ? "python" : "") {
    case "alpine":
      return "alpine";
    case "debian":
    case "ubuntu":
      return "lean";
    case "python":
    case "node":
      return /(?:^|-)alpine/.test(tag) ? "alpine" : /(?:^|-)slim/.test(tag) ? "lean" : "full";
    default:
      return undefined;
  }
}

/** Programs that people take for granted, and the images that have none of them. */
const lacking: Readonly<Record<string, readonly Flavour[]>> = {
  curl: ["alpine", "lean"],
  // Alpine's is BusyBox's.
  wget: ["lean"],
  bash: ["alpine"],
};

export function lacksByItself(flavour: Flavour, program: string): boolean {
  return lacking[program]?.includes(flavour) ?? false;
}

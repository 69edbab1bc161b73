import type { Location } from "../location.ts";

/** Python as a platform picks it. Dated facts with their source, from the platform's own code or documentation. */
export interface PythonRules {
  /** What selects a version, strongest first: a file, a variable that the manifest declares, the manifest itself. */
  readonly sources: readonly PythonSource[];
  /**
   * How strict it reads `.python-version` and its kin. Heroku's is the strictest, and its Cloud Native
   * Buildpack's takes numbers as Rust does; `mise` takes what mise takes.
   */
  readonly grammar: "heroku" | "heroku-cnb" | "mise" | "nixpacks" | "google";
  /** What is used when nothing selects one, and what that depends on, as a clause. Undefined: nobody knows. */
  readonly fallback: string | undefined;
  /** `major.minor` of the fallback, where it is one. */
  readonly fallbackVersion: string | undefined;
  /** `major.minor` versions that build today, newest first. Empty: any. */
  readonly supported: readonly string[];
  /** Names near `.python-version` that the platform rejects by an error. */
  readonly misspellings: readonly string[];
  /** Locks with which the build fails unless `.python-version`, and no older file, names a version. */
  readonly strictWith?: readonly string[];
  /** Version files that stop the build, whatever is in them. */
  readonly refuses?: readonly PythonVersionFile[];
  /** What a version does that it cannot read or does not have; the build fails unless this says otherwise. */
  readonly unreadable?: "falls-back";
  /** How a version is declared where `.python-version` is not read, as text to paste. */
  declare?(version: string): string;
  /** Why it installs no Python at all, as a sentence: it takes the project for another language's. */
  readonly absent?: string | undefined;
  /** A source that has to name the patch version too: `3.13.2`. */
  readonly exact?: PythonSource;
  /** Where the version is chosen outside the repository, so that no file is missing: "the Web tab". */
  readonly chosenIn?: string;
}

export type PythonVersionFile =
  | ".python-version"
  | "runtime.txt"
  | "Pipfile.lock"
  | "Pipfile"
  | ".tool-versions"
  | "mise.toml";

/** `$NAME` is a variable of the app; `manifest` is what the platform's own file says (`DeploymentRead.python`). */
export type PythonSource = PythonVersionFile | `$${string}` | "manifest";

/** Where packages come from. */
export interface PackageRules {
  /** Strongest first; of several that are there the first counts, unless `several` says otherwise. */
  readonly sources: readonly PackageSource[];
  readonly several: "first" | "fails";
  /** What happens when none of them is there. */
  readonly none: "fails" | "installs-nothing" | "unknown";
}

export interface PackageSource {
  /** In the folder that is built: "uv.lock". */
  readonly file: string;
  /** A second file that has to be there too: "pyproject.toml". */
  readonly with?: string;
  /** The command that installs from it. */
  readonly install: string;
  /** A second one, that the build begins with. */
  readonly build?: string;
}

/** How a platform reads a Procfile (facts/platforms.md §21.7). */
export interface ProcfileRules {
  /** Lines `type: command`, or a YAML mapping (Railpack, Nixpacks). */
  readonly syntax: "lines" | "yaml";
  /** What a line has to be, with the groups `name` and `command`; undefined: they are parted by the first colon. */
  readonly line?: RegExp;
  /** The names a process may have, as the platform documents it. */
  readonly names: RegExp;
  /** The same in words, to finish "a name is made of …". */
  readonly namesInWords?: string;
  /**
   * What it does with other names of letters, digits, `-` and `_`. `corrected`: to lower case and `-`, with a
   * warning. Undefined: as with a line that is no entry.
   */
  readonly otherNames?: "corrected" | "fails" | "unknown";
  /** What begins a comment. Undefined: `#`, at the beginning of a line. */
  readonly comments?: { readonly marks: readonly string[]; readonly behindCommands: boolean };
  /** Of two entries with one name. */
  readonly duplicates: "last" | "first" | "fails" | "unknown";
  /** What a line does that is no entry. */
  readonly invalidLine: "ignored" | "fails" | "unknown";
  /** What gets the requests: the first of these names that is there; `*` is any other. */
  readonly serves: readonly string[];
  /** The name whose command is the release step, and when it runs; undefined if it has none. */
  readonly release: { readonly name: string; readonly phase: "release" | "build" } | undefined;
}

/** Names under which some platform runs an entry once for each deployment. */
export const releaseNames: readonly string[] = ["release", "postdeploy"];

export interface CollectstaticRules {
  readonly runs: "automatic" | "never" | "unknown";
  /** What its failure does to the deployment. */
  readonly failure: "fails" | "warns" | "unknown";
  /** How deep below the folder that is built `manage.py` is looked for; 0 is that folder alone. */
  readonly managePyDepth: number;
  /** The variable that turns it off, unless it is empty or 0. */
  readonly disabledBy: string | undefined;
  /** A file that turns it off by being there. */
  readonly disabledByFile?: string;
  /** What happens to a Django project without the app that has the command; undefined: nobody knows. */
  readonly withoutApp?: "fails" | "skips";
}

export interface StartRules {
  /** Where else than in the repository a start command can be kept ("the Render dashboard"); undefined if nowhere. */
  readonly elsewhere: string | undefined;
  /** How a start command is declared here, as text to paste, given the command. */
  fix(command: string): string;
  /** Seconds within which the web process has to listen; undefined if nobody knows. */
  readonly timeout?: number | undefined;
  /** Seconds after which the router gives a request up. */
  readonly requestTimeout?: number | undefined;
  /** Seconds for which the router keeps an idle connection to the app, and may send a request on it. */
  readonly keepsIdle?: number;
  /** Distributions that the platform's own image brings, so that no file has to name them: gunicorn. */
  readonly provides?: readonly string[];
  /** What it does with a project of Node's; undefined if nobody knows. */
  readonly node?: NodeRules;
  /** What imports the application by itself, so that no command starts it: "the WSGI file of the Web tab". */
  readonly imports?: string;
}

/** What becomes of an image that the project's own Dockerfile makes. */
export interface ImageRules {
  /** `own`: it shares the kernel of a machine that the project's people run; `managed`: the platform keeps it apart. */
  readonly host: "own" | "managed";
  /** `folder`: from what lies on somebody's disk, with what git does not have; `clone`: from what git has. */
  readonly builtFrom: "folder" | "clone";
  /** Only the first process of a container is told to end; undefined if nobody knows. */
  readonly tellsFirstProcess?: boolean;
}

export interface NodeRules {
  /** What it runs where no file declares a web process. */
  readonly command: string;
  /** Whether devDependencies are gone when the app runs. */
  readonly prunes: boolean;
  /** What several lock files do. */
  readonly severalLocks: "fails" | "unknown";
}

/** Static files that the platform serves itself, in front of the app. */
export interface StaticRules {
  readonly mapped: readonly StaticMapping[];
  /** Where else than in the repository folders are mapped to addresses ("the Web tab"); undefined if nowhere. */
  readonly elsewhere: string | undefined;
}

export interface StaticMapping {
  /** The addresses below this are answered: "/static". */
  readonly url: string;
  /** From this folder of what is deployed: "staticfiles". */
  readonly folder: string;
  /** What declares it; undefined for the platform's default. */
  readonly at: Location | undefined;
}

export interface ReleaseRules {
  /** As the platform calls it: "the release phase", "preDeployCommand". */
  readonly name: string;
  /** How a command is put there, as text to paste. */
  fix(command: string): string;
  /** Whether what it writes to the disk is there when the app runs. */
  readonly keepsFiles: boolean;
  /** Whether a shell reads it. */
  readonly shell: boolean | undefined;
  /** It runs once the new version is up, not before. */
  readonly after?: boolean;
  /** Where else than in the repository a command for it can be kept ("the Render dashboard"); undefined if nowhere. */
  readonly elsewhere?: string;
  /** The platform's own file that declares it, which a project that keeps its commands in the repository has. */
  readonly declaredIn?: RegExp;
}

export interface PortRules {
  /** The variable that holds the port to listen on; undefined if the platform sets none. */
  readonly variable: string | undefined;
  /** The number, where it is fixed or declared. */
  readonly number: number | undefined;
  /** Where a manifest declares the number, and under which name ("internal_port"). */
  readonly declared?: { readonly key: string; readonly at: Location } | undefined;
  /** `outside`: listening on loopback answers nobody; `same-machine`: a proxy on the same machine asks. */
  readonly reachedFrom: "outside" | "same-machine" | "unknown";
  /** What a server on another port than `variable` says leads to: it is `found`, or reached if somebody said so `elsewhere`. Undefined: no request arrives. */
  readonly otherPort?: "found" | "elsewhere";
}

export interface TlsRules {
  /** `edge`: the platform's router; `own-proxy`: a proxy that the project's people run; `none`: no HTTPS as it stands. */
  readonly endsAt: "edge" | "own-proxy" | "none" | "unknown";
  /** The header by which the app learns that the request was HTTPS, where the router always sets it. */
  readonly header: "X-Forwarded-Proto" | undefined;
  /** Whether the router sends HTTP on to HTTPS by itself. */
  readonly redirects: "always" | "never" | "unknown";
}

export interface HostRules {
  /** The router forwards only hosts that were configured, so ALLOWED_HOSTS is a second line of defence. */
  readonly validated: boolean;
  /** What the platform's own host names end in: ".onrender.com". */
  readonly suffix: string | undefined;
  /** The variable that holds the app's own host name. */
  readonly variable: string | undefined;
}

/** The request by which a platform asks whether the app is well. */
export interface HealthRules {
  /** `http`: it asks for a path; `tcp`: it only connects; `none`: it does not ask. */
  readonly kind: "http" | "tcp" | "none" | "unknown";
  /** The path it asks for: declared, or the platform's own. */
  readonly path: string | undefined;
  readonly at: Location | undefined;
  /** The Host header: a name, or `address` for the machine's own, which ALLOWED_HOSTS cannot list. Undefined: not confirmed. */
  readonly host: string | undefined;
  /** The statuses that count as well, both included; undefined if the sources disagree. */
  readonly accepts: readonly [from: number, to: number] | undefined;
  /** Headers that a manifest adds. */
  readonly headers: Readonly<Record<string, string>>;
  /** The port it asks, where that is declared for the check itself. */
  readonly port?: number | undefined;
}

export interface DatabaseRules {
  /** The variable that holds the database URL by convention, if a database is attached. */
  readonly variable: string | undefined;
  /** Others that are set with it: RDS_HOSTNAME. */
  readonly others: readonly string[];
  /** How its URL begins; undefined if not confirmed. */
  readonly scheme: "postgres" | "postgresql" | undefined;
  /** Sources disagree about the scheme, or the variable is filled in by hand. */
  readonly schemeDoubted?: true;
  /** How it is asked for, as text to paste; undefined if only outside the repository. */
  readonly fix: string | undefined;
  /** Packages with which the platform adds a database by itself to a Django project. */
  readonly automaticWith?: readonly string[];
}

/** A Redis that is reached over TLS with a certificate that no client trusts by itself. */
export interface RedisRules {
  /** The variable that holds its rediss:// address: "REDIS_URL". */
  readonly variable: string;
  /** As a manifest orders it; the name begins so: "heroku-redis". */
  readonly service: string;
  readonly certificate: "self-signed";
}

export const noHealthCheck: HealthRules = {
  kind: "none",
  path: undefined,
  at: undefined,
  host: undefined,
  accepts: undefined,
  headers: {},
};

export const unknownHealthCheck: HealthRules = { ...noHealthCheck, kind: "unknown" };

/** How the project says which Python it runs on, as text to paste. */
export function pythonPin(rules: PythonRules | undefined, version: string): string {
  return rules?.declare?.(version) ?? `printf '${version}\\n' > .python-version`;
}

/** The process that gets the requests; undefined if there is none. */
export function servingProcess<One extends { readonly name: string }>(
  processes: readonly One[],
  { serves }: ProcfileRules,
): One | undefined {
  for (const name of serves) {
    const found = processes.find((process) => name === "*" || process.name === name);
    if (found) return found;
  }
  return undefined;
}

/**
 * The files that a platform installs from, of those that are there: all that it knows where it wants exactly one,
 * and the first where it takes the first. Undefined: nobody knows.
 */
export function installsFrom(
  packages: PackageRules | undefined,
  there: readonly string[],
): readonly string[] | undefined {
  if (!packages || packages.sources.length === 0) return undefined;
  const all = packages.sources.map(({ file }) => file);
  if (packages.several === "fails") return all;
  const first = packages.sources.find(
    (source) => there.includes(source.file) && (source.with === undefined || there.includes(source.with)),
  );
  return first ? [first.file] : all;
}

/**
 * What can answer on localhost besides the app: nothing in a container of its own, something where the app
 * shares a machine with other programs, and who knows where nothing tells what the app runs on.
 */
export function besidesOnLocalhost({
  isolated,
  port,
}: {
  readonly isolated?: boolean;
  readonly port: PortRules;
}): "nothing" | "something" | "unknown" {
  if (isolated) return "nothing";
  return port.reachedFrom === "same-machine" ? "something" : "unknown";
}

/** A header that a manifest adds to the health check, whatever its case; undefined if it adds none of the name. */
export function healthHeader({ headers }: HealthRules, name: string): string | undefined {
  return Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
}

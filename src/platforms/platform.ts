import type { ProjectFiles } from "../files/project-files.ts";
import type { Location } from "../location.ts";
import type { EnvDeclaration, ExposedPort, ManifestProblem, Process, Service, Step } from "./manifest.ts";
import type { Memory } from "./memory.ts";
import type {
  CollectstaticRules,
  DatabaseRules,
  HealthRules,
  HostRules,
  ImageRules,
  PackageRules,
  PortRules,
  ProcfileRules,
  PythonRules,
  RedisRules,
  ReleaseRules,
  StartRules,
  StaticRules,
  TlsRules,
} from "./rules.ts";

/**
 * What a platform does with a project, as data: dated facts with their source. What nobody confirmed is
 * left out, or says so. A check asks for a field, never for the platform's name.
 */
export interface PlatformRules {
  /** Which Python it picks; undefined if nobody knows. */
  readonly python: PythonRules | undefined;
  /** Which files it installs packages from; undefined if nobody knows. */
  readonly packages: PackageRules | undefined;
  /** How it reads a file named `Procfile`; undefined if it reads none. */
  readonly procfile: ProcfileRules | undefined;
  /** Variables it always sets at run time. The value is given where it is the same for everybody. */
  readonly injects: Readonly<Record<string, string | undefined>>;
  /** Which of the app's variables its build sees. `scoped`: those that are declared for the build. */
  readonly buildSees: "all" | "scoped" | "none" | "unknown";
  readonly collectstatic: CollectstaticRules;
  readonly start: StartRules;
  /** Where a command goes that runs once before a new version gets requests; undefined if there is no such place. */
  readonly release: ReleaseRules | undefined;
  readonly port: PortRules;
  readonly tls: TlsRules;
  readonly hosts: HostRules;
  readonly health: HealthRules;
  readonly database: DatabaseRules;
  /** How the Redis that it offers is reached; undefined if it offers none, or nobody knows. */
  readonly redis?: RedisRules;
  /** What happens to files written at run time. */
  readonly disk: "ephemeral" | "persistent" | "read-only" | "unknown";
  /** Where else than in the repository a disk is mounted ("`dokku storage:mount`"); absent if nowhere. */
  readonly disksElsewhere?: string | undefined;
  /** Each process has a network of its own: on its localhost there is what its own command starts, and nothing else. */
  readonly isolated?: boolean;
  /** Which static files the platform serves itself; undefined for none. */
  readonly statics?: StaticRules;
  /** How it builds and runs an image of the project's own; undefined if that is not known, or it takes none. */
  readonly images?: ImageRules;
}

/** A place to deploy to. Data first; `detect` and `read` are the only code, and they are pure. */
export interface Platform extends PlatformRules {
  readonly id: string;
  /** As people write it: "Heroku". */
  readonly name: string;
  readonly docs: string;
  /** When the rules were last compared with their source, and which. */
  readonly factsAsOf: string;
  /** Checks whose mistakes this platform's own reader finds (`ManifestProblem.check`): "railway-manifest". */
  readonly ownChecks?: readonly string[];
  /** What shows that the project targets this platform; undefined if nothing does. */
  detect(files: ProjectFiles, folder: string): Sign | undefined;
  /**
   * What the platform will run. Reads only the manifests that this platform reads. `given` are variables
   * that are known to be set outside the repository.
   */
  read(files: ProjectFiles, folder: string, given?: ReadonlyMap<string, string>): DeploymentRead;
}

/** Why a project is taken to target a platform. */
export interface Sign {
  /** `own`: nobody else has such a file or line; `shared`: others do, so it counts only where nothing better is there. */
  readonly kind: "own" | "shared";
  /** A sentence: "app.json is there". */
  readonly because: string;
}

/** What a platform reads from a project. */
export interface DeploymentRead {
  /** The manifests this was read from, in order of precedence. */
  readonly manifests: readonly string[];
  readonly processes: readonly Process[];
  readonly env: readonly EnvDeclaration[];
  readonly steps: readonly Step[];
  readonly services?: readonly Service[] | undefined;
  readonly problems?: readonly ManifestProblem[] | undefined;
  /** The folder that the platform builds, where a manifest names one; "" is the root. */
  readonly folder?: string | undefined;
  /** The Python that a manifest asks for: `runtime: python312`. */
  readonly python?: DeclaredRuntime | undefined;
  /** The container image that is deployed, where the files say how it is made. */
  readonly image?: DeployedImage | undefined;
  /** The ports that an image or a manifest says the app listens on. */
  readonly exposes?: readonly ExposedPort[] | undefined;
  /** The most memory that the process which gets the requests has, where a manifest says it. */
  readonly memory?: Memory | undefined;
  /** Where variables are kept that no file here names ("`fly secrets`", ".env.prod"), although a manifest declares others. */
  readonly envElsewhere?: string | undefined;
  /** Files of other ways to deploy that are there but were not read ("railway.json"): what is missing may be in one of them. */
  readonly unread?: readonly string[] | undefined;
  /** Rules that the manifest changes: a mounted volume, the port it names, the health check it asks for. */
  readonly changes?: Partial<PlatformRules> | undefined;
}

/** A container image, as its Dockerfile makes it. */
export interface DeployedImage {
  /** The Dockerfile. */
  readonly path: string;
  /** The folder that is sent to the builder; "" is the root. */
  readonly context: string;
  /** The stage that is asked for; undefined for the last. */
  readonly target: string | undefined;
  /** What it is made from in the end, and the Python that the tag names. */
  readonly base:
    | { readonly name: string; readonly version: string | undefined; readonly at: Location }
    | undefined;
  /** `USER`, as written; root without one, unless the base image has another. */
  readonly user: string | undefined;
  /** The user that a manifest starts it as, which stands over the image's own. */
  readonly startedAs?: string | undefined;
  /** The build steps whose packages are in it. */
  readonly installs: readonly Step[];
  /** Why it may hold packages that no step installs, as a clause. */
  readonly mayBring: string | undefined;
}

export interface DeclaredRuntime {
  /** As written: "python312". */
  readonly text: string;
  /** `major.minor`, or with the patch; undefined if the text names none. */
  readonly version: string | undefined;
  readonly at: Location;
}

/** What will run and with which environment, whatever the platform calls it. */
export interface Deployment extends Omit<DeploymentRead, "changes"> {
  /** The platform, with its rules as the manifest changes them. */
  readonly platform: Platform;
  /** The manage.py that the platform's own collectstatic finds, whichever project's it is. */
  readonly managePy?: string | undefined;
  /** A start command to paste, for the project's own application: "gunicorn shop.wsgi". */
  readonly suggestedStart: string;
}

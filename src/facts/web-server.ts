import type { Location } from "../location.ts";
import type { Process } from "../platforms/platform.ts";

/** The programs that can answer HTTP, by the name of the command. */
export type ServerProgram =
  | "gunicorn"
  | "uvicorn"
  | "hypercorn"
  | "daphne"
  | "granian"
  | "waitress"
  | "uwsgi"
  | "runserver"
  | "runserver_plus"
  | "flask"
  | "fastapi"
  | "http.server";

/** The server that the web process starts, read from its command (catalogue §8.4). */
export interface WebServer {
  readonly process: Process;
  readonly program: ServerProgram;
  /** Not meant for production: runserver, `flask run`, `fastapi dev`. */
  readonly development: boolean;
  /** The distribution that provides the program: "gunicorn", "waitress"; undefined for what Python or Django bring. */
  readonly distribution: string | undefined;
  /** The application as written: "shop.wsgi:application". Undefined if none is given, or it cannot be read. */
  readonly target: ServerTarget | undefined;
  /** Where it listens, as far as the command, its configuration file and its defaults tell. */
  readonly bind: Bind;
  /** Packages that its options need: a worker class's distribution, with the option that asks for it. */
  readonly alsoNeeds: readonly { readonly distribution: string; readonly because: string }[];
  /** What of the command could not be followed, in words; an answer that depends on it is unknown. */
  readonly unclear: string | undefined;
}

export interface ServerTarget {
  readonly text: string;
  readonly at: Location;
  /** Whether it exists, judged from the project's files. */
  readonly state:
    | { readonly kind: "found"; readonly file: string; readonly attribute: string }
    /** `because` is a sentence: "there is no module shop.wsgy"; `instead` what was probably meant. */
    | { readonly kind: "missing"; readonly because: string; readonly instead: string | undefined }
    | { readonly kind: "unclear"; readonly because: string };
}

export type Bind =
  | { readonly kind: "everywhere" }
  | { readonly kind: "loopback"; readonly host: string; readonly because: string }
  | { readonly kind: "socket" }
  | { readonly kind: "unclear"; readonly because: string };

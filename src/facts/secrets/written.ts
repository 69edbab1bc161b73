import { nameOf } from "../../files/listing.ts";
import type { ProjectFiles } from "../../files/project-files.ts";
import { type Location, locator } from "../../location.ts";
import { defineFact } from "../define.ts";
import { holds } from "../dotenv/secrecy.ts";
import { mayHoldSecret, secretForms, urlWithPassword } from "./forms.ts";

/** A secret in the text of a file of the project. The value itself is nowhere in here (design.md §5). */
export interface WrittenSecret {
  /** "a GitHub token", "the URL of a database with its password". */
  readonly kind: string;
  readonly is: "key" | "url";
  /** What whoever finds it can do, as a clause. */
  readonly opens: string;
  /** Its length in characters. */
  readonly length: number;
  readonly at: Location;
  /** In git's index; undefined where there is no index to ask. */
  readonly tracked: boolean | undefined;
  /** The file's path says that production does not read it. */
  readonly isForDevelopment: boolean;
  /** A key file of the kind that is made for a machine at hand: a certificate for a container, a mock. */
  readonly mayBeForTrying: boolean;
}

/** Secrets that are known by their form, in whatever file they stand; `.env` and its kin are `dotenvFiles`. */
export const writtenSecrets = defineFact<"writtenSecrets", "dotenvFiles">({
  wants: ["dotenvFiles"],
  read({ files }, { dotenvFiles = [] }) {
    const known = new Set(dotenvFiles.map(({ path }) => path));
    const allowed = allowedKeys(files);
    return files.list
      .filter(
        (path) =>
          !known.has(path) && mayHold.test(nameOf(path)) && !notDeployed.test(path) && !generated.test(path),
      )
      .flatMap((path) => secretsIn(path, files, allowed));
  },
});

/** Files that people write configuration and code into. Pages and scripts for the browser hold keys that are made for it. */
const mayHold =
  /\.(?:py|pyi|json|ya?ml|toml|cfg|ini|conf|config|properties|sh|bash|env|tf|tfvars|pem|key|p8|txt|ipynb|rb|go)$|^(?:Procfile|Dockerfile\S*|Makefile|Jenkinsfile|id_[a-z\d]+|\.(?:netrc|npmrc|pypirc|env\S*))$/i;

/** Folders and files that are there to be read or tested, not deployed. */
const notDeployed =
  /(?:^|\/)(?:tests?|testing|test_?data|__tests__|fixtures?|docs?|documentation|examples?|samples?|demos?|e2e|cypress|spec|mocks?|test-environments?|cassettes|vcr_cassettes|snapshots)(?:\/|$)|(?:^|\/)(?:test_[^/]*|[^/]*_tests?|conftest|tests?|[^/]*\.(?:test|spec|example|sample|template|dist))\.\w+$|\.(?:example|sample|template|dist)$/i;

/** What a tool wrote, and what was taken over from elsewhere. */
const generated =
  /(?:^|\/)(?:[\w.-]*lock(?:\.json|\.ya?ml)?|[\w.-]+\.lock|package-lock\.json|vendor|vendored|third_?party|dist|build|bundles?|locale)(?:\/|$)|\.min\.\w+$|\.(?:ipynb_checkpoints)\//i;

const development =
  /(?:^|[/._-])(?:dev|devel|development|local|localhost|ci|sandbox|snakeoil|self-?signed|dummy)(?:[/._-]|$)|^\.(?:github|circleci|travis)\b|^\.gitlab-ci/i;

/** Nobody writes larger files by hand. */
const largest = 300_000;

/** The text of a scanner's list of keys that are none: those of tests and of containers at hand. */
function allowedKeys(files: ProjectFiles): string {
  return [".gitleaks.toml", ".gitleaksignore", ".secrets.baseline", ".trufflehog.yml"]
    .map((path) => files.text(path) ?? "")
    .join("\n");
}

function secretsIn(path: string, files: ProjectFiles, allowed: string): readonly WrittenSecret[] {
  const text = files.text(path);
  if (text === undefined || text.length > largest || !mayHoldSecret(text)) return [];
  const found: (Pick<WrittenSecret, "kind" | "is" | "opens" | "length"> & {
    readonly start: number;
    readonly end: number;
  })[] = [];
  for (const { kind, pattern, opens } of secretForms) {
    for (const { 0: match, index } of text.matchAll(pattern)) {
      if (isExample(match) || isComparedWith(text, index) || allowed.includes(match)) continue;
      const end = match.startsWith("-----") ? index + match.indexOf("-----", 10) + 5 : index + match.length;
      found.push({ kind, is: "key", opens, length: match.length, start: index, end });
    }
  }
  for (const { 0: match, 3: password = "", 4: host = "", index } of text.matchAll(urlWithPassword)) {
    if (
      isLocal(host) ||
      holds("DATABASE_PASSWORD", decode(password)) !== "secret" ||
      holds("DATABASE_URL", match) !== "secret"
    )
      continue;
    found.push({
      kind: "a URL with its password",
      is: "url",
      opens: `has the password for ${host}`,
      length: password.length,
      start: index,
      end: index + match.length,
    });
  }
  if (found.length === 0) return [];
  const place = locator(path, text);
  return found
    .sort((one, two) => one.start - two.start)
    .map(({ start, end, ...secret }) => ({
      ...secret,
      at: place(start, end),
      tracked: files.tracked?.has(path),
      isForDevelopment: development.test(path),
      mayBeForTrying:
        secret.kind === "a private key" &&
        !/(?:^|\/)id_[a-z\d]+$/.test(path) &&
        !/"type":\s*"service_account"/.test(text),
    }));
}

/** AKIAIOSFODNN7EXAMPLE, and keys of one letter. */
function isExample(text: string): boolean {
  const key = text.replace(/^(?:[a-z]+[_-])+/i, "");
  return /EXAMPLE|FAKE|DUMMY|X{6}|x{6}|0{8}|1234567|abcdef(?:g|12)/.test(text) || new Set(key).size < 6;
}

/** `startswith("sk_live_…")` and regular expressions look for keys, they hold none. */
function isComparedWith(text: string, index: number): boolean {
  return /(?:startswith|re\.compile|match|search)\(\s*[rbf]?["'][^"']{0,40}$/.test(
    text.slice(Math.max(0, index - 80), index),
  );
}

export function isLocal(host: string): boolean {
  return /^127\.|^0\.0\.0\.0$|^10\.|^192\.168\.|^172\.(?:1[6-9]|2\d|3[01])\.|(?:^|\.)(?:local|localhost|internal|test|example|invalid|svc)$|(?:^|\.)(?:example|mydomain|domain|host|server|yourdomain)\.\w+$|svc\.cluster|docker\.internal|^hostname|^your/i.test(
    host,
  );
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

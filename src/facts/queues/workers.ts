import { nameOf } from "../../files/listing.ts";
import type { ProjectFiles } from "../../files/project-files.ts";
import { type Location, locator } from "../../location.ts";
import type { QueueLibrary } from "./tasks.ts";

/** How a worker is started, in whatever file: a shell line, or a list of words over several lines. */
const commands: Readonly<Record<QueueLibrary, RegExp>> = {
  Celery:
    /\bcelery\b(?:[^\n]|\n\s*(?:-\s|["'])){0,200}?\b(?:worker|multi)\b|\bcelery-?_?worker\b|\bworker:.{0,300}celery/i,
  RQ: /\brq\s+worker\b|\brqworker\b/,
  Huey: /\brun_huey\b|\bhuey_consumer\b/,
  Dramatiq: /\brundramatiq\b|\bdramatiq\s+[\w.-]/,
  "Django Q": /\bqcluster\b/,
  Procrastinate: /\bprocrastinate\b[^\n]{0,300}\bworker\b/,
  "django.tasks": /\bdb_worker\b|\brqworker\b|\bworker\b[^\n]{0,300}django_?tasks/,
};

const beat = /\bcelery\b(?:[^\n]|\n\s*(?:-\s|["'])){0,200}?\bbeat\b|\bcelery-?_?beat\b/i;

/** Files that start something; prose and code do not. */
const starting =
  /^(?:Procfile|Dockerfile|Containerfile|Makefile|justfile|Tiltfile|Vagrantfile)\S*$|\.(?:ya?ml|toml|json|ini|conf|cfg|sh|bash|service|tf|hcl|tpl|tmpl|j2|jinja|nix|xml|env|config|supervisor|upstart)$|^[^.]+$/i;
const elsewhere =
  /(?:^|\/)(?:node_modules|locale|docs?|fixtures|static|\.github\/ISSUE_TEMPLATE)(?:\/|$)|package-lock|\.lock$/;
const longest = 300_000;

/** The first file that starts a worker, whoever reads it: development's compose file, Ansible, systemd. */
export function workerElsewhere(files: ProjectFiles, library: QueueLibrary): Location | undefined {
  return firstMatch(files, commands[library]);
}

/** The first file that starts Celery's beat. */
export function beatElsewhere(files: ProjectFiles): Location | undefined {
  return firstMatch(files, beat);
}

function firstMatch(files: ProjectFiles, pattern: RegExp): Location | undefined {
  for (const path of files.list) {
    if (!starting.test(nameOf(path)) || elsewhere.test(path)) continue;
    const text = files.text(path);
    if (text === undefined || text.length > longest) continue;
    const match = pattern.exec(text);
    if (match) return locator(path, text)(match.index, match.index + match[0].length);
  }
  return undefined;
}

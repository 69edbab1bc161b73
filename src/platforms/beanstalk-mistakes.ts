import type { ManifestProblem, Process } from "./manifest.ts";
import type { EbCommand, EbExtension, EbOption } from "./manifests/ebextensions.ts";

export interface BeanstalkQuestion {
  readonly extensions: readonly EbExtension[];
  /** What the Procfile keeps running; undefined without one. */
  readonly procfile: readonly Process[] | undefined;
  /** An application to name instead: "shop.wsgi:application". */
  readonly application: string;
}

const check = "beanstalk-config";

/** The findings of the check `beanstalk-config` (catalogue DC754), for Amazon Linux 2 and 2023. */
export function beanstalkMistakes({
  extensions,
  procfile,
  application,
}: BeanstalkQuestion): readonly ManifestProblem[] {
  const options = extensions.flatMap((extension) => extension.options);
  const path = procfile ? undefined : options.findLast(isWsgiPath);
  return [
    ...(path ? wsgiPath(path, application) : []),
    ...oldNamespace(options),
    ...(isSingle(options) ? [] : extensions.flatMap(({ commands }) => commands.flatMap(migratesEverywhere))),
    ...(procfile ?? []).flatMap(endsAtOnce),
  ];
}

export function isWsgiPath({ namespace, name }: EbOption): boolean {
  return namespace === "aws:elasticbeanstalk:container:python" && name === "WSGIPath";
}

/** One that gunicorn imports: `shop.wsgi:application`. Amazon Linux 1 took the path of a file. */
export function isImported(path: string): boolean {
  return !path.includes("/") && !/\.py(?::|$)/.test(path);
}

function wsgiPath({ value = "", at }: EbOption, application: string): readonly ManifestProblem[] {
  if (isImported(value)) return [];
  const module = value.replace(/:.*$/, "").replace(/\.py$/, "").replaceAll("/", ".").replace(/^\.+/, "");
  const meant = /\.wsgi$/.test(module) ? `${module}:application` : application;
  return [
    {
      kind: "invalid",
      message: `WSGIPath is "${value}", the path of a file, and gunicorn imports a module`,
      at,
      check,
      severity: "error",
      about: "start",
      fix: `option_settings:\n  aws:elasticbeanstalk:container:python:\n    WSGIPath: ${meant}`,
    },
  ];
}

/**
 * doc_source/using-features.migration-al.md. Where the namespace is not known an environment is not made: "Invalid
 * option specification (Namespace: 'aws:elasticbeanstalk:container:python:staticfiles' …): Unknown configuration
 * setting" (aws/aws-elastic-beanstalk-cli issue 28, 2022-02-16).
 */
function oldNamespace(options: readonly EbOption[]): readonly ManifestProblem[] {
  const namespace = "aws:elasticbeanstalk:container:python:staticfiles";
  const old = options.filter((option) => option.namespace === namespace);
  const [first] = old;
  if (!first) return [];
  const mappings = old.map(({ name, value = "" }) => `    ${name}: ${value}`);
  return [
    {
      kind: "retired",
      message: `${namespace} is a namespace of Amazon Linux 1, and no environment takes it any more`,
      at: first.at,
      check,
      severity: "error",
      fix: `option_settings:\n  aws:elasticbeanstalk:environment:proxy:staticfiles:\n${mappings.join("\n")}`,
    },
  ];
}

function isSingle(options: readonly EbOption[]): boolean {
  return options.some(({ name, value }) => name === "EnvironmentType" && value === "SingleInstance");
}

/** doc_source/customize-containers-ec2.md: without `leader_only` a command runs on every instance. */
function migratesEverywhere({ name, command, at, leaderOnly, test }: EbCommand): readonly ManifestProblem[] {
  if (leaderOnly || test !== undefined || !/(?:manage\.py|django-admin)\s+migrate\b/.test(command)) return [];
  return [
    {
      kind: "invalid",
      message: `${name} migrates on every instance at the same time, because it is not leader_only`,
      at,
      check,
      severity: "warning",
      fix: `container_commands:\n  ${name}:\n    command: ${JSON.stringify(command.trim())}\n    leader_only: true`,
    },
  ];
}

/** doc_source/platforms-linux-extend.md: processes of a Procfile are started again when they end. */
function endsAtOnce({ name, command, at }: Process): readonly ManifestProblem[] {
  const once = /^(?:release|postdeploy|migrate)$/.test(name);
  if (!once || /\b(?:gunicorn|celery|uvicorn|daphne|rqworker|runserver)\b/.test(command)) return [];
  return [
    {
      kind: "invalid",
      message: `Elastic Beanstalk starts ${name} of the Procfile again each time it ends`,
      at,
      check,
      severity: "warning",
      fix: `# .ebextensions/${name}.config\ncontainer_commands:\n  01_${name}:\n    command: ${JSON.stringify(`source /var/app/venv/*/bin/activate && ${command}`)}\n    leader_only: true`,
    },
  ];
}

import { textsIn } from "../../../python/inspect.ts";
import type { Code } from "../../code.ts";
import type { Packages } from "../../packages.ts";
import type { Settings } from "../settings.ts";

/** Services that are told of every exception, by the module that tells them, and as people write them. */
const trackers: Readonly<Record<string, string>> = {
  sentry_sdk: "Sentry",
  raven: "Sentry",
  rollbar: "Rollbar",
  bugsnag: "Bugsnag",
  honeybadger: "Honeybadger",
  airbrake: "Airbrake",
  elasticapm: "Elastic APM",
  newrelic: "New Relic",
  ddtrace: "Datadog",
  scout_apm: "Scout",
  appsignal: "AppSignal",
  instana: "Instana",
  logfire: "Logfire",
  opentelemetry: "OpenTelemetry",
  opencensus: "OpenCensus",
  applicationinsights: "Application Insights",
  "azure.monitor": "Azure Monitor",
  "google.cloud.logging": "Google Cloud Logging",
  "google.cloud.error_reporting": "Google Error Reporting",
  watchtower: "CloudWatch",
  logtail: "Better Stack",
  error_tracker: "django-error-tracker",
  errorpush: "ErrorPush",
  appenlight_client: "AppEnlight",
  atatus: "Atatus",
  highlight_io: "Highlight",
  posthog: "PostHog",
};

/** Those whose agent is started around the server, so that no code has to name it. */
const agents = [
  "newrelic",
  "ddtrace",
  "instana",
  "elastic-apm",
  "scout-apm",
  "opentelemetry-distro",
  "appsignal",
];

const inCode = new RegExp(
  `^[^#\\n]*\\b(?:import|from)\\s+(${Object.keys(trackers)
    .map((name) => name.replaceAll(".", "\\."))
    .join("|")})\\b`,
  "m",
);

/** What is told of errors besides the log: an error tracker, as it is called; undefined if nothing shows one. */
export function trackerOf(
  settings: Settings,
  { code, packages }: { readonly code: Code | undefined; readonly packages: Packages | undefined },
): string | undefined {
  const named = ["INSTALLED_APPS", "MIDDLEWARE"].flatMap((name) => textsIn(settings.get(name).value));
  const module = Object.keys(trackers).find((tracker) =>
    named.some((each) => each === tracker || each.startsWith(`${tracker}.`)),
  );
  if (module !== undefined) return trackers[module];
  const [file] = code?.mentioning(inCode) ?? [];
  const used = file && inCode.exec(file.text)?.[1];
  if (used !== undefined) return trackers[used];
  const agent = agents.find((distribution) => packages?.get(distribution));
  return agent && `the agent of ${agent}`;
}

/** Code that sets logging up itself, or that logs what a view raises. */
const configures =
  /\b(?:basicConfig|dictConfig|fileConfig|addHandler|coloredlogs|loguru|got_request_exception)\b|def process_exception\b/;
const notServed = /(?:^|\/)(?:management|scripts?|tools?|bin|fabfile|deploy|notebooks?|benchmarks?)\//;

/** The file that sets up logging itself, so that LOGGING does not tell all; undefined if there is none. */
export function setsUpLogging(code: Code | undefined): string | undefined {
  return code
    ?.mentioning(configures)
    .find(({ path, text }) => !notServed.test(path) && !/^if __name__ ==/m.test(text))?.path;
}

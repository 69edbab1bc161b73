import type { Check } from "../check.ts";
import type { Severity } from "../finding.ts";

/**
 * What somebody gains from what a check finds, with a number on CVSS's scale from the middle of the band
 * that GitHub draws on it: critical from 9.0, high from 7.0, medium from 4.0, low below.
 */
const gains = {
  /** Runs code, signs sessions, or gets into another system. */
  control: 9.3,
  /** Reads what is not theirs: source code, people's data, other users' requests. */
  disclosure: 7.5,
  /** Gets past one of several protections. */
  weakness: 5.3,
  /** Nothing by itself: a protection in depth is missing. */
  hardening: 3.1,
} as const;

type Gain = keyof typeof gains;

/** The checks that are about security, by the worst that comes of what they find; no other is. */
export const securityChecks: Readonly<Record<Gain, readonly string[]>> = {
  control: [
    "api-key-committed",
    "celery-unsafe-serializer",
    "db-credentials-literal",
    "default-admin-account",
    "dockerfile-secret",
    "dotenv-tracked",
    "flask-debug",
    "flask-secret-key",
    "jwt-key-literal",
    "manifest-secret",
    "pickle-session-serializer",
    "secret-key-fallback",
    "secret-key-fallback-weak",
    "secret-key-literal",
    "secret-key-weak",
    "werkzeug-debugger",
  ],
  disclosure: [
    "cache-inside-public-dir",
    "compose-service-published",
    "data-dump-tracked",
    "debug-enabled",
    "debug-endpoint",
    "debug-fail-open",
    "debug-toolbar-in-production",
    "dev-server-in-production",
    "dockerignore-missing",
    "drf-open-by-default",
    "env-bool-truthy-string",
    "gunicorn-vulnerable",
    "image-debug-env",
    "profiler-public",
    "public-dir-overlap",
    "sqlite-tracked",
  ],
  weakness: [
    "allowed-hosts-wildcard",
    "asgi-cors-credentials",
    "container-root",
    "cors-allow-all",
    "csp-nonce-no-context",
    "csp-not-dict",
    "csrf-cookie-secure",
    "csrf-middleware-missing",
    "django-eol",
    "dotenv-override",
    "forwarded-host-trusted",
    "hsts-unset",
    "mail-admins-misconfigured",
    "media-served-by-debug-view",
    "metrics-endpoint-public",
    "prod-settings-import-dev",
    "proxy-header-unsafe",
    "python-eol",
    "security-middleware-missing",
    "session-cookie-httponly",
    "session-cookie-secure",
    "shared-suffix-trusted",
    "ssl-redirect-off",
    "weak-password-config",
    "websocket-origin-unchecked",
    "xframe-middleware-missing",
  ],
  hardening: [
    "admin-default-url",
    "allowed-hosts-empty",
    "asgi-docs-public",
    "coop-invalid",
    "csrf-failure-view-args",
    "csrf-failure-view-import",
    "drf-browsable-api",
    "gitignore-gaps",
    "hsts-preload-premature",
    "hsts-subdomains-off",
    "log-level-debug",
    "nosniff-off",
    "referrer-policy-invalid",
    "referrer-policy-unset",
    "secret-key-none",
    "secret-key-random",
    "security-checks-silenced",
    "upload-limits-disabled",
    "xframe-not-deny",
  ],
};

/** No check is called worse than it calls itself, be that by its author or by the user's configuration. */
const highest: Readonly<Record<Severity, number>> = { error: 10, warning: 6.9, info: 3.9 };

/** "7.5" for a check about security, as GitHub's `security-severity` wants it; else undefined. */
export function securitySeverity({ id, severity }: Pick<Check, "id" | "severity">): string | undefined {
  const gain = (Object.keys(gains) as Gain[]).find((each) => securityChecks[each].includes(id));
  return gain && Math.min(gains[gain], highest[severity]).toFixed(1);
}

import type { Check } from "../check.ts";
import connHealthChecksOff from "./database/conn-health-checks-off.ts";
import connMaxAgeUnderAsgi from "./database/conn-max-age-under-asgi.ts";
import databaseConfigEmpty from "./database/database-config-empty.ts";
import databaseFailOpenSqlite from "./database/database-fail-open-sqlite.ts";
import databaseUrlIgnored from "./database/database-url-ignored.ts";
import dbDriverMissing from "./database/db-driver-missing.ts";
import destructiveDeployCommand from "./database/destructive-deploy-command.ts";
import makemigrationsInDeploy from "./database/makemigrations-in-deploy.ts";
import migrateAtEveryBoot from "./database/migrate-at-every-boot.ts";
import migrationsMissing from "./database/migrations-missing.ts";
import migrationsNotRun from "./database/migrations-not-run.ts";
import multipleLeafMigrations from "./database/multiple-leaf-migrations.ts";
import poolerServerSideCursors from "./database/pooler-server-side-cursors.ts";
import releaseCommandWithoutDisk from "./database/release-command-without-disk.ts";
import serviceHostLocalhost from "./database/service-host-localhost.ts";
import sqliteOnEphemeralDisk from "./database/sqlite-on-ephemeral-disk.ts";
import sslmodeOnSqlite from "./database/sslmode-on-sqlite.ts";
import adminDefaultUrl from "./exposure/admin-default-url.ts";
import debugEndpoint from "./exposure/debug-endpoint.ts";
import debugToolbarInProduction from "./exposure/debug-toolbar-in-production.ts";
import defaultAdminAccount from "./exposure/default-admin-account.ts";
import drfBrowsableApi from "./exposure/drf-browsable-api.ts";
import drfOpenByDefault from "./exposure/drf-open-by-default.ts";
import profilerPublic from "./exposure/profiler-public.ts";
import werkzeugDebugger from "./exposure/werkzeug-debugger.ts";
import asgiCorsCredentials from "./frameworks/asgi-cors-credentials.ts";
import asgiDevCommand from "./frameworks/asgi-dev-command.ts";
import asgiDocsPublic from "./frameworks/asgi-docs-public.ts";
import flaskDebug from "./frameworks/flask-debug.ts";
import flaskProxyfix from "./frameworks/flask-proxyfix.ts";
import flaskSecretKey from "./frameworks/flask-secret-key.ts";
import nodeDevDependencyNeeded from "./frameworks/node-dev-dependency-needed.ts";
import nodeEnginesLock from "./frameworks/node-engines-lock.ts";
import nodeEnvDevelopment from "./frameworks/node-env-development.ts";
import nodePortHardcoded from "./frameworks/node-port-hardcoded.ts";
import nodeStartMissing from "./frameworks/node-start-missing.ts";
import sqlalchemyPostgresScheme from "./frameworks/sqlalchemy-postgres-scheme.ts";
import asgiProxyHeaders from "./hosts/asgi-proxy-headers.ts";
import coopInvalid from "./hosts/coop-invalid.ts";
import corsAllowAll from "./hosts/cors-allow-all.ts";
import corsMiddlewareOrder from "./hosts/cors-middleware-order.ts";
import corsOriginWithoutScheme from "./hosts/cors-origin-without-scheme.ts";
import cspNonceNoContext from "./hosts/csp-nonce-no-context.ts";
import cspNotDict from "./hosts/csp-not-dict.ts";
import csrfCookieSecure from "./hosts/csrf-cookie-secure.ts";
import csrfFailureViewArgs from "./hosts/csrf-failure-view-args.ts";
import csrfFailureViewImport from "./hosts/csrf-failure-view-import.ts";
import csrfMiddlewareMissing from "./hosts/csrf-middleware-missing.ts";
import csrfOriginBehindProxy from "./hosts/csrf-origin-behind-proxy.ts";
import csrfOriginWithoutScheme from "./hosts/csrf-origin-without-scheme.ts";
import forwardedHostTrusted from "./hosts/forwarded-host-trusted.ts";
import hstsPreloadPremature from "./hosts/hsts-preload-premature.ts";
import hstsSubdomainsOff from "./hosts/hsts-subdomains-off.ts";
import hstsUnset from "./hosts/hsts-unset.ts";
import nosniffOff from "./hosts/nosniff-off.ts";
import proxyHeaderUnsafe from "./hosts/proxy-header-unsafe.ts";
import referrerPolicyInvalid from "./hosts/referrer-policy-invalid.ts";
import referrerPolicyUnset from "./hosts/referrer-policy-unset.ts";
import secureCookiesWithoutHttps from "./hosts/secure-cookies-without-https.ts";
import securityMiddlewareMissing from "./hosts/security-middleware-missing.ts";
import sessionCookieHttponly from "./hosts/session-cookie-httponly.ts";
import sessionCookieSecure from "./hosts/session-cookie-secure.ts";
import sharedSuffixTrusted from "./hosts/shared-suffix-trusted.ts";
import sslRedirectLoop from "./hosts/ssl-redirect-loop.ts";
import sslRedirectOff from "./hosts/ssl-redirect-off.ts";
import xframeMiddlewareMissing from "./hosts/xframe-middleware-missing.ts";
import xframeNotDeny from "./hosts/xframe-not-deny.ts";
import baseImageUnpinned from "./images/base-image-unpinned.ts";
import composeServicePublished from "./images/compose-service-published.ts";
import containerRoot from "./images/container-root.ts";
import dockerignoreMissing from "./images/dockerignore-missing.ts";
import entrypointNotRunnable from "./images/entrypoint-not-runnable.ts";
import healthcheckToolMissing from "./images/healthcheck-tool-missing.ts";
import imageDebugEnv from "./images/image-debug-env.ts";
import imageNoCommand from "./images/image-no-command.ts";
import noExecSignals from "./images/no-exec-signals.ts";
import pythonOutputBuffered from "./images/python-output-buffered.ts";
import disableExistingLoggers from "./logging/disable-existing-loggers.ts";
import errorsInvisible from "./logging/errors-invisible.ts";
import logFieldWithoutFilter from "./logging/log-field-without-filter.ts";
import logFileHandler from "./logging/log-file-handler.ts";
import logLevelDebug from "./logging/log-level-debug.ts";
import loggingConfigInvalid from "./logging/logging-config-invalid.ts";
import mailAdminsMisconfigured from "./logging/mail-admins-misconfigured.ts";
import metricsEndpointPublic from "./logging/metrics-endpoint-public.ts";
import sentryMisconfigured from "./logging/sentry-misconfigured.ts";
import appengineEntrypoint from "./platform/appengine-entrypoint.ts";
import beanstalkConfig from "./platform/beanstalk-config.ts";
import devComposeInProduction from "./platform/dev-compose-in-production.ts";
import envContractUndocumented from "./platform/env-contract-undocumented.ts";
import exposedPortMismatch from "./platform/exposed-port-mismatch.ts";
import flyInternalPort from "./platform/fly-internal-port.ts";
import healthBlockedByAllowedHosts from "./platform/health-blocked-by-allowed-hosts.ts";
import healthEndpointMissing from "./platform/health-endpoint-missing.ts";
import healthPathUnroutable from "./platform/health-path-unroutable.ts";
import healthRedirected from "./platform/health-redirected.ts";
import herokuAddonAssumed from "./platform/heroku-addon-assumed.ts";
import manifestEnvIncomplete from "./platform/manifest-env-incomplete.ts";
import manifestInvalid from "./platform/manifest-invalid.ts";
import platformLockIn from "./platform/platform-lock-in.ts";
import platformRetired from "./platform/platform-retired.ts";
import railwayManifest from "./platform/railway-manifest.ts";
import renderScripts from "./platform/render-scripts.ts";
import bindsLocalhost from "./processes/binds-localhost.ts";
import devServerInProduction from "./processes/dev-server-in-production.ts";
import ignoresPort from "./processes/ignores-port.ts";
import interactiveDeployStep from "./processes/interactive-deploy-step.ts";
import keepaliveVsLb from "./processes/keepalive-vs-lb.ts";
import noStartCommand from "./processes/no-start-command.ts";
import portNotExpanded from "./processes/port-not-expanded.ts";
import procfileMisnamed from "./processes/procfile-misnamed.ts";
import procfileProcessTypes from "./processes/procfile-process-types.ts";
import reloadInProduction from "./processes/reload-in-production.ts";
import serverNotInstalled from "./processes/server-not-installed.ts";
import startTargetMissing from "./processes/start-target-missing.ts";
import timeoutVsRouter from "./processes/timeout-vs-router.ts";
import workerClassGone from "./processes/worker-class-gone.ts";
import workersVsMemory from "./processes/workers-vs-memory.ts";
import wsgiAsgiMismatch from "./processes/wsgi-asgi-mismatch.ts";
import abandonedDeployHelper from "./runtime/abandoned-deploy-helper.ts";
import dependenciesUnpinned from "./runtime/dependencies-unpinned.ts";
import dependencyManifestMissing from "./runtime/dependency-manifest-missing.ts";
import devDependenciesInProduction from "./runtime/dev-dependencies-in-production.ts";
import djangoEol from "./runtime/django-eol.ts";
import djangoPythonIncompatible from "./runtime/django-python-incompatible.ts";
import gunicornVulnerable from "./runtime/gunicorn-vulnerable.ts";
import lockfileStale from "./runtime/lockfile-stale.ts";
import moduleNotInRequirements from "./runtime/module-not-in-requirements.ts";
import packageManagerConflict from "./runtime/package-manager-conflict.ts";
import psycopg2SourceBuild from "./runtime/psycopg2-source-build.ts";
import pythonEol from "./runtime/python-eol.ts";
import pythonVersionMalformed from "./runtime/python-version-malformed.ts";
import pythonVersionUnspecified from "./runtime/python-version-unspecified.ts";
import removedStdlibNeeded from "./runtime/removed-stdlib-needed.ts";
import requirementsNotPortable from "./runtime/requirements-not-portable.ts";
import runtimeTxtDeprecated from "./runtime/runtime-txt-deprecated.ts";
import apiKeyCommitted from "./secrets/api-key-committed.ts";
import buildOutputTracked from "./secrets/build-output-tracked.ts";
import dataDumpTracked from "./secrets/data-dump-tracked.ts";
import dbCredentialsLiteral from "./secrets/db-credentials-literal.ts";
import dockerfileSecret from "./secrets/dockerfile-secret.ts";
import dotenvTracked from "./secrets/dotenv-tracked.ts";
import gitignoreGaps from "./secrets/gitignore-gaps.ts";
import jwtKeyLiteral from "./secrets/jwt-key-literal.ts";
import manifestSecret from "./secrets/manifest-secret.ts";
import secretKeyFallback from "./secrets/secret-key-fallback.ts";
import secretKeyFallbackWeak from "./secrets/secret-key-fallback-weak.ts";
import secretKeyLiteral from "./secrets/secret-key-literal.ts";
import secretKeyNone from "./secrets/secret-key-none.ts";
import secretKeyRandom from "./secrets/secret-key-random.ts";
import secretKeyWeak from "./secrets/secret-key-weak.ts";
import sqliteTracked from "./secrets/sqlite-tracked.ts";
import virtualenvTracked from "./secrets/virtualenv-tracked.ts";
import beatMissingOrDuplicated from "./services/beat-missing-or-duplicated.ts";
import brokerLocalhostDefault from "./services/broker-localhost-default.ts";
import cacheInsidePublicDir from "./services/cache-inside-public-dir.ts";
import celeryEager from "./services/celery-eager.ts";
import celerySettingsModuleDiffers from "./services/celery-settings-module-differs.ts";
import celeryUnsafeSerializer from "./services/celery-unsafe-serializer.ts";
import channelLayerInMemory from "./services/channel-layer-in-memory.ts";
import emailBackendNotSending from "./services/email-backend-not-sending.ts";
import emailTransportWrong from "./services/email-transport-wrong.ts";
import localCacheMultiProcess from "./services/local-cache-multi-process.ts";
import mailersDefaultMissing from "./services/mailers-default-missing.ts";
import redisTlsCerts from "./services/redis-tls-certs.ts";
import sessionsOnLocalStorage from "./services/sessions-on-local-storage.ts";
import websocketOriginUnchecked from "./services/websocket-origin-unchecked.ts";
import workerProcessMissing from "./services/worker-process-missing.ts";
import allowedHostsEmpty from "./settings/allowed-hosts-empty.ts";
import allowedHostsMalformed from "./settings/allowed-hosts-malformed.ts";
import allowedHostsWildcard from "./settings/allowed-hosts-wildcard.ts";
import asyncUnsafeAllowed from "./settings/async-unsafe-allowed.ts";
import debugEnabled from "./settings/debug-enabled.ts";
import debugFailOpen from "./settings/debug-fail-open.ts";
import dotenvOverride from "./settings/dotenv-override.ts";
import envBoolTruthyString from "./settings/env-bool-truthy-string.ts";
import envTypeMismatch from "./settings/env-type-mismatch.ts";
import pickleSessionSerializer from "./settings/pickle-session-serializer.ts";
import platformHostAbsent from "./settings/platform-host-absent.ts";
import prodSettingsImportDev from "./settings/prod-settings-import-dev.ts";
import securityChecksSilenced from "./settings/security-checks-silenced.ts";
import settingRemovedInVersion from "./settings/setting-removed-in-version.ts";
import settingsImportFails from "./settings/settings-import-fails.ts";
import settingsModuleMismatch from "./settings/settings-module-mismatch.ts";
import settingsModuleMissing from "./settings/settings-module-missing.ts";
import templateLoaderUncached from "./settings/template-loader-uncached.ts";
import uploadLimitsDisabled from "./settings/upload-limits-disabled.ts";
import weakPasswordConfig from "./settings/weak-password-config.ts";
import caseMismatchedPath from "./static/case-mismatched-path.ts";
import collectstaticNeedsSecrets from "./static/collectstatic-needs-secrets.ts";
import collectstaticNotRun from "./static/collectstatic-not-run.ts";
import collectstaticSuppressed from "./static/collectstatic-suppressed.ts";
import hardcodedStaticUrl from "./static/hardcoded-static-url.ts";
import manifestEntryMissing from "./static/manifest-entry-missing.ts";
import mediaOnEphemeralDisk from "./static/media-on-ephemeral-disk.ts";
import mediaServedByDebugView from "./static/media-served-by-debug-view.ts";
import publicDirOverlap from "./static/public-dir-overlap.ts";
import staticFileReferenceMissing from "./static/static-file-reference-missing.ts";
import staticNotServed from "./static/static-not-served.ts";
import staticRootMissing from "./static/static-root-missing.ts";
import staticfilesDirMissing from "./static/staticfiles-dir-missing.ts";
import staticfilesDirsContainsRoot from "./static/staticfiles-dirs-contains-root.ts";
import storagesDefaultMissing from "./static/storages-default-missing.ts";
import urlSettingNoSlash from "./static/url-setting-no-slash.ts";
import whitenoiseDevMode from "./static/whitenoise-dev-mode.ts";
import whitenoiseMisplaced from "./static/whitenoise-misplaced.ts";

/** Every check, in the order in which a report shows them: by area, the most telling first. */
export const checks: readonly Check[] = [
  settingsImportFails,
  debugEnabled,
  debugFailOpen,
  envBoolTruthyString,
  allowedHostsEmpty,
  allowedHostsWildcard,
  allowedHostsMalformed,
  platformHostAbsent,
  asyncUnsafeAllowed,
  settingRemovedInVersion,
  securityChecksSilenced,
  dotenvOverride,
  weakPasswordConfig,
  uploadLimitsDisabled,
  pickleSessionSerializer,
  templateLoaderUncached,
  envTypeMismatch,
  settingsModuleMissing,
  prodSettingsImportDev,
  settingsModuleMismatch,
  secretKeyLiteral,
  secretKeyFallback,
  dotenvTracked,
  secretKeyWeak,
  secretKeyFallbackWeak,
  apiKeyCommitted,
  dbCredentialsLiteral,
  jwtKeyLiteral,
  dockerfileSecret,
  manifestSecret,
  virtualenvTracked,
  sqliteTracked,
  dataDumpTracked,
  buildOutputTracked,
  gitignoreGaps,
  secretKeyNone,
  secretKeyRandom,
  hstsSubdomainsOff,
  nosniffOff,
  referrerPolicyUnset,
  referrerPolicyInvalid,
  coopInvalid,
  xframeNotDeny,
  sessionCookieHttponly,
  sessionCookieSecure,
  csrfCookieSecure,
  cspNotDict,
  securityMiddlewareMissing,
  xframeMiddlewareMissing,
  csrfMiddlewareMissing,
  hstsUnset,
  sslRedirectOff,
  hstsPreloadPremature,
  csrfOriginWithoutScheme,
  corsOriginWithoutScheme,
  cspNonceNoContext,
  csrfFailureViewArgs,
  csrfFailureViewImport,
  sslRedirectLoop,
  csrfOriginBehindProxy,
  asgiProxyHeaders,
  proxyHeaderUnsafe,
  forwardedHostTrusted,
  corsAllowAll,
  corsMiddlewareOrder,
  secureCookiesWithoutHttps,
  sharedSuffixTrusted,
  noStartCommand,
  procfileMisnamed,
  procfileProcessTypes,
  devServerInProduction,
  startTargetMissing,
  serverNotInstalled,
  bindsLocalhost,
  ignoresPort,
  portNotExpanded,
  wsgiAsgiMismatch,
  workerClassGone,
  reloadInProduction,
  timeoutVsRouter,
  workersVsMemory,
  interactiveDeployStep,
  keepaliveVsLb,
  manifestInvalid,
  railwayManifest,
  renderScripts,
  devComposeInProduction,
  exposedPortMismatch,
  flyInternalPort,
  healthBlockedByAllowedHosts,
  healthPathUnroutable,
  healthRedirected,
  platformRetired,
  manifestEnvIncomplete,
  herokuAddonAssumed,
  beanstalkConfig,
  appengineEntrypoint,
  platformLockIn,
  healthEndpointMissing,
  envContractUndocumented,
  composeServicePublished,
  dockerignoreMissing,
  entrypointNotRunnable,
  imageNoCommand,
  imageDebugEnv,
  healthcheckToolMissing,
  containerRoot,
  noExecSignals,
  baseImageUnpinned,
  pythonOutputBuffered,
  pythonVersionUnspecified,
  pythonVersionMalformed,
  pythonEol,
  dependencyManifestMissing,
  packageManagerConflict,
  moduleNotInRequirements,
  dependenciesUnpinned,
  djangoPythonIncompatible,
  djangoEol,
  gunicornVulnerable,
  abandonedDeployHelper,
  devDependenciesInProduction,
  removedStdlibNeeded,
  runtimeTxtDeprecated,
  psycopg2SourceBuild,
  requirementsNotPortable,
  lockfileStale,
  dbDriverMissing,
  sqliteOnEphemeralDisk,
  databaseFailOpenSqlite,
  migrationsNotRun,
  sslmodeOnSqlite,
  databaseUrlIgnored,
  databaseConfigEmpty,
  serviceHostLocalhost,
  connMaxAgeUnderAsgi,
  connHealthChecksOff,
  poolerServerSideCursors,
  migrationsMissing,
  multipleLeafMigrations,
  migrateAtEveryBoot,
  makemigrationsInDeploy,
  destructiveDeployCommand,
  releaseCommandWithoutDisk,
  staticRootMissing,
  staticNotServed,
  collectstaticNotRun,
  collectstaticNeedsSecrets,
  manifestEntryMissing,
  staticFileReferenceMissing,
  publicDirOverlap,
  caseMismatchedPath,
  staticfilesDirsContainsRoot,
  mediaOnEphemeralDisk,
  mediaServedByDebugView,
  storagesDefaultMissing,
  urlSettingNoSlash,
  staticfilesDirMissing,
  collectstaticSuppressed,
  whitenoiseMisplaced,
  whitenoiseDevMode,
  hardcodedStaticUrl,
  emailBackendNotSending,
  sessionsOnLocalStorage,
  workerProcessMissing,
  brokerLocalhostDefault,
  channelLayerInMemory,
  localCacheMultiProcess,
  redisTlsCerts,
  celerySettingsModuleDiffers,
  celeryUnsafeSerializer,
  celeryEager,
  beatMissingOrDuplicated,
  websocketOriginUnchecked,
  emailTransportWrong,
  cacheInsidePublicDir,
  mailersDefaultMissing,
  loggingConfigInvalid,
  errorsInvisible,
  disableExistingLoggers,
  logFileHandler,
  logFieldWithoutFilter,
  logLevelDebug,
  mailAdminsMisconfigured,
  sentryMisconfigured,
  metricsEndpointPublic,
  debugToolbarInProduction,
  defaultAdminAccount,
  drfOpenByDefault,
  drfBrowsableApi,
  debugEndpoint,
  adminDefaultUrl,
  profilerPublic,
  werkzeugDebugger,
  flaskDebug,
  flaskSecretKey,
  sqlalchemyPostgresScheme,
  asgiDevCommand,
  asgiCorsCredentials,
  flaskProxyfix,
  asgiDocsPublic,
  nodeStartMissing,
  nodePortHardcoded,
  nodeDevDependencyNeeded,
  nodeEnginesLock,
  nodeEnvDevelopment,
];

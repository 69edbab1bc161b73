import { expect, test } from "vitest";
import check from "../../../src/checks/static/whitenoise-misplaced.ts";
import { brief, runOn } from "../../support/run-on.ts";
import { settingsOnly } from "../../support/settings.ts";

const security = "django.middleware.security.SecurityMiddleware";
const whitenoise = "whitenoise.middleware.WhiteNoiseMiddleware";
const middleware = (...names: readonly string[]) => settingsOnly(`MIDDLEWARE = ${JSON.stringify(names)}`);
const at = "shop/settings.py:1:14";

test.each([
  [
    [security, "shop.middleware.LoginRequiredMiddleware", whitenoise],
    `warning certain ${at} shop.middleware.LoginRequiredMiddleware stands in front of WhiteNoiseMiddleware, so that it answers requests for static files too`,
  ],
  [
    [whitenoise, security],
    `info certain ${at} WhiteNoiseMiddleware stands in front of SecurityMiddleware, so that static files are neither redirected to HTTPS nor sent with its headers`,
  ],
  [
    [
      security,
      "django.contrib.sessions.middleware.SessionMiddleware",
      "django.middleware.common.CommonMiddleware",
      whitenoise,
    ],
    `info certain ${at} WhiteNoiseMiddleware stands behind django.contrib.sessions.middleware.SessionMiddleware and 1 more, which every request for a static file goes through`,
  ],
])("%j", async (names, line) => {
  expect(brief(await runOn(check, middleware(...names)))).toEqual([line]);
});

test.each([
  ["its place", "passed", middleware(security, whitenoise, "shop.middleware.LoginRequiredMiddleware")],
  [
    "what only looks on in front of it",
    "passed",
    middleware(
      "shop.middleware.HealthCheckMiddleware",
      "corsheaders.middleware.CorsMiddleware",
      "django_prometheus.middleware.PrometheusBeforeMiddleware",
      "django_hosts.middleware.HostsRequestMiddleware",
      "request_id.middleware.RequestIDMiddleware",
      security,
      whitenoise,
    ),
  ],
  [
    "one that is put in",
    "passed",
    settingsOnly(
      `MIDDLEWARE = ["${security}", "django.middleware.common.CommonMiddleware"]\nMIDDLEWARE.insert(1, "${whitenoise}")`,
    ),
  ],
  ["none", "skipped", middleware(security)],
  [
    "a storage without it",
    "skipped",
    settingsOnly(
      'STORAGES = {"staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"}}\nMIDDLEWARE = []',
    ),
  ],
  ["a list that is not known", "skipped", settingsOnly("from elsewhere import x\nMIDDLEWARE = x()")],
])("is silent about %s", async (_, status, files) => {
  const result = await runOn(check, files);
  expect([...brief(result), result.status]).toEqual([status]);
});

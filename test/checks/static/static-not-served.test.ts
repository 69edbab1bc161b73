import { expect, test } from "vitest";
import check from "../../../src/checks/static/static-not-served.ts";
import { brief, runOn } from "../../support/run-on.ts";
import { onHeroku, settingsOnly } from "../../support/settings.ts";

const plain = `INSTALLED_APPS = ["django.contrib.admin", "django.contrib.staticfiles"]
MIDDLEWARE = ["django.middleware.security.SecurityMiddleware"]
STATIC_URL = "static/"
`;

test("an application server serves no static files", async () => {
  const result = await runOn(check, settingsOnly(plain, onHeroku));
  expect(result.severity).toBe("error");
  expect(result.findings[0]?.message).toMatch(/^nothing in the repository serves static files/);
});

test("a host with a proxy we do not see is a warning", async () => {
  expect((await runOn(check, settingsOnly(plain, { Procfile: "web: gunicorn shop.wsgi\n" }))).severity).toBe(
    "warning",
  );
});

test.each([
  [
    "WhiteNoise",
    plain.replace('Middleware"]', 'Middleware", "whitenoise.middleware.WhiteNoiseMiddleware"]'),
    {},
  ],
  [
    "WhiteNoise inserted later",
    `${plain}MIDDLEWARE.insert(1, "whitenoise.middleware.WhiteNoiseMiddleware")`,
    {},
  ],
  ["a CDN", plain.replace('"static/"', '"https://cdn.example.com/static/"'), {}],
  ["S3", `${plain}STORAGES = {"staticfiles": {"BACKEND": "storages.backends.s3.S3Storage"}}`, {}],
  ["no staticfiles", "INSTALLED_APPS = []", {}],
  ["nothing to serve", plain.replace('"django.contrib.admin", ', ""), {}],
  [
    "nginx",
    plain,
    { "deploy/nginx.conf": "server {\n  location /static/ {\n    alias /srv/static/;\n  }\n}\n" },
  ],
  [
    "a wrapper",
    plain,
    { "shop/wsgi.py": "from whitenoise import WhiteNoise\napplication = WhiteNoise(application)\n" },
  ],
])("accepts %s", async (_, text, more) => {
  expect(brief(await runOn(check, settingsOnly(text, { ...onHeroku, ...more })))).toEqual([]);
});

test("a template that asks for static files needs them served, admin or not", async () => {
  const files = settingsOnly(plain.replace('"django.contrib.admin", ', ""), {
    ...onHeroku,
    "templates/base.html": '{% load static %}<link href="{% static "shop.css" %}">',
  });
  expect((await runOn(check, files)).status).toBe("failed");
});

test("middleware that is only partly known cannot be judged", async () => {
  const result = await runOn(
    check,
    settingsOnly(`from acme import extra\n${plain}MIDDLEWARE += extra()`, onHeroku),
  );
  expect(result.status).toBe("unknown");
});

test("a storage elsewhere that a variable switches on makes it conditional", async () => {
  const text = `import os\n${plain}if "USE_AWS" in os.environ:\n    STATIC_URL = "https://shop.s3.amazonaws.com/static/"\n`;
  expect(brief(await runOn(check, settingsOnly(text, onHeroku)))).toEqual([
    expect.stringMatching(
      /^warning conditional .* nothing in the repository serves static files unless \$USE_AWS is set/,
    ),
  ]);
});

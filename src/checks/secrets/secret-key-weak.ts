import { defineCheck } from "../../check.ts";
import {
  describeKey,
  isGenerated,
  type SecretKeySource,
  secretKeySource,
} from "../../facts/django/secret-key.ts";
import { notApplicable } from "../../finding.ts";
import { truthOf } from "../../python/inspect.ts";
import { asDjango } from "../told-by-django.ts";

const procfile = { Procfile: "web: gunicorn shop.wsgi\n" };
const settings =
  'import os\n\nROOT_URLCONF = "shop.urls"\nSECRET_KEY = os.environ["SECRET_KEY"]\nWSGI_APPLICATION = "shop.wsgi.application"\n';
const render = (key: string) =>
  `services:\n  - type: web\n    name: shop\n    runtime: python\n    startCommand: gunicorn shop.wsgi\n    envVars:\n      - key: SECRET_KEY\n${key}`;

/** The check that tells of a key that comes from the code. */
const toldBy: Partial<Readonly<Record<SecretKeySource["kind"], string>>> = {
  literal: "secret-key-literal",
  fallback: "secret-key-fallback",
  empty: "secret-key-none",
};

export default defineCheck({
  id: "secret-key-weak",
  title: "SECRET_KEY is long and random",
  area: "secrets",
  severity: "warning",
  django: ["security.W009"],
  needs: ["settings", "systemChecks"],
  docs: {
    why: "A key of less than 50 characters, of less than 5 different ones, or that begins with `django-insecure-` can be guessed, and with it everything that Django signs can be forged.",
    fix: 'Make a new one:\n\n```sh\npython -c "from django.core.management.utils import get_random_secret_key as k; print(k())"\n```',
    bad: { ...procfile, "shop/settings.py": settings, "render.yaml": render("        value: secret\n") },
    good: {
      ...procfile,
      "shop/settings.py": settings,
      "render.yaml": render("        generateValue: true\n"),
    },
    notReported: [
      "A key in the code: that is `secret-key-literal` or `secret-key-fallback`, however good it is.",
      "A key that is empty: that is `secret-key-none`.",
      "A key that nothing in the repository shows.",
    ],
    links: ["https://docs.djangoproject.com/en/stable/ref/settings/#secret-key"],
  },
  *run({ settings, systemChecks }) {
    const source = secretKeySource(settings);
    const told = toldBy[source.kind];
    if (told !== undefined && !(source.kind === "empty" && systemChecks.alone))
      return yield notApplicable(`where SECRET_KEY comes from is what matters: ${told}`);
    const setting = settings.get("SECRET_KEY");
    if (isGenerated(setting.value))
      return yield notApplicable("SECRET_KEY is made anew at each start: secret-key-random");
    if (truthOf(setting.value) === false && !systemChecks.alone)
      return yield notApplicable("SECRET_KEY is empty: secret-key-none");
    yield* asDjango({ settings, systemChecks }, ["security.W009"], {
      setting: "SECRET_KEY",
      fails: `SECRET_KEY is ${describeKey(setting.value)}, and can be guessed`,
      passes: "SECRET_KEY is long and random",
      fix: 'python -c "from django.core.management.utils import get_random_secret_key as k; print(k())"',
    });
  },
});

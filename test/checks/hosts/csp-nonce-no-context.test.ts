import { expect, test } from "vitest";
import check from "../../../src/checks/hosts/csp-nonce-no-context.ts";
import { brief, runOn } from "../../support/run-on.ts";

test("reports a nonce that templates do not get", async () => {
  expect(
    brief(
      await runOn(check, {
        "shop/settings.py":
          'MIDDLEWARE = ["django.middleware.csp.ContentSecurityPolicyMiddleware"]\nSECURE_CSP = {"script-src": ["<CSP_NONCE_SENTINEL>"]}\nROOT_URLCONF = "shop.urls"\n',
        "requirements.txt": "django==6.1\n",
      }),
    ),
  ).toEqual([
    "warning certain shop/settings.py:2:14 the content security policy asks for a nonce, and no context processor gives it to templates",
  ]);
});

test("reports a policy that is never sent", async () => {
  expect(
    brief(
      await runOn(check, {
        "shop/settings.py":
          'SECURE_CSP = {"default-src": ["\'self\'"]}\nMIDDLEWARE = []\nROOT_URLCONF = "shop.urls"\n',
        "requirements.txt": "django==6.0\n",
      }),
    ),
  ).toEqual([
    "warning certain shop/settings.py:1:14 SECURE_CSP is set and MIDDLEWARE lacks ContentSecurityPolicyMiddleware, so no policy is sent",
  ]);
});

test.each([
  [
    "Django 5.2",
    "skipped",
    {
      "shop/settings.py":
        'SECURE_CSP = {"script-src": ["<CSP_NONCE_SENTINEL>"]}\nMIDDLEWARE = []\nROOT_URLCONF = "shop.urls"\n',
      "requirements.txt": "django==5.2\n",
    },
    {},
  ],
  [
    "a policy without a nonce",
    "passed",
    {
      "shop/settings.py":
        'MIDDLEWARE = ["django.middleware.csp.ContentSecurityPolicyMiddleware"]\nSECURE_CSP = {"script-src": ["\'self\'"]}\nROOT_URLCONF = "shop.urls"\n',
      "requirements.txt": "django==6.1\n",
    },
    {},
  ],
])("is silent about %s", async (_, status, files, options) => {
  const result = await runOn(check, files, options);
  expect([...brief(result), result.status]).toEqual([status]);
});

test("cannot tell: a value from elsewhere", async () => {
  expect(
    brief(
      await runOn(check, {
        "shop/settings.py":
          'from elsewhere import something\nMIDDLEWARE = ["django.middleware.csp.ContentSecurityPolicyMiddleware"]\nSECURE_CSP = something()\nROOT_URLCONF = "shop.urls"\n',
        "requirements.txt": "django==6.1\n",
      }),
    ),
  ).toEqual([
    "unknown shop/settings.py:3:14 SECURE_CSP cannot be read statically: it comes from elsewhere, which is not modelled",
  ]);
});

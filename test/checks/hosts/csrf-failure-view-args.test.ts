import { expect, test } from "vitest";
import check from "../../../src/checks/hosts/csrf-failure-view-args.ts";
import { brief, runOn } from "../../support/run-on.ts";
import { settingsOnly } from "../../support/settings.ts";

test("reports a view without a reason", async () => {
  expect(
    brief(
      await runOn(check, {
        "shop/settings.py": 'CSRF_FAILURE_VIEW = "shop.views.forged"\nROOT_URLCONF = "shop.urls"\n',
        "shop/views.py": "def forged(request):\n    ...\n",
      }),
    ),
  ).toEqual([
    'error certain shop/settings.py:1:21 CSRF_FAILURE_VIEW is "shop.views.forged", which cannot be called with a request and a reason',
  ]);
});

test.each([
  [
    "a view with a reason",
    "passed",
    {
      "shop/settings.py": 'CSRF_FAILURE_VIEW = "shop.views.forged"\nROOT_URLCONF = "shop.urls"\n',
      "shop/views.py": "def forged(request, **kwargs):\n    ...\n",
    },
    {},
  ],
  ["the default", "skipped", settingsOnly(""), {}],
  [
    "a view that is not there",
    "skipped",
    {
      "shop/settings.py": 'CSRF_FAILURE_VIEW = "shop.views.forged"\nROOT_URLCONF = "shop.urls"\n',
      "shop/views.py": "x = 1\n",
    },
    {},
  ],
])("is silent about %s", async (_, status, files, options) => {
  const result = await runOn(check, files, options);
  expect([...brief(result), result.status]).toEqual([status]);
});

test("cannot tell: a view with a decorator", async () => {
  expect(
    brief(
      await runOn(check, {
        "shop/settings.py": 'CSRF_FAILURE_VIEW = "shop.views.forged"\nROOT_URLCONF = "shop.urls"\n',
        "shop/views.py": "@never_cache\ndef forged(request):\n    ...\n",
      }),
    ),
  ).toEqual([
    "unknown shop/settings.py:1:21 CSRF_FAILURE_VIEW names shop.views.forged, which is not imported",
  ]);
});

test("cannot tell: a view of a library", async () => {
  expect(brief(await runOn(check, settingsOnly('CSRF_FAILURE_VIEW = "library.views.forged"')))).toEqual([
    "unknown shop/settings.py:1:21 CSRF_FAILURE_VIEW names library.views.forged, which is not imported",
  ]);
});

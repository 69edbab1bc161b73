import { expect, test } from "vitest";
import check from "../../../src/checks/hosts/csrf-failure-view-import.ts";
import { brief, runOn } from "../../support/run-on.ts";
import { settingsOnly } from "../../support/settings.ts";

test("reports a view that its module lacks", async () => {
  expect(
    brief(
      await runOn(check, {
        "shop/settings.py": 'CSRF_FAILURE_VIEW = "shop.views.forged"\nROOT_URLCONF = "shop.urls"\n',
        "shop/views.py": "x = 1\n",
      }),
    ),
  ).toEqual([
    'error certain shop/settings.py:1:21 CSRF_FAILURE_VIEW is "shop.views.forged", and its module has no such view',
  ]);
});

test("reports a name without a module", async () => {
  expect(brief(await runOn(check, settingsOnly('CSRF_FAILURE_VIEW = "forged"')))).toEqual([
    'error certain shop/settings.py:1:21 CSRF_FAILURE_VIEW is "forged", which names no module',
  ]);
});

test.each([
  [
    "a view that is there",
    "passed",
    {
      "shop/settings.py": 'CSRF_FAILURE_VIEW = "shop.views.forged"\nROOT_URLCONF = "shop.urls"\n',
      "shop/views.py": 'def forged(request, reason=""):\n    ...\n',
    },
    {},
  ],
  ["the default", "skipped", settingsOnly(""), {}],
])("is silent about %s", async (_, status, files, options) => {
  const result = await runOn(check, files, options);
  expect([...brief(result), result.status]).toEqual([status]);
});

test("cannot tell: a star import", async () => {
  expect(
    brief(
      await runOn(check, {
        "shop/settings.py": 'CSRF_FAILURE_VIEW = "shop.views.forged"\nROOT_URLCONF = "shop.urls"\n',
        "shop/views.py": "from library import *\n",
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

import { expect, test } from "vitest";
import open from "../../../src/checks/exposure/drf-open-by-default.ts";
import { brief, runOn } from "../../support/run-on.ts";
import { settingsOnly } from "../../support/settings.ts";

const shop = (views: string, settings = "") =>
  settingsOnly(`import os\nINSTALLED_APPS = ["rest_framework"]\n${settings}`, {
    "orders/__init__.py": "",
    "orders/base.py":
      "from rest_framework.viewsets import ModelViewSet\nclass Base(ModelViewSet):\n    pass\n",
    "orders/views.py": `from rest_framework import generics, mixins, viewsets\nfrom rest_framework.decorators import api_view, permission_classes\nfrom rest_framework.views import APIView\nfrom orders.base import Base\n${views}`,
  });
const writing = "class Orders(viewsets.ModelViewSet):\n    queryset = 1\n";

test("reports views that let everybody change things, and counts", async () => {
  const views = `${writing}class Lines(Base):\n    pass\nclass Prices(generics.ListAPIView):\n    pass\n@api_view(["POST"])\ndef pay_back(request):\n    pass\n`;
  expect(brief(await runOn(open, shop(views)))).toEqual([
    "warning certain orders/views.py:5:1 REST_FRAMEWORK has no DEFAULT_PERMISSION_CLASSES, and 3 of 4 API views let everybody change things, such as Orders",
  ]);
  const allowing =
    'REST_FRAMEWORK = {"DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"]}\n';
  expect(brief(await runOn(open, shop(writing, allowing)))).toEqual([
    "warning certain orders/views.py:5:1 REST_FRAMEWORK allows everything to everybody, and 1 of 1 API views let everybody change things, such as Orders",
  ]);
});

test.each([
  [
    "an API that only reads",
    shop(
      "class A(viewsets.ReadOnlyModelViewSet):\n    pass\nclass B(APIView):\n    def get(self, request):\n        pass\n@api_view()\ndef c(request):\n    pass\n",
    ),
    "passed",
  ],
  ["a view with http_method_names", shop(`${writing}    http_method_names = ["get", "head"]\n`), "passed"],
  [
    "views that say who may ask",
    shop(
      `${writing}    permission_classes = [X]\n@api_view(["POST"])\n@permission_classes([X])\ndef c(request):\n    pass\n`,
    ),
    "passed",
  ],
  ["get_permissions", shop(`${writing}    def get_permissions(self):\n        return []\n`), "passed"],
  [
    "a base that says who may ask",
    shop("class A(Base):\n    permission_classes = [X]\nclass B(A):\n    pass\n"),
    "passed",
  ],
  [
    "a view that asks for the user itself",
    shop("class A(APIView):\n    def post(self, request):\n        return request.user.orders\n"),
    "passed",
  ],
  [
    "a view made from a library's class",
    shop("from library import Guard\nclass A(Guard, viewsets.ModelViewSet):\n    pass\n"),
    "passed",
  ],
  [
    "login and webhooks",
    shop(
      "class LoginView(APIView):\n    def post(self, request):\n        pass\nclass StripeWebhook(APIView):\n    def post(self, request):\n        pass\n",
    ),
    "passed",
  ],
  [
    "a closed default",
    shop(
      writing,
      'REST_FRAMEWORK = {"DEFAULT_PERMISSION_CLASSES": ("rest_framework.permissions.IsAuthenticatedOrReadOnly",)}\n',
    ),
    "passed",
  ],
  [
    "views that stand in for another service while developing",
    {
      ...shop(""),
      "mock_scan/__init__.py": "",
      "mock_scan/views.py":
        "from rest_framework.views import APIView\nclass Scan(APIView):\n    def post(self, request):\n        pass\n",
    },
    "skipped",
  ],
  ["a default that is not known", shop(writing, "REST_FRAMEWORK = os.listdir()\n"), "skipped"],
  [
    "a middleware that asks for a login",
    shop(writing, 'MIDDLEWARE = ["shop.middleware.LoginRequiredMiddleware"]\n'),
    "passed",
  ],
  ["no views", shop(""), "skipped"],
  ["no framework", settingsOnly("INSTALLED_APPS = []"), "skipped"],
])("drf-open-by-default is silent about %s", async (_, files, status) => {
  const result = await runOn(open, files);
  expect([...brief(result), result.status]).toEqual([status]);
});

test("the fix keeps the settings of REST_FRAMEWORK that are there", async () => {
  const entry = '"DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"]';
  expect((await runOn(open, shop(writing))).findings).toMatchObject([{ fix: `REST_FRAMEWORK = {${entry}}` }]);
  const other = await runOn(open, shop(writing, 'REST_FRAMEWORK = {"PAGE_SIZE": 10}\n'));
  expect(other.findings).toMatchObject([{ fix: `${entry},` }]);
});

import { expect, test } from "vitest";
import check from "../../../src/checks/static/case-mismatched-path.ts";
import { brief, runOn } from "../../support/run-on.ts";
import { manifest, staticShop } from "../../support/static-shop.ts";

const shop = (files: Readonly<Record<string, string>>, settings = "") =>
  staticShop(settings, { "templates/index.html": "", "shop/models.py": "", ...files });

test.each([
  [
    "an import",
    shop({ "shop/admin.py": "from shop.Models import Book\n" }),
    "error certain shop/admin.py:1:1 the module shop.Models is shop/models.py in the repository, so that Linux does not find it (ModuleNotFoundError)",
  ],
  [
    "a relative import",
    shop({ "shop/admin.py": "from .Models import Book\n" }),
    "error certain shop/admin.py:1:1 the module .Models is shop/models.py in the repository, so that Linux does not find it (ModuleNotFoundError)",
  ],
  [
    "a module that settings name",
    shop({ "shop/Urls.py": "urlpatterns = []\n" }),
    "error certain shop/settings.py:11:16 the module shop.urls is shop/Urls.py in the repository, so that Linux does not find it (ModuleNotFoundError)",
  ],
  [
    "a template that a view names",
    shop({ "shop/views.py": 'def index(request):\n    return render(request, "Index.html")\n' }),
    "error certain shop/views.py:2:28 the template Index.html is templates/index.html in the repository, so that Linux does not find it (TemplateDoesNotExist)",
  ],
  [
    "a template that another names",
    shop({ "templates/page.html": '{% extends "Index.html" %}' }),
    "error certain templates/page.html:1:1 the template Index.html is templates/index.html in the repository, so that Linux does not find it (TemplateDoesNotExist)",
  ],
  [
    "a static file",
    shop({ "templates/index.html": "{% static 'CSS/Site.css' %}" }),
    "warning certain templates/index.html:1:1 the static file CSS/Site.css is static/css/site.css in the repository, so that it is a 404 on Linux",
  ],
  [
    "one with a manifest",
    shop({ "templates/index.html": "{% static 'CSS/Site.css' %}" }, manifest),
    "error certain templates/index.html:1:1 the static file CSS/Site.css is static/css/site.css in the repository, so that Linux does not find it, and the page ends in a ValueError",
  ],
])("%s", async (_, files, line) => {
  expect(brief(await runOn(check, files))).toEqual([line]);
});

test.each([
  ["the right case", shop({ "shop/admin.py": "from shop.models import Book\nfrom . import models\n" })],
  ["what a module holds", shop({ "shop/__init__.py": "", "shop/admin.py": "from shop import Models\n" })],
  [
    "an import that a try guards",
    shop({
      "shop/admin.py": "try:\n    from shop.Models import Book\nexcept ImportError:\n    Book = None\n",
    }),
  ],
  [
    "a package that is called like a folder",
    shop({ "pil/__init__.py": "", "shop/admin.py": "import PIL.Image\n" }),
  ],
  ["a text that looks like an import", shop({ "shop/admin.py": '"""\nfrom shop.Models import Book\n"""\n' })],
  ["both cases", shop({ "shop/Models.py": "", "shop/admin.py": "import shop.Models\nimport shop.models\n" })],
  ["a name that is put together", shop({ "shop/views.py": 'name = "Index" + ".html"\n' })],
  ["what is only a test", shop({ "shop/tests/test_models.py": "from shop.Models import Book\n" })],
  [
    "a static file that is there so in another folder",
    shop({ "templates/index.html": "{% static 'a.css' %}", "static/a.css": "", "static/A.css": "" }),
  ],
])("is silent about %s", async (_, files) => {
  const result = await runOn(check, { "shop/urls.py": "urlpatterns = []\n", ...files });
  expect([...brief(result), result.status]).toEqual(["passed"]);
});

test.each([
  ["shop.Models", "from shop.Models import Book\n", "shop.models"],
  [".Models", "from .Models import Book\n", ".models"],
])("the fix of %s is the name of the file", async (_, text, fix) => {
  expect((await runOn(check, shop({ "shop/admin.py": text }))).findings).toMatchObject([{ fix }]);
});

import { defineCheck } from "../../check.ts";
import { namedModules } from "../../facts/django/named-modules.ts";
import { evidence, fails } from "../../finding.ts";
import { shop } from "../example-shop.ts";

export default defineCheck({
  id: "dev-dependencies-in-production",
  title: "Production installs no tools of development",
  area: "runtime",
  severity: "info",
  needs: ["packages"],
  wants: ["settings"],
  docs: {
    why: "Tools for testing and formatting make builds slower and images larger, pin versions of what the app needs, and are code on the server that nobody looks after.",
    fix: "Keep them in a list of their own:\n\n```\n# requirements-dev.txt\n-r requirements.txt\npytest\n```",
    bad: { ...shop, "requirements.txt": "black==25.9.0\ndjango>=5.2,<6\ngunicorn>=23,<27\npytest==8.4.2\n" },
    good: {
      ...shop,
      "requirements.txt": "django>=5.2,<6\ngunicorn>=23,<27\n",
      "requirements-dev.txt": "-r requirements.txt\nblack==25.9.0\npytest==8.4.2\n",
    },
    notReported: [
      "Groups and files for development, which production does not install.",
      "Faker, factory-boy, IPython and django-extensions: commands on the server use them.",
      "A package that the settings of production name.",
    ],
  },
  *run({ packages, settings }) {
    const named = new Set([
      ...(settings ? namedModules(settings) : []).map(({ module }) => module.split(".")[0]),
      ...(settings?.imports ?? []).map(({ module }) => module.split(".")[0]),
    ]);
    const found = packages.requirements.filter(
      ({ name }) => isTool(name) && !named.has(modules[name] ?? name.replaceAll("-", "_")),
    );
    const [first] = found;
    if (!first) return yield evidence("production installs no tool of development that is known");
    const names = found.map(({ name }) => name);
    const shown =
      names.length > 4 ? `${names.slice(0, 3).join(", ")} and ${names.length - 3} more` : names.join(", ");
    yield fails(`production installs ${shown} from ${first.at.file}, which only development needs`, {
      at: first.at,
    });
  },
});

const tools = new Set(
  "pytest black ruff flake8 pylint mypy ipdb pudb jupyter jupyterlab notebook django-debug-toolbar coverage tox nox pre-commit autopep8 yapf isort selenium playwright pycodestyle pyflakes bandit django-stubs pylint-django pyright".split(
    " ",
  ),
);
const modules: Readonly<Record<string, string>> = { "django-debug-toolbar": "debug_toolbar" };

function isTool(name: string): boolean {
  return tools.has(name) || /^(?:pytest|flake8|pylint)-/.test(name);
}

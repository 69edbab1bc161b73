import { defineCheck } from "../../check.ts";
import { djangoReleasesAsOf, seriesFor } from "../../facts/django-releases.ts";
import { compareSeries, seriesOf } from "../../facts/python-releases.ts";
import { runningPython } from "../../facts/running-python.ts";
import { evidence, fails, notApplicable } from "../../finding.ts";
import { pythonPin } from "../../platforms/rules.ts";
import { shop } from "../example-shop.ts";

const heroku = { ...shop, "app.json": '{ "stack": "heroku-24" }\n', Procfile: "web: gunicorn shop.wsgi\n" };

export default defineCheck({
  id: "django-python-incompatible",
  title: "Django runs on the Python version",
  area: "runtime",
  severity: "error",
  needs: ["packages", "pythonVersions"],
  wants: ["deployment"],
  docs: {
    why: "pip refuses to install a Django that needs a newer Python. An old Django on a Python that came after it is installed, and ends with `ModuleNotFoundError` where it uses what that Python no longer has, or with errors that nobody mends.",
    fix: "Choose a Python that the series of Django was made for: https://docs.djangoproject.com/en/stable/faq/install/#what-python-version-can-i-use-with-django",
    bad: { ...heroku, ".python-version": "3.11\n", "requirements.txt": "django==6.0.8\ngunicorn==23.0.0\n" },
    good: { ...heroku, ".python-version": "3.13\n", "requirements.txt": "django==6.0.8\ngunicorn==23.0.0\n" },
    notReported: [
      "A range in which there is a series for that Python: pip takes it.",
      "A Python that is newer than the series is a warning, because most of Django runs on it.",
      "A version of Django, or of Python, that nothing tells.",
    ],
    links: [
      "https://docs.djangoproject.com/en/stable/faq/install/#what-python-version-can-i-use-with-django",
    ],
  },
  *run({ packages, pythonVersions, deployment }) {
    const django = packages.get("django");
    const python = runningPython(pythonVersions, deployment);
    if (!django) return yield notApplicable("the list of packages does not name Django");
    if (!python) return yield notApplicable("nothing tells which Python will run");
    const series = seriesFor(django);
    const [newest] = series;
    if (!newest) return yield notApplicable("nothing tells which series of Django will be installed");
    const running = seriesOf(python.version);
    const fits = series.filter(({ python: [oldest] }) => compareSeries(oldest, running) <= 0);
    const asks = `${django.at.file} asks for Django ${django.version ?? django.specifier}`;
    const pin = (version: string) => pythonPin(deployment?.platform.python, version);
    // A platform's default of today is nothing that the repository guarantees.
    const certainty = python.declared
      ? {}
      : { when: ["no version is chosen outside the repository"], severity: "warning" as const };
    const [taken] = fits;
    if (!taken) {
      const needs = series.at(-1)?.python[0] ?? newest.python[0];
      return yield fails(`${asks}, which needs Python ${needs} or newer, and ${python.because}`, {
        at: django.at,
        fix: pin(newest.python[1] === "3.14" ? "3.13" : newest.python[1]),
        ...certainty,
      });
    }
    const [, made] = taken.python;
    if (compareSeries(running, made) <= 0)
      return yield evidence(`${python.because}, and Django ${taken.name} runs on it`, python.at);
    const broken = [...imports]
      .reverse()
      .find(
        ([before, , since]) => compareSeries(taken.name, before) < 0 && compareSeries(running, since) >= 0,
      );
    const madeFor = `${asks}, which was made for Python ${made} at most (as of ${djangoReleasesAsOf})`;
    yield fails(
      broken
        ? `${asks}, which imports ${broken[1]}, and ${python.because}, from which it was removed`
        : `${madeFor}, and ${python.because}`,
      { at: django.at, fix: pin(made), ...(!broken && { severity: "warning" }), ...certainty },
    );
  },
});

/**
 * What Django imports as it starts, before which series, and the Python without it: looked up in the wheels of
 * 2.2.28 to 4.1.13 (2026-11-20). setuptools brings a distutils along, so that is no certain failure.
 */
const imports: readonly (readonly [before: string, module: string, since: string])[] = [
  ["4.1", "cgi", "3.13"],
];

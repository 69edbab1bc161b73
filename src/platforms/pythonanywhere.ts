import type { DeploymentRead, Platform } from "./platform.ts";
import { noHealthCheck } from "./rules.ts";
import { settingsWrittenFor } from "./written-for.ts";

/**
 * PythonAnywhere. It reads no file of the repository: the WSGI file, the virtual environment and the mapping of static
 * files belong to the Web tab. cookiecutter/cookiecutter-django @2d3b880 (2026-08-19),
 * docs/3-deployment/deployment-on-pythonanywhere.rst; its own pages were not to be had.
 */
export const pythonAnywhere: Platform = {
  id: "pythonanywhere",
  name: "PythonAnywhere",
  docs: "https://help.pythonanywhere.com/pages/DeployExistingDjangoProject/",
  factsAsOf: "2026-08-19, cookiecutter-django @2d3b880",
  detect(files, folder) {
    const settings = settingsWrittenFor(
      files,
      folder,
      /["'][\w-]*\.(?:eu\.)?pythonanywhere\.com\b|["']PYTHONANYWHERE_(?:DOMAIN|SITE)["']/,
    );
    return settings === undefined
      ? undefined
      : { kind: "own", because: `${settings} is written for PythonAnywhere` };
  },
  read: (): DeploymentRead => ({ manifests: [], processes: [], env: [], steps: [] }),
  injects: {},
  python: {
    // Up to 3.13.
    sources: [],
    grammar: "heroku",
    fallback: "the version that the virtual environment was made with",
    fallbackVersion: undefined,
    supported: [],
    misspellings: [],
    chosenIn: "the Web tab",
    declare: (version) =>
      `mkvirtualenv --python=/usr/bin/python${version} app   # and choose it on the Web tab`,
  },
  // Packages are installed by hand.
  packages: undefined,
  procfile: undefined,
  buildSees: "unknown",
  collectstatic: { runs: "never", failure: "unknown", managePyDepth: 0, disabledBy: undefined },
  start: {
    elsewhere: "the WSGI file of the Web tab",
    fix: () =>
      '# /var/www/<user>_pythonanywhere_com_wsgi.py\nimport os\nimport sys\n\nsys.path.insert(0, "/home/<user>/<project>")\nos.environ["DJANGO_SETTINGS_MODULE"] = "mysite.settings"\n\nfrom django.core.wsgi import get_wsgi_application\n\napplication = get_wsgi_application()',
    imports: "the WSGI file of PythonAnywhere's Web tab",
  },
  release: undefined,
  port: { variable: undefined, number: undefined, reachedFrom: "same-machine" },
  tls: { endsAt: "edge", header: undefined, redirects: "unknown" },
  hosts: { validated: false, suffix: ".pythonanywhere.com", variable: undefined },
  health: noHealthCheck,
  database: { variable: undefined, others: [], scheme: undefined, fix: undefined },
  // The home folder is kept, so a SQLite file survives.
  disk: "persistent",
  statics: { mapped: [], elsewhere: "the Web tab" },
};

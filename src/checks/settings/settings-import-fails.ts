import { defineCheck } from "../../check.ts";
import { lacks } from "../../facts/django/settings-names.ts";
import { cannotTell, evidence, fails, notApplicable } from "../../finding.ts";
import { projectRoot } from "../../python/machine.ts";

export default defineCheck({
  id: "settings-import-fails",
  title: "The production settings import",
  area: "settings",
  severity: "error",
  needs: ["settingsModule"],
  wants: ["repository", "project"],
  docs: {
    why: "Django imports the settings module before anything else. If that raises an exception, or Django refuses what it finds (`The ALLOWED_HOSTS setting must be a list or a tuple`), no process of the deployment starts.",
    fix: "Mend the line that raises, or set the environment variable that it misses.",
    bad: { "shop/settings.py": 'ALLOWED_HOSTS = [SITE_DOMAIN]\nROOT_URLCONF = "shop.urls"\n' },
    good: {
      "shop/settings.py":
        'SITE_DOMAIN = "shop.example.com"\nALLOWED_HOSTS = [SITE_DOMAIN]\nROOT_URLCONF = "shop.urls"\n',
    },
    notReported: [
      "A variable that the settings insist on: it is assumed to be set, and named in the head of the report. With `--env` or `--env-file` nothing is assumed.",
      "A settings module that is not there: that is `settings-module-missing`.",
      "A library that is not installed: that is `module-not-in-requirements`.",
      "A file that .gitignore keeps out of the repository, such as `local_settings.py` or `secrets.json`: a warning, because whoever deploys may put it there.",
      "A name in capitals that a dictionary lacks which may be made of the environment: unknown.",
      "A failure behind a test that cannot be known is unknown; so is a module that is not in the repository, on a host that may have it.",
    ],
  },
  *run({ settingsModule: { module, loaded }, repository, project }) {
    if (loaded.kind === "settings") {
      const { refused } = loaded.settings;
      if (!refused) return yield evidence(`${module} imports`);
      // `Settings.__init__` of Django raises it, before anything else runs.
      return yield fails(`Django does not start with ${module}: ${refused.error}: ${refused.message}`, {
        at: refused.at,
      });
    }
    const { outcome, uncertain } = loaded;
    if (lacks(outcome, module)) return yield notApplicable(`${module} is not there: settings-module-missing`);
    const { at } = outcome;
    if (outcome.kind === "stopped")
      return yield cannotTell(`${module} cannot be evaluated: it ${outcome.because}`, { at });
    const said = outcome.message.replaceAll(`${projectRoot}/`, "");
    const message = `importing ${module} ends in ${outcome.error}${said === "" ? "" : `: ${said}`}`;
    // A dictionary that is made of os.environ, item by item, looks as if it lacked what the files do not set.
    const [, key] = (outcome.error === "KeyError" && /^'([A-Z][A-Z\d_]+)'$/.exec(said)) || [];
    const ofEnvironment = key !== undefined && !outcome.env.includes(key);
    if (uncertain || ofEnvironment) return yield cannotTell(message, { at });
    const kept = filesMeant(outcome.error, said, project?.folder).find((path) => repository?.ignores(path));
    yield fails(message, {
      at,
      ...(kept !== undefined && {
        severity: "warning",
        when: [`nobody puts ${kept} there, which .gitignore keeps out of the repository`],
      }),
    });
  },
});

/** The files of the project that the import may have missed. */
function filesMeant(error: string, message: string, folder = ""): readonly string[] {
  const [, quoted] = /'([^']+)'$/.exec(message) ?? [];
  if (quoted === undefined || !/^(?:FileNotFound|ModuleNotFound)Error$/.test(error)) return [];
  const path = error === "FileNotFoundError" ? quoted : `${quoted.replaceAll(".", "/")}.py`;
  return folder === "" ? [path] : [path, `${folder}/${path}`];
}

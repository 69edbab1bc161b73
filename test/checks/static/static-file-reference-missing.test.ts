import { expect, test } from "vitest";
import check from "../../../src/checks/static/static-file-reference-missing.ts";
import { brief, type RunOnOptions, runOn } from "../../support/run-on.ts";
import { heroku, image, manifest, staticShop } from "../../support/static-shop.ts";

type Files = Readonly<Record<string, string>>;

const gone = { "static/css/site.css": "a { b: url(../img/gone.png) }\n" };
const collect = (options = "") => `RUN python manage.py collectstatic --noinput${options}`;

/** The shop on Heroku with these files. */
const onHeroku = (files: Files = gone, settings = manifest) => staticShop(settings, { ...heroku, ...files });
/** In an image that collects. */
const inImage = (files: Files = gone, settings = manifest, collects = collect()) =>
  staticShop(settings, { ...image(collects), ...files });
/** A storage of the project's own. */
const own = (body: string, base = "ManifestStaticFilesStorage") => ({
  settings: 'STORAGES = {"staticfiles": {"BACKEND": "shop.storage.Own"}}\n',
  files: {
    "shop/storage.py": `from django.contrib.staticfiles.storage import ManifestStaticFilesStorage\nfrom whitenoise.storage import CompressedManifestStaticFilesStorage\n\n\nclass Own(${base}):\n${body}`,
  },
});

const found = async (files: Files, options: RunOnOptions = {}) => brief(await runOn(check, files, options));

test("a file that is not there", async () => {
  const expected = [
    "error certain static/css/site.css:1:8 no folder of static files has img/gone.png, which static/css/site.css refers to, so collectstatic fails",
  ];
  expect(await found(onHeroku())).toEqual(expected);
  expect(await found(inImage())).toEqual(expected);
});

test("one finding for each file that is missing, with at most three that refer to it", async () => {
  const files = Object.fromEntries(
    [1, 2, 3, 4, 5].map((number) => [
      `static/css/${number}.css`,
      "a { b: url(../img/gone.png) url('../img/gone.png') }\n",
    ]),
  );
  expect(await found(onHeroku({ ...files, "static/app.js": "\n//# sourceMappingURL=app.js.map\n" }))).toEqual(
    [
      expect.stringContaining("static/app.js:2:1 no folder of static files has app.js.map"),
      expect.stringContaining(
        "static/css/1.css:1:8 no folder of static files has img/gone.png, which static/css/1.css, static/css/2.css, static/css/3.css and 2 more refer to",
      ),
    ],
  );
  expect(await found(onHeroku({ ...gone, "static/css/b.css": "a { b: url(../img/gone.png) }" }))).toEqual([
    expect.stringContaining("which static/css/b.css and static/css/site.css refer to"),
  ]);
});

test.each<[string, Files, string | undefined]>([
  ["a file", gone, "git add static/img/gone.png"],
  [
    "a map",
    { "static/x.min.js": "a\n//# sourceMappingURL=x.min.js.map\n" },
    "sed -i '/sourceMappingURL=x\\.min\\.js\\.map/d' static/x.min.js",
  ],
  [
    "the wrong case",
    { "static/css/site.css": "a { b: url(../IMG/a.PNG?v=2) }", "static/img/A.png": "" },
    "../img/A.png?v=2",
  ],
  ["a path above all", { "static/site.css": "a { b: url(../img/a.png) }" }, undefined],
])("the fix for %s", async (_, files, fix) => {
  const { findings } = await runOn(check, onHeroku(files));
  expect(findings.map((one) => one.fix)).toEqual([fix]);
});

test.each<[string, Files]>([
  [
    "a switch that is for templates",
    onHeroku(
      gone,
      `${manifest}WHITENOISE_MANIFEST_STRICT = False\nWHITENOISE_KEEP_ONLY_HASHED_FILES = True\n`,
    ),
  ],
  [
    "a storage of the project's own that sets a little",
    onHeroku(
      { ...gone, ...own('    """Lenient."""\n\n    manifest_strict = False\n').files },
      own("").settings,
    ),
  ],
  [
    "one that adds nothing",
    onHeroku(
      { ...gone, ...own("    pass\n", "CompressedManifestStaticFilesStorage").files },
      own("").settings,
    ),
  ],
  [
    "the old setting where it counts",
    onHeroku(
      { ...gone, "requirements.txt": "django==4.2.16\ngunicorn\nwhitenoise\n" },
      'STATICFILES_STORAGE = "whitenoise.storage.CompressedManifestStaticFilesStorage"\n',
    ),
  ],
  ["a Django that nothing pins", onHeroku({ ...gone, "requirements.txt": "django\ngunicorn\nwhitenoise\n" })],
  [
    "an app's own style sheet",
    onHeroku(
      { "shop/apps.py": "", "shop/static/shop/a.css": "a { b: url(gone.png) }" },
      `INSTALLED_APPS += ["shop"]\n${manifest}`,
    ),
  ],
  [
    "a folder with a prefix",
    onHeroku(
      { "third/a.css": "a { b: url(gone.png) }" },
      `STATICFILES_DIRS += [("third", BASE_DIR / "third")]\n${manifest}`,
    ),
  ],
  ["--ignore of others", inImage(gone, manifest, collect(" -i '*.scss' --ignore=node_modules"))],
  [
    "settings that are given what they need",
    inImage(gone, `os.environ["KEY"]\n${manifest}`, `ENV KEY=x\n${collect()}`),
  ],
])("is reported with %s", async (_, files) => {
  expect(await found(files)).toEqual([expect.stringMatching(/^error certain \S+\.css:1:8 /)]);
});

test.each<[string, Files, RegExp]>([
  [
    "a pipeline that collects",
    staticShop(manifest, {
      ...image(),
      ...gone,
      ".github/workflows/deploy.yml":
        "on: push\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n      - run: python manage.py collectstatic --noinput\n      - run: flyctl deploy\n",
    }),
    /^warning conditional/,
  ],
  [
    "a bucket",
    onHeroku(
      gone,
      'STORAGES = {"staticfiles": {"BACKEND": "storages.backends.s3.S3ManifestStaticStorage"}}\n',
    ),
    /^warning conditional/,
  ],
])("is a warning with %s", async (_, files, expected) => {
  expect(await found(files)).toEqual([expect.stringMatching(expected)]);
});

test.each<[string, string, Files]>([
  ["files that are there", "passed", onHeroku({ ...gone, "static/img/gone.png": "" })],
  [
    "a file of another app",
    "passed",
    onHeroku({ ...gone, "shop/static/img/gone.png": "" }, `INSTALLED_APPS += ["shop"]\n${manifest}`),
  ],
  ["what a front end may build", "passed", onHeroku({ ...gone, "package.json": "{}" })],
  [
    "what a command of the project's own may make",
    "passed",
    inImage(gone, manifest, `RUN python manage.py build_css\n${collect()}`),
  ],
  [
    "what the image takes from another",
    "passed",
    inImage(gone, manifest, `COPY --from=registry.example/front:1 /srv/assets static/\n${collect()}`),
  ],
  [
    "what the image fetches",
    "passed",
    inImage(gone, manifest, `ADD https://a.example/gone.png static/img/\n${collect()}`),
  ],
  ["what git ignores", "passed", onHeroku({ ...gone, ".gitignore": "static/img/\n" })],
  [
    "what an installed package may bring",
    "passed",
    onHeroku(
      { "static/css/site.css": "a { b: url(../crispy/x.png) }" },
      `INSTALLED_APPS += ["crispy_forms"]\n${manifest}`,
    ),
  ],
  ["what lies in STATIC_ROOT", "passed", inImage({ ...gone, "staticfiles/img/gone.png": "" })],
  [
    "a path that leads out of STATIC_ROOT and back",
    "passed",
    onHeroku({ "static/site.css": "a { b: url(../staticfiles/img/a.png) }", "static/img/a.png": "" }),
  ],
  ["what --ignore leaves out", "passed", inImage(gone, manifest, collect(" --ignore 'site.*'"))],
  [
    "what .dockerignore keeps out",
    "passed",
    inImage({ "static/old/a.css": "a { b: url(gone.png) }", ".dockerignore": "static/old\n" }),
  ],
  [
    "what another file of the same name stands before",
    "passed",
    onHeroku(
      { "static/a.css": "", "shop/static/a.css": "a { b: url(gone.png) }" },
      `INSTALLED_APPS += ["shop"]\n${manifest}`,
    ),
  ],
  [
    "what an app lays over the admin's",
    "passed",
    onHeroku(
      { "shop/static/admin/css/base.css": "a { b: url(gone.png) }" },
      `INSTALLED_APPS += ["shop"]\n${manifest}`,
    ),
  ],
  [
    "apps that no finder looks into",
    "passed",
    onHeroku(
      { "shop/static/a.css": "a { b: url(gone.png) }" },
      `INSTALLED_APPS += ["shop"]\nSTATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]\n${manifest}`,
    ),
  ],
  ["a folder that is not collected", "passed", onHeroku({ "assets/a.css": "a { b: url(gone.png) }" })],
  [
    "a comment, where nothing says that Django does not skip it",
    "passed",
    onHeroku({
      "static/a.css": "/* url(gone.png) */\n/*# sourceMappingURL=a.css.map */\n",
      "requirements.txt": "django\ngunicorn\nwhitenoise\n",
    }),
  ],
  ["a very long file", "passed", onHeroku({ "static/a.css": `a{b:url(gone.png)}${" ".repeat(2_000_000)}` })],
  [
    "a STATIC_URL that is not known",
    "passed",
    onHeroku(
      { "static/a.css": "a { b: url(/static/gone.png) }" },
      `STATIC_URL = os.environ["URL"]\n${manifest}`,
    ),
  ],
  ["a plain storage", "skipped", onHeroku(gone, "")],
  [
    "a storage that compresses only",
    "skipped",
    onHeroku(
      gone,
      'STORAGES = {"staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"}}\n',
    ),
  ],
  [
    "a storage of the project's own that overrides a method",
    "skipped",
    onHeroku(
      { ...gone, ...own("    def hashed_name(self, *args):\n        return args[0]\n").files },
      own("").settings,
    ),
  ],
  [
    "one that sets patterns",
    "skipped",
    onHeroku({ ...gone, ...own("    patterns = ()\n").files }, own("").settings),
  ],
  [
    "one that mixes others in",
    "skipped",
    onHeroku(
      { ...gone, ...own("    pass\n", "Lenient, ManifestStaticFilesStorage").files },
      own("").settings,
    ),
  ],
  ["--no-post-process", "skipped", inImage(gone, manifest, collect(" --no-post-process"))],
  ["other settings for the build", "skipped", inImage(gone, manifest, collect(" --settings=shop.build"))],
  [
    "a storage that the build does not have",
    "skipped",
    inImage(gone, `if os.environ.get("ENV") == "production":\n    ${manifest}`),
  ],
  [
    "settings that ask whether collectstatic runs",
    "skipped",
    onHeroku(gone, `import sys\n${manifest}if "collectstatic" in sys.argv:\n    STORAGES = {}\n`),
  ],
  [
    "settings that do not import in the build, which is another check's",
    "skipped",
    inImage(gone, `os.environ["KEY"]\n${manifest}`),
  ],
  [
    "a build that nothing collects in, which is another check's",
    "skipped",
    staticShop(manifest, { ...image(), ...gone }),
  ],
  [
    "a STATIC_ROOT among the folders, which is another check's",
    "skipped",
    onHeroku(gone, `STATIC_ROOT = BASE_DIR / "static"\n${manifest}`),
  ],
  [
    "a collectstatic of the project's own",
    "skipped",
    onHeroku({ ...gone, "shop/management/commands/collectstatic.py": "" }),
  ],
  ["collectfast", "skipped", onHeroku(gone, `INSTALLED_APPS += ["collectfast"]\n${manifest}`)],
])("is silent about %s", async (_, status, files) => {
  const result = await runOn(check, files, { tracked: Object.keys(files) });
  expect([...brief(result), result.status]).toEqual([status]);
});

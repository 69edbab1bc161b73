import { expect, test } from "vitest";
import { memoryFiles } from "../../src/files/memory.ts";
import { appEngine } from "../../src/platforms/app-engine.ts";
import { cloudRun } from "../../src/platforms/cloud-run.ts";
import { choosePlatforms } from "../../src/platforms/index.ts";
import { factOf } from "../support/facts.ts";

const project = { "manage.py": "", "shop/wsgi.py": "", "requirements.txt": "django\n" };
const onAppEngine = (files: Record<string, string>, folder = "") =>
  appEngine.read(memoryFiles({ ...project, ...files }), folder);
const onCloudRun = (files: Record<string, string>, folder = "") =>
  cloudRun.read(memoryFiles({ ...project, ...files }), folder);
const ids = (files: Record<string, string>) =>
  choosePlatforms(memoryFiles({ ...project, ...files }), "").map(({ platform }) => platform.id);

const service = (container: string) =>
  `apiVersion: serving.knative.dev/v1\nkind: Service\nspec:\n  template:\n    spec:\n      containers:\n        - image: shop\n${container}`;

test.each<[string, Record<string, string>, string]>([
  ["app.yaml", { "app.yaml": "runtime: python313\n" }, "app-engine"],
  ["the flexible environment", { "app.yaml": "runtime: python\nenv: flex\n" }, "app-engine"],
  ["its variables", { "shop/settings.py": 'if os.environ.get("GAE_ENV"): pass\n' }, "app-engine"],
  ["a Knative service", { "service.yaml": service("") }, "cloud-run"],
  ["cloudbuild.yaml", { "cloudbuild.yaml": "steps:\n- args: [run, deploy, shop]\n" }, "cloud-run"],
  [
    "its action",
    { ".github/workflows/x.yml": "- uses: google-github-actions/deploy-cloudrun@v3\n" },
    "cloud-run",
  ],
  ["a variable of its own", { "shop/settings.py": 'os.environ["K_SERVICE"]\n' }, "cloud-run"],
])("%s shows the platform", (_name, files, id) => {
  expect(ids(files)).toEqual([id]);
});

test.each<[string, Record<string, string>]>([
  ["app.yaml of another platform", { "app.yaml": "name: shop\nservices: []\n" }],
  ["app.yaml of another language", { "app.yaml": "runtime: nodejs22\n" }],
  ["a Service of Kubernetes", { "service.yaml": "apiVersion: v1\nkind: Service\n" }],
  ["a build that deploys elsewhere", { "cloudbuild.yaml": "steps:\n- args: [build, .]\n" }],
])("%s does not", (_name, files) => {
  expect(ids(files).filter((id) => id === "app-engine" || id === "cloud-run")).toEqual([]);
});

test.each([
  ["python313", "3.13"],
  ["python39", "3.9"],
  ["python27", "2.7"],
  ["python310", "3.10"],
])("the runtime %s", (runtime, version) => {
  expect(onAppEngine({ "app.yaml": `runtime: ${runtime}\n` }).python).toMatchObject({
    text: runtime,
    version,
  });
});

test("an entrypoint, or main.py", () => {
  const declared = onAppEngine({
    "app.yaml": "runtime: python313\nentrypoint: gunicorn -b :$PORT shop.wsgi\n",
  });
  expect(declared.processes).toMatchObject([{ name: "web", command: "gunicorn -b :$PORT shop.wsgi" }]);
  expect(declared.changes?.start).toBeUndefined();
  const usual = onAppEngine({ "app.yaml": "runtime: python313\n", "main.py": "" });
  expect(usual.processes).toMatchObject([
    { command: "gunicorn -b :$PORT main:app", source: "App Engine's default" },
  ]);
  expect(usual.changes?.start?.provides).toEqual(["gunicorn"]);
  const none = onAppEngine({ "app.yaml": "runtime: python313\n" });
  expect(none.processes).toEqual([]);
  expect(none.problems).toMatchObject([{ check: "appengine-entrypoint", severity: "error", about: "start" }]);
});

test("variables, static handlers and HTTPS", () => {
  const { env, changes } = onAppEngine({
    "app.yaml": `runtime: python313
env_variables: {REGION: eu}
build_env_variables: {PIP_PRE: "1"}
handlers:
  - {url: /static, static_dir: static/, secure: always}
  - {url: '/images/(.*)', static_files: 'media/\\1', upload: 'media/.*', secure: always}
  - {url: /.*, script: auto, secure: always}
`,
  });
  expect(env.map(({ name, value, scope }) => [name, value, scope])).toEqual([
    ["REGION", "eu", "run"],
    ["PIP_PRE", "1", "build"],
  ]);
  expect(changes?.statics?.mapped.map(({ url, folder }) => [url, folder])).toEqual([
    ["/static", "static/"],
    ["/images", "media"],
  ]);
  expect(changes?.tls?.redirects).toBe("always");
});

test("the flexible environment names its Python and its operating system elsewhere", () => {
  const flexible = (config: string) =>
    onAppEngine({ "app.yaml": `runtime: python\nenv: flex\nentrypoint: gunicorn shop.wsgi\n${config}` });
  const whole = flexible('runtime_config:\n  operating_system: ubuntu22\n  runtime_version: "3.12"\n');
  expect(whole).toMatchObject({ python: { version: "3.12" }, changes: { disk: "ephemeral" }, problems: [] });
  expect(flexible("").problems).toMatchObject([{ severity: "warning", check: "appengine-entrypoint" }]);
  expect(flexible('runtime_config:\n  python_version: "3.7"\n').problems).toEqual([]);
});

test("a custom runtime is the Dockerfile beside it", () => {
  const Dockerfile = 'FROM python:3.13\nWORKDIR /app\nCOPY . .\nCMD ["gunicorn", "shop.wsgi"]\n';
  const read = onAppEngine({ "app.yaml": "runtime: custom\nenv: flex\n", Dockerfile });
  expect(read).toMatchObject({
    image: { path: "Dockerfile" },
    processes: [{ command: "gunicorn shop.wsgi" }],
  });
  expect(read.changes?.port?.reachedFrom).toBe("outside");
});

test("what Python 2 had", () => {
  const { problems } = onAppEngine({
    "app.yaml":
      "runtime: python313\nentrypoint: gunicorn shop.wsgi\nthreadsafe: true\ninstance_clas: F2\nhandlers:\n- {url: /.*, script: main.app}\n",
  });
  expect(problems?.map(({ kind, message }) => `${kind} ${message}`)).toEqual([
    "unknown instance_clas is no key that App Engine knows; instance_class is one",
    "retired threadsafe is a key for Python 2, and App Engine no longer takes it",
    'retired a handler has the script "main.app", and the Python 3 runtime takes none but "auto"',
  ]);
});

test("app.yaml in the project's folder is what is deployed from there", () => {
  const files = { "backend/app.yaml": "runtime: python313\n", "backend/main.py": "" };
  expect(onAppEngine(files, "backend")).toMatchObject({ folder: "backend", manifests: ["backend/app.yaml"] });
});

test("a Procfile: the first web line counts, and what else it names starts nowhere by itself", () => {
  const { processes, steps } = onCloudRun({
    Procfile: "web: gunicorn shop.wsgi\nweb: other\nmigrate: python manage.py migrate\n",
  });
  expect(processes.map(({ command }) => command)).toEqual(["gunicorn shop.wsgi"]);
  expect(steps).toEqual([]);
});

test("a job of the build runs an entry of the Procfile once", () => {
  const { steps } = onCloudRun({
    Procfile: "web: gunicorn shop.wsgi\nmigrate: python manage.py migrate\nother: x\n",
    "cloudbuild.yaml": "steps:\n- args: [-c, gcloud run jobs deploy j --command migrate --execute-now]\n",
  });
  expect(steps).toMatchObject([
    { phase: "release", command: "python manage.py migrate", source: "a job of cloudbuild.yaml" },
  ]);
});

test("GOOGLE_ENTRYPOINT of project.toml stands over the Procfile", () => {
  const entrypoint = '[[build.env]]\nname = "GOOGLE_ENTRYPOINT"\nvalue = "gunicorn shop.wsgi"\n';
  const { processes, env } = onCloudRun({ "project.toml": entrypoint, Procfile: "web: other\n" });
  expect(processes).toMatchObject([{ command: "gunicorn shop.wsgi", source: "GOOGLE_ENTRYPOINT" }]);
  expect(env).toMatchObject([{ name: "GOOGLE_ENTRYPOINT", scope: "build" }]);
});

test("without a Procfile main.py or app.py is started, and gunicorn comes with it", () => {
  const read = onCloudRun({ "app.py": "", "main.py": "" });
  expect(read.processes.map(({ command }) => command)).toEqual(["gunicorn -b :8080 main:app"]);
  expect(read.changes?.start?.provides).toEqual(["gunicorn"]);
  expect(onCloudRun({ "main.py": "", "requirements.txt": "fastapi[standard]\n" })).toMatchObject({
    processes: [],
    unread: ["main.py"],
  });
  expect(onCloudRun({ "pyproject.toml": '[project.scripts]\nstart = "shop:main"\n' }).unread).toEqual([
    "pyproject.toml",
  ]);
  expect(onCloudRun({}).problems).toMatchObject([{ check: "appengine-entrypoint", severity: "warning" }]);
});

const Dockerfile =
  'FROM python:3.13\nWORKDIR /app\nCOPY . .\nENTRYPOINT ["tini", "--"]\nCMD ["gunicorn", "shop.wsgi"]\n';

test("a Dockerfile is built instead, unless the build calls pack", () => {
  const files = { Dockerfile, Procfile: "web: other\n" };
  expect(onCloudRun(files).processes.map(({ command }) => command)).toEqual(["tini -- gunicorn shop.wsgi"]);
  const packed = { ...files, "cloudbuild.yaml": "steps:\n- name: gcr.io/k8s-skaffold/pack\n" };
  expect(onCloudRun(packed).processes.map(({ command }) => command)).toEqual(["other"]);
});

test("service.yaml gives arguments or a command, the port, variables and a probe", () => {
  const yaml = (lines: string) => service(lines.replace(/^/gm, "          "));
  const args = onCloudRun({
    Dockerfile,
    "service.yaml": yaml(
      "args: [gunicorn, --bind, ':9000', shop.wsgi]\nports: [{containerPort: 9000}]\nenv:\n- {name: KEY, valueFrom: {secretKeyRef: {name: k, key: latest}}}\n- {name: REGION, value: eu}\nstartupProbe: {httpGet: {path: /healthz}}",
    ),
  });
  expect(args.processes.map(({ command }) => command)).toEqual(["tini -- gunicorn --bind :9000 shop.wsgi"]);
  expect(args.env.map(({ name, from, value }) => [name, from, value])).toEqual([
    ["KEY", "secret", undefined],
    ["REGION", undefined, "eu"],
  ]);
  expect(args.changes).toMatchObject({
    port: { number: 9000, declared: { key: "containerPort" } },
    injects: { PORT: "9000" },
    health: { kind: "http", path: "/healthz", host: undefined, accepts: undefined },
  });
  const command = onCloudRun({
    Dockerfile,
    "service.yaml": yaml("command: [daphne]\nargs: [shop.asgi:application]"),
  });
  expect(command.processes.map(({ command: text }) => text)).toEqual(["daphne shop.asgi:application"]);
});

test.each([
  ["3.13\n", "3.13", undefined],
  ["3.13.2", "3.13.2", undefined],
  ["3.13.*\n", "3.13", undefined],
  [">=3.12\n", undefined, undefined],
  [
    "# pinned\n3.13\n",
    undefined,
    "the whole of .python-version is taken for the version, and it is more than that",
  ],
  [
    "python-3.13\n",
    undefined,
    "the whole of .python-version is taken for the version, and it is more than that",
  ],
  ["\n", undefined, ".python-version is empty"],
])("Google's .python-version of %j", async (text, version, problem) => {
  const files = { ...project, "service.yaml": service(""), ".python-version": text };
  const { chosen } = await factOf("pythonVersions", files);
  expect(chosen).toMatchObject({ version, problem });
});

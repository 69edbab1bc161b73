import { expect, test } from "vitest";
import { memoryFiles } from "../../src/files/memory.ts";
import { kubernetes } from "../../src/platforms/kubernetes.ts";

const dockerfile =
  'FROM python:3.13\nWORKDIR /app\nCOPY . .\nEXPOSE 8000\nENTRYPOINT ["/app/run.sh"]\nCMD ["gunicorn", "shop.wsgi"]\n';
const read = (files: Record<string, string>) =>
  kubernetes.read(memoryFiles({ Dockerfile: dockerfile, ...files }), "");

const deployment = (container: string, spec = "", more = "") => `apiVersion: apps/v1
kind: Deployment
metadata: {name: shop}
spec:
  replicas: 3
  template:
    metadata: {labels: {app: shop, tier: web}}
    spec:
${spec}      containers:
        - name: proxy
          image: nginx:1
        - name: shop
          image: acme/shop
${container}${more}`;

const inK8s = (text: string) => read({ "k8s/shop.yaml": text });

test("several documents in one file, each with its places", () => {
  const { processes, env, changes, exposes, manifests } = inK8s(`apiVersion: v1
kind: ConfigMap
metadata: {name: shop-config}
data:
  DJANGO_SETTINGS_MODULE: shop.settings.live
---
${deployment(
  `          ports: [{name: http, containerPort: 8000}]
          envFrom:
            - configMapRef: {name: shop-config}
          env:
            - {name: DEBUG, value: "0"}
            - name: SECRET_KEY
              valueFrom: {secretKeyRef: {name: shop, key: key}}
          readinessProbe:
            httpGet:
              path: /up
              port: http
              httpHeaders: [{name: Host, value: shop.example.com}]
`,
)}---
apiVersion: v1
kind: Service
metadata: {name: shop}
spec:
  selector: {app: shop}
  ports: [{port: 80, targetPort: http}]
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: shop}
spec:
  ingressClassName: nginx
  tls: [{hosts: [shop.example.com]}]
`);
  expect(manifests).toEqual(["k8s/shop.yaml", "Dockerfile"]);
  expect(processes).toMatchObject([
    { name: "web", command: "/app/run.sh gunicorn shop.wsgi", instances: 3, folder: "" },
  ]);
  expect(env.map(({ name, value, from }) => [name, value, from])).toEqual([
    ["DJANGO_SETTINGS_MODULE", "shop.settings.live", undefined],
    ["DEBUG", "0", undefined],
    ["SECRET_KEY", undefined, "secret"],
  ]);
  expect(env[0]?.at).toMatchObject({ file: "k8s/shop.yaml", line: 5 });
  expect(exposes).toMatchObject([
    { key: "EXPOSE", port: 8000 },
    { key: "containerPort", port: 8000, at: { file: "k8s/shop.yaml", line: 20 } },
  ]);
  expect(changes).toMatchObject({
    port: { number: 8000, declared: { key: "targetPort" } },
    tls: { endsAt: "own-proxy", header: "X-Forwarded-Proto" },
    health: {
      kind: "http",
      path: "/up",
      host: "address",
      port: 8000,
      accepts: [200, 399],
      headers: { Host: "shop.example.com" },
    },
  });
  expect(changes?.disk).toBeUndefined();
});

test.each([
  ['          command: ["gunicorn", "a.wsgi"]\n', "gunicorn a.wsgi"],
  ['          args: ["gunicorn", "a.wsgi"]\n', "/app/run.sh gunicorn a.wsgi"],
  ['          command: ["sh", "-c"]\n          args: ["gunicorn a.wsgi"]\n', "sh -c 'gunicorn a.wsgi'"],
  [
    '          command: ["gunicorn", "--bind", ":$(PORT)", "a.wsgi"]\n',
    `gunicorn --bind ":$` + `{PORT}" a.wsgi`,
  ],
])("%j runs", (container, expected) => {
  expect(inK8s(deployment(container)).processes[0]?.command).toBe(expected);
});

test("a Job is a release step, an init container starts with each pod, a CronJob and a worker are processes", () => {
  const job = `---
apiVersion: batch/v1
kind: Job
metadata: {name: migrate}
spec:
  template:
    spec:
      containers: [{name: a, image: acme/shop, command: [python, manage.py, migrate]}]
---
apiVersion: batch/v1
kind: CronJob
metadata: {name: nightly}
spec:
  jobTemplate:
    spec:
      template:
        spec:
          containers: [{name: a, image: acme/shop, command: [python, manage.py, clearsessions]}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: db}
spec:
  template:
    spec:
      containers: [{name: db, image: "postgres:17"}]
`;
  const init =
    "      initContainers:\n        - {name: a, image: acme/shop, command: [python, manage.py, check]}\n        - {name: b, image: busybox, command: [sh]}\n";
  const { steps, processes, services } = inK8s(
    deployment("          command: [gunicorn, a.wsgi]\n", init, job),
  );
  expect(steps).toMatchObject([
    { phase: "release", command: "python manage.py migrate" },
    { phase: "start", command: "python manage.py check" },
  ]);
  expect(processes.map(({ name }) => name)).toEqual(["web", "nightly"]);
  expect(services).toMatchObject([{ kind: "postgres" }]);
});

test("a claim keeps files; an emptyDir does not", () => {
  const mount = "          volumeMounts: [{name: data, mountPath: /data}]\n";
  const volume = (kind: string) => `      volumes: [{name: data, ${kind}: {}}]\n`;
  expect(inK8s(deployment(mount, volume("persistentVolumeClaim"))).changes?.disk).toBe("persistent");
  expect(inK8s(deployment(mount, volume("emptyDir"))).changes?.disk).toBeUndefined();
});

test("a Secret that is not in the repository holds what nobody here knows", () => {
  const secret = "          envFrom: [{secretRef: {name: shop-secrets}}]\n";
  expect(inK8s(deployment(secret)).envElsewhere).toBe("the Secret shop-secrets");
});

test("versions that were removed, and templates that are not read", () => {
  const old = deployment("").replace("apps/v1", "extensions/v1beta1");
  expect(inK8s(old).problems).toMatchObject([
    { kind: "retired", severity: "error", fix: "apiVersion: apps/v1" },
  ]);
  const chart = { "helm/templates/web.yaml": deployment("").replace("acme/shop", "{{ .Values.image }}") };
  expect(read(chart)).toMatchObject({ processes: [], unread: ["helm/templates/web.yaml", "Dockerfile"] });
});

test.each<[string, Record<string, string>, boolean]>([
  ["a workload and an image of one's own", { "k8s/a.yaml": deployment(""), Dockerfile: dockerfile }, true],
  [
    "a workload that starts a server",
    { "k8s/a.yaml": deployment("          command: [gunicorn, a]\n") },
    true,
  ],
  ["somebody else's image", { "k8s/a.yaml": deployment("") }, false],
  ["manifests for tests", { "tests/k8s/a.yaml": deployment(""), Dockerfile: dockerfile }, false],
  [
    "a database alone",
    { "k8s/a.yaml": deployment("").replace("acme/shop", "postgres"), Dockerfile: dockerfile },
    false,
  ],
])("%s: %s", (_name, files, shown) => {
  expect(kubernetes.detect(memoryFiles(files), "") !== undefined).toBe(shown);
});

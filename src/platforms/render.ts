import type { ProjectFiles } from "../files/project-files.ts";
import type { Location } from "../location.ts";
import { imageOf, readContainer } from "./container.ts";
import { readRenderYaml } from "./manifests/render-yaml.ts";
import { resolvePath } from "./paths.ts";
import type { DeploymentRead, Platform } from "./platform.ts";
import { scriptMistakes } from "./render-scripts.ts";
import { type HealthRules, unknownHealthCheck } from "./rules.ts";
import { settingsWrittenFor } from "./written-for.ts";

/** `os.environ.get("RENDER_EXTERNAL_HOSTNAME")`, `"RENDER" not in os.environ`: variables that nobody else sets. */
const readsVariable =
  /(?:environ|getenv|config|env)[\w.]{0,60}[[(]\s*["']RENDER(?:_EXTERNAL_\w+)?["']|["']RENDER["']\s+(?:not\s+)?in\s+os\.environ/;

/**
 * Render. Unless said otherwise the facts are from render-oss/skills @3f2aa30 (2026-08-18) and
 * https://render.com/docs/environment-variables.
 */
export const render: Platform = {
  id: "render",
  name: "Render",
  docs: "https://render.com/docs/deploy-django",
  factsAsOf: "2026-08-18, render-oss/skills @3f2aa30",
  detect(files, folder) {
    if (files.isFile("render.yaml")) return { kind: "own", because: "render.yaml is there" };
    const settings = settingsWrittenFor(files, folder, readsVariable);
    return settings === undefined ? undefined : { kind: "own", because: `${settings} is written for Render` };
  },
  read: readRender,
  ownChecks: ["render-scripts"],
  injects: {
    RENDER: "true",
    PORT: "10000",
    // Makes a gunicorn without --bind listen where Render looks for it.
    GUNICORN_CMD_ARGS: "--bind=0.0.0.0:10000",
    // https://render.com/docs/environment-variables names it for Python; its value was not confirmed.
    FORWARDED_ALLOW_IPS: undefined,
    WEB_CONCURRENCY: undefined,
    RENDER_SERVICE_TYPE: "web",
    RENDER_SERVICE_ID: undefined,
    RENDER_SERVICE_NAME: undefined,
    RENDER_INSTANCE_ID: undefined,
    RENDER_EXTERNAL_URL: undefined,
    RENDER_EXTERNAL_HOSTNAME: undefined,
    RENDER_DISCOVERY_SERVICE: undefined,
    RENDER_GIT_COMMIT: undefined,
    RENDER_GIT_BRANCH: undefined,
    RENDER_CPU_COUNT: undefined,
    RENDER_WEB_CONCURRENCY: undefined,
    IS_PULL_REQUEST: undefined,
  },
  // https://docs.render.com/docs/python-version (2026): runtime.txt is not read.
  python: {
    sources: ["$PYTHON_VERSION", ".python-version"],
    grammar: "heroku",
    fallback: "the version that was Render's default when the service was created (3.14.3 since 2026-02-11)",
    fallbackVersion: "3.14",
    supported: [],
    misspellings: [],
    // https://render.com/docs/python-version (2026): "fully qualified".
    exact: "$PYTHON_VERSION",
  },
  // The build command says what is installed.
  packages: undefined,
  procfile: undefined,
  buildSees: "all",
  // It belongs into the build command (render-examples/django @fbc60fc, build.sh).
  collectstatic: { runs: "never", failure: "unknown", managePyDepth: 0, disabledBy: undefined },
  start: {
    elsewhere: "the Render dashboard",
    fix: (command) => `# render.yaml, in the web service\nstartCommand: ${command}`,
  },
  release: {
    name: "preDeployCommand",
    fix: (command) => `# render.yaml, in the web service (paid plans)\npreDeployCommand: ${command}`,
    // It sees no disk, and no shell reads it: `a && b` gives a the words `&& b`.
    keepsFiles: false,
    shell: false,
    elsewhere: "the Render dashboard",
    declaredIn: /(?:^|\/)render\.ya?ml$/,
  },
  port: { variable: "PORT", number: 10000, reachedFrom: "outside", otherPort: "found" },
  tls: { endsAt: "edge", header: "X-Forwarded-Proto", redirects: "always" },
  hosts: { validated: false, suffix: ".onrender.com", variable: "RENDER_EXTERNAL_HOSTNAME" },
  // 2xx and 3xx count as well by render-oss/skills; the tutorials say 200, so no number is claimed.
  health: unknownHealthCheck,
  database: {
    // The variable is named in render.yaml (`fromDatabase`); this is the name that Render's guides use.
    variable: "DATABASE_URL",
    others: [],
    scheme: "postgres",
    schemeDoubted: true,
    fix: "# render.yaml, in envVars of the web service\n- key: DATABASE_URL\n  fromDatabase:\n    name: db\n    property: connectionString",
  },
  disk: "ephemeral",
  disksElsewhere: "the Render dashboard",
  isolated: true,
};

function readRender(files: ProjectFiles, project: string): DeploymentRead {
  const text = files.text("render.yaml");
  if (text === undefined) return { manifests: [], processes: [], env: [], steps: [] };
  const { path, folder, dockerfile, services, ...blueprint } = readRenderYaml("render.yaml", text, project);
  const container =
    dockerfile &&
    readContainer(files, resolvePath(dockerfile.folder, dockerfile.path) ?? "", {
      context: dockerfile.folder,
    });
  const { GUNICORN_CMD_ARGS: _, ...inImages } = render.injects;
  return {
    manifests: [path, ...(container ? [container.path] : [])],
    processes: [...(container?.processes ?? []), ...blueprint.processes],
    env: [...(container?.env ?? []), ...blueprint.env],
    steps: [...(container?.steps ?? []), ...blueprint.steps],
    ...imageOf(container),
    memory: blueprint.memory,
    services,
    problems: [...blueprint.problems, ...scriptMistakes(files, blueprint.steps)],
    folder,
    changes: {
      disk: blueprint.disk,
      // A disk that the blueprint lacks goes away with its next sync.
      disksElsewhere: undefined,
      ...(blueprint.health && { health: healthOf(blueprint.health) }),
      // Render's own Python sets it, and reads the version; an image brings its own.
      ...(blueprint.fromImage && { injects: inImages, python: undefined }),
    },
  };
}

/** Without a path Render waits for the port alone. */
function healthOf({ path, at }: { readonly path: string | undefined; readonly at: Location }): HealthRules {
  return path === undefined
    ? { ...unknownHealthCheck, kind: "tcp" }
    : { ...unknownHealthCheck, kind: "http", path, at };
}

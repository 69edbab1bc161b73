import type { ProjectFiles } from "../files/project-files.ts";
import { readContainer } from "./container.ts";
import { readRenderYaml } from "./manifests/render-yaml.ts";
import { resolvePath } from "./paths.ts";
import type { DeploymentRead, Platform } from "./platform.ts";
import { settingsWrittenFor } from "./written-for.ts";

/** `os.environ.get("RENDER_EXTERNAL_HOSTNAME")`, `"RENDER" not in os.environ`: variables that nobody else sets. */
const readsVariable =
  /(?:environ|getenv|config|env)[\w.]*[[(]\s*["']RENDER(?:_EXTERNAL_\w+)?["']|["']RENDER["']\s+(?:not\s+)?in\s+os\.environ/;

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
    if (files.isFile("render.yaml")) return "render.yaml is there";
    const settings = settingsWrittenFor(files, folder, readsVariable);
    return settings && `${settings} is written for Render`;
  },
  read: readRender,
  injects: {
    RENDER: "true",
    PORT: "10000",
    // Makes a gunicorn without --bind listen where Render looks for it.
    GUNICORN_CMD_ARGS: "--bind=0.0.0.0:10000",
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
  // The variable is named in render.yaml (`fromDatabase`); this is the name that Render's guides use.
  databaseVariable: "DATABASE_URL",
  // https://docs.render.com/docs/python-version (2026): $PYTHON_VERSION comes first, runtime.txt is not read.
  python: {
    files: [".python-version"],
    fallback: "the version that was Render's default when the service was created (3.14.3 since 2026-02-11)",
    supported: [],
    misspellings: [],
  },
  exactlyOneOf: undefined,
  disk: "ephemeral",
  // It belongs into the build command (render-examples/django @fbc60fc, build.sh).
  collectstatic: "never",
  routerValidatesHost: false,
  routesFromOutside: true,
  readsProcfile: false,
  startCommandElsewhere: "the Render dashboard",
  startCommandFix: (command) => `# render.yaml, in the web service\nstartCommand: ${command}`,
};

function readRender(files: ProjectFiles, folder: string): DeploymentRead {
  const text = files.text("render.yaml");
  if (text === undefined) return { manifests: [], processes: [], env: [], steps: [] };
  const blueprint = readRenderYaml("render.yaml", text, folder);
  const { dockerfile } = blueprint;
  const container =
    dockerfile &&
    readContainer(files, resolvePath(dockerfile.folder, dockerfile.path) ?? "", {
      context: dockerfile.folder,
    });
  return {
    manifests: [blueprint.path, ...(container ? [container.path] : [])],
    processes: [...(container?.processes ?? []), ...blueprint.processes],
    env: [...blueprint.env, ...(container?.env ?? [])],
    steps: [...(container?.steps ?? []), ...blueprint.steps],
    disk: blueprint.disk,
  };
}

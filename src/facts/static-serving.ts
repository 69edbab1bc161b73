import type { ProjectFiles } from "../files/project-files.ts";
import { type Location, startOf } from "../location.ts";
import { defineFact, missing } from "./define.ts";

/** How static files could reach a browser by other means than the settings, and whether any are needed. */
export interface StaticServing {
  /** What in the repository serves them: a wrapper in wsgi.py, a proxy's configuration, a server's option. */
  readonly servers: readonly { readonly by: string; readonly at: Location }[];
  /** A template or the admin asks for static files. */
  readonly usedBy: string | undefined;
}

interface Sign {
  readonly files: RegExp;
  readonly text: RegExp;
  readonly by: string;
}

/** Signs in files, as text: what surrounds them is not ours to understand. */
const signs: readonly Sign[] = [
  {
    files: /(^|\/)(wsgi|asgi|app|main)\.py$/,
    text: /^[^#\n]*\b(WhiteNoise|DjangoWhiteNoise|ServeStatic\w*)\(/m,
    by: "WhiteNoise around the application",
  },
  {
    files: /(^|\/)(wsgi|asgi)\.py$/,
    text: /^[^#\n]*\b(Cling|MediaCling|StaticFilesHandler|ASGIStaticFilesHandler|StaticFiles)\(/m,
    by: "a static file wrapper around the application",
  },
  {
    files: /(^|\/)urls\.py$/,
    text: /^[^#\n]*\bdjango\.views\.static\b/m,
    by: "django.views.static in the URLs",
  },
  {
    files: /nginx|\.conf(\.\w+)?$|sites-(available|enabled)\//,
    text: /location\s+(\^~\s*|=\s*|~\*?\s*)?\^?\/?static\b|alias\s+\S*static/,
    by: "nginx",
  },
  { files: /(^|\/)Caddyfile/, text: /\bfile_server\b/, by: "Caddy" },
  { files: /httpd|apache|\.conf$/, text: /^[^\S\n]*Alias\s+\/static/m, by: "Apache" },
  { files: /uwsgi[^/]*\.(ini|ya?ml|xml)$|\.uwsgi$/, text: /static-map|static_map/, by: "uWSGI's static-map" },
  { files: /(^|\/)fly\.toml$/, text: /^[^\S\n]*\[\[statics\]\]/m, by: "[[statics]] of fly.toml" },
  {
    files: /(^|\/)Procfile$|Dockerfile|\.sh$/,
    text: /--static-path-mount|--static-map\b/,
    by: "an option of the server",
  },
  {
    files: /(docker-)?compose[^/]*\.ya?ml$|Dockerfile/,
    text: /\b(nginx|caddy|traefik|httpd)\b/i,
    by: "a proxy beside the application",
  },
];

export const staticServing = defineFact<"staticServing", "project">({
  wants: ["project"],
  read({ files }, { project }) {
    if (project?.framework !== "django") return missing("this is no Django project");
    return { servers: signs.flatMap((sign) => found(files, sign)), usedBy: firstUse(files) };
  },
});

function found(files: ProjectFiles, { files: names, text, by }: Sign): StaticServing["servers"] {
  const file = files.list.find(
    (path) => names.test(path) && !isAside(path) && text.test(files.text(path) ?? ""),
  );
  return file ? [{ by: `${by} (${file})`, at: startOf(file) }] : [];
}

function firstUse(files: ProjectFiles): string | undefined {
  return files.list.find(
    (path) =>
      path.endsWith(".html") &&
      !isAside(path) &&
      /\{%\s*(load\s[^%]*static|static\s)/.test(files.text(path) ?? ""),
  );
}

function isAside(path: string): boolean {
  return /(^|\/)(tests?|docs?|examples?|node_modules|vendor)\//.test(path);
}

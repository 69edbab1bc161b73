import type { Settings } from "../django/settings.ts";
import type { Project } from "../project.ts";

/** A start command to paste, for the project's own WSGI application: "gunicorn shop.wsgi". */
export function suggestedCommand(settings: Settings | undefined, project: Project | undefined): string {
  const value = settings?.get("WSGI_APPLICATION").value;
  const named = value?.kind === "str" ? /^([\w.]+)\.application$/.exec(value.value)?.[1] : undefined;
  const besideSettings = settings?.module.includes(".") ? `${settings.module.split(".")[0]}.wsgi` : undefined;
  const chdir = project?.folder ? `--chdir ${project.folder} ` : "";
  return `gunicorn ${chdir}${named ?? besideSettings ?? "mysite.wsgi"}`;
}

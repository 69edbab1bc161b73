import type { Deployment } from "../platforms/platform.ts";
import type { ApiViews } from "./api-views.ts";
import type { Application } from "./application.ts";
import type { Apps } from "./apps.ts";
import type { Code } from "./code.ts";
import type { ProductionCompose } from "./compose.ts";
import type { DeploySteps } from "./deploy-steps.ts";
import type { Settings, SettingsModule } from "./django/settings.ts";
import type { DotenvFile } from "./dotenv-files.ts";
import type { EnvContract } from "./env-contract.ts";
import type { HttpsSeen } from "./https-seen.ts";
import type { ImageFile } from "./image-file.ts";
import type { Lock } from "./locks.ts";
import type { Mail } from "./mail.ts";
import type { NodeApp } from "./node-app.ts";
import type { OtherCase } from "./other-case.ts";
import type { PackageFiles } from "./package-files.ts";
import type { Packages } from "./packages.ts";
import type { Procfiles } from "./procfiles.ts";
import type { Project } from "./project.ts";
import type { PythonApp } from "./python-app.ts";
import type { PythonVersions } from "./python-versions.ts";
import type { Repository } from "./repository.ts";
import type { Scripts } from "./scripts.ts";
import type { WrittenSecret } from "./secrets/written.ts";
import type { StaticFileReferences } from "./static-file-references.ts";
import type { StaticReferences } from "./static-references.ts";
import type { StaticServing } from "./static-serving.ts";
import type { SystemChecks } from "./system-checks.ts";
import type { TaskQueues } from "./task-queues.ts";
import type { Urls } from "./urls.ts";
import type { WebServer } from "./web-server.ts";

/**
 * Everything deploy-check knows about a project. This interface is the whole vocabulary of the checks:
 * a check can ask for these by name and for nothing else. Each is read at most once, when a check
 * first asks for it.
 */
export interface ProjectFacts {
  /** Where the project is, and what kind it is. */
  readonly project: Project;
  /** What will run on the platform that is judged, and with which environment. */
  readonly deployment: Deployment;
  /** Every program that the deployment runs at build, release and start. */
  readonly deploySteps: DeploySteps;
  /** The Python of the project's own that production runs. */
  readonly code: Code;
  /** The Procfile, and files that look as if they were meant to be one. */
  readonly procfiles: Procfiles;
  /** The server that the web process starts. Missing when there is no web process, or it starts no server we know. */
  readonly webServer: WebServer;
  /** The application that it loads, and how the two talk. Missing where it is not found. */
  readonly application: Application;
  /** The application of a Flask, FastAPI or Starlette project, as production makes it. Missing for every other. */
  readonly pythonApp: PythonApp;
  /** The package.json of a project of Node's, and what its web process starts. Missing for every other. */
  readonly nodeApp: NodeApp;
  /** The settings module that production loads, and whether it can. Missing when this is no Django project. */
  readonly settingsModule: SettingsModule;
  /** The Django settings of production. Missing when this is no Django project, or the module does not import. */
  readonly settings: Settings;
  /** What `manage.py check --deploy` says of those settings. */
  readonly systemChecks: SystemChecks;
  /** The URLconf. Missing where ROOT_URLCONF names no module of the project. */
  readonly urls: Urls;
  /** The project's own Django apps with their models and migrations. Missing where the settings are. */
  readonly apps: Apps;
  /** The project's views of Django REST framework. Missing where that is not installed. */
  readonly apiViews: ApiViews;
  /** Whether Django learns that a request was HTTPS. */
  readonly httpsSeen: HttpsSeen;
  /** What serves static files besides the settings, and whether any are needed. */
  readonly staticServing: StaticServing;
  /** What templates ask for by name, and what Django's finders and loaders find in the project. */
  readonly staticReferences: StaticReferences;
  /** What style sheets and scripts refer to, and collectstatic does not find. */
  readonly staticFileReferences: StaticFileReferences;
  /** Files that something names in another case than they have. */
  readonly otherCase: readonly OtherCase[];
  /** What production installs. Missing when no file names any package. */
  readonly packages: Packages;
  /** The locks that production installs from, compared with their manifests. */
  readonly locks: readonly Lock[];
  /** Files that name packages, by package manager, whether or not production reads them. */
  readonly packageFiles: PackageFiles;
  /** Which Python the project asks for, and where. */
  readonly pythonVersions: PythonVersions;
  /** `.env` and its kin: which are tracked, and what is in them. */
  readonly dotenvFiles: readonly DotenvFile[];
  /** What the project's Python asks of its environment, and who names it. */
  readonly envContract: EnvContract;
  /** Keys and passwords in other files of the project, by their form. */
  readonly writtenSecrets: readonly WrittenSecret[];
  /** Tasks that the project hands to another process. Missing when this is no Django project. */
  readonly taskQueues: TaskQueues;
  /** What of the project sends mail. */
  readonly mail: Mail;
  /** What git's index holds. Missing outside a repository. */
  readonly repository: Repository;
  /** The Dockerfile that is deployed. Missing where none is. */
  readonly imageFile: ImageFile;
  /** The compose files that production starts. Missing where there are none. */
  readonly compose: readonly ProductionCompose[];
  /** The project's scripts that its commands start. */
  readonly scripts: Scripts;
}

export type FactName = keyof ProjectFacts;

import { apiViews } from "./api-views.ts";
import { application } from "./application.ts";
import { apps } from "./apps.ts";
import { code } from "./code.ts";
import { compose } from "./compose.ts";
import type { FactReader } from "./define.ts";
import { deploySteps } from "./deploy-steps.ts";
import { deployment } from "./deployment.ts";
import { settings, settingsModule } from "./django/read-settings.ts";
import { dotenvFiles } from "./dotenv-files.ts";
import { envContract } from "./env-contract.ts";
import type { FactName } from "./facts.ts";
import { httpsSeen } from "./https-seen.ts";
import { imageFile } from "./image-file.ts";
import { locks } from "./locks.ts";
import { mail } from "./mail.ts";
import { nodeApp } from "./node-app.ts";
import { otherCase } from "./other-case.ts";
import { packageFiles } from "./package-files.ts";
import { packages } from "./packages.ts";
import { procfiles } from "./procfiles.ts";
import { project } from "./project.ts";
import { pythonApp } from "./python-app.ts";
import { pythonVersions } from "./python-versions.ts";
import { repository } from "./repository.ts";
import { scripts } from "./scripts.ts";
import { writtenSecrets } from "./secrets/written.ts";
import { staticFileReferences } from "./static-file-references.ts";
import { staticReferences } from "./static-references.ts";
import { staticServing } from "./static-serving.ts";
import { systemChecks } from "./system-checks.ts";
import { taskQueues } from "./task-queues.ts";
import { urls } from "./urls.ts";
import { webServer } from "./web-server.ts";

/** How each fact is read. */
export const readers: { readonly [Name in FactName]: FactReader<Name> } = {
  project,
  deployment,
  deploySteps,
  code,
  procfiles,
  webServer,
  application,
  pythonApp,
  nodeApp,
  settingsModule,
  settings,
  systemChecks,
  apps,
  apiViews,
  urls,
  httpsSeen,
  staticServing,
  staticReferences,
  staticFileReferences,
  otherCase,
  packages,
  locks,
  packageFiles,
  pythonVersions,
  dotenvFiles,
  writtenSecrets,
  envContract,
  taskQueues,
  mail,
  repository,
  imageFile,
  compose,
  scripts,
};

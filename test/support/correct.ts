import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { checks } from "../../src/checks/index.ts";
import { memoryFiles } from "../../src/files/memory.ts";
import type { Severity } from "../../src/finding.ts";
import { judge } from "../../src/judge.ts";
import { showLocation } from "../../src/location.ts";
import { platformById } from "../../src/platforms/index.ts";

/** A project of `fixtures/correct`: written as the documentation of its platform and libraries has it. */
export interface CorrectProject {
  readonly name: string;
  /** What it is deployed to. */
  readonly platform: string;
  /** No file shows this platform: it is named, as by `--platform`. */
  readonly named?: boolean;
  /** What else it is a project of. */
  readonly styles: readonly string[];
}

/** One line for each: its folder, its platform and what it is there for. */
const table = `
heroku-environ            heroku             pins environ WhiteNoise S3 Postgres WSGI
heroku-poetry-celery      heroku             Poetry decouple Celery WhiteNoise anymail Postgres WSGI
heroku-fir-uv-asgi        heroku-fir!        uv os.environ ASGI uvicorn-worker WhiteNoise Postgres
heroku-allauth-s3         heroku             pins environ allauth S3 SMTP Postgres WSGI
render-blueprint          render             pins os.environ ASGI uvicorn-worker WhiteNoise Postgres
render-uv-celery          render             uv environs settings-package Celery WhiteNoise Postgres WSGI
railway-pip-tools         railway            pip-tools os.environ WhiteNoise Postgres WSGI
fly-uv-postgres           fly                uv environ WhiteNoise Postgres WSGI
fly-sqlite-litestream     fly                pins os.environ SQLite litestream WhiteNoise WSGI
digitalocean-pipenv       digitalocean       Pipenv os.environ S3 WhiteNoise Postgres WSGI
app-engine-pydantic       app-engine         pins pydantic-settings Postgres WSGI
cloud-run-gcs             cloud-run          pins environ GCS Postgres WSGI
elastic-beanstalk-mysql   elastic-beanstalk  pins os.environ MySQL WSGI
pythonanywhere-sqlite     pythonanywhere     pins dotenv SQLite WSGI
scalingo-environs         scalingo           pip-tools environs S3 WhiteNoise Postgres WSGI
compose-nginx-celery      docker             pins os.environ settings-package nginx Celery Postgres WSGI
compose-caddy-channels    docker             pins os.environ Caddy ASGI daphne channels WhiteNoise Postgres
kubernetes-split-settings kubernetes         pins split-settings WhiteNoise Postgres WSGI
kamal-configurations      kamal              pins configurations WhiteNoise Postgres WSGI
azure-app-service         azure-app-service  pins dotenv os.environ WhiteNoise Postgres WSGI
dokku-drf-rq              dokku              pins os.environ DRF RQ WhiteNoise Postgres WSGI
koyeb-uvicorn-pdm         koyeb              PDM os.environ ASGI uvicorn WhiteNoise Postgres
upsun-q-cluster           upsun              pins os.environ django-q Postgres WSGI
flask-heroku-factory      heroku             Flask pins Postgres WSGI
flask-docker-compose      docker             Flask pins Caddy WSGI
fastapi-fly               fly                FastAPI uv pydantic-settings Postgres ASGI uvicorn
fastapi-render            render             FastAPI pins ASGI uvicorn
express-heroku            heroku             Node Postgres
express-render            render             Node
worker-heroku             heroku             worker pins Postgres
`;

export const correctProjects: readonly CorrectProject[] = table
  .trim()
  .split("\n")
  .map((line) => {
    const [name = "", platform = "", ...styles] = line.split(/\s+/);
    return { name, platform: platform.replace("!", ""), named: platform.endsWith("!"), styles };
  });

export interface Reported {
  readonly check: string;
  readonly level: Severity | "unknown";
  readonly at: string;
  readonly message: string;
}

/** The files of a project, all of which are tracked. */
export interface Tree {
  readonly files: Readonly<Record<string, string | Uint8Array>>;
  readonly executable: readonly string[];
}

export function treeOf(name: string): Tree {
  const folder = join(import.meta.dirname, "../../fixtures/correct", name);
  const paths = readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
  return {
    files: Object.fromEntries(paths.map((path) => [path, readFileSync(join(folder, path), "utf8")])),
    executable: paths.filter((path) => (statSync(join(folder, path)).mode & 0o111) !== 0),
  };
}

/** Everything that is found in a project, on the platform that its files show. */
export async function findingsOf(
  project: Pick<CorrectProject, "platform" | "named">,
  { files, executable }: Tree,
): Promise<readonly Reported[]> {
  const platform = platformById(project.platform);
  if (!platform) throw new Error(`there is no platform ${project.platform}`);
  const judgement = await judge({
    files: memoryFiles(files, { tracked: Object.keys(files), executable }),
    checks,
    options: {
      settings: undefined,
      env: new Map(),
      closed: false,
      platformNamed: project.named === true,
    },
    platforms: project.named ? [platform] : undefined,
  });
  if (judgement.kind !== "judged") throw new Error(`nothing to judge: ${JSON.stringify(judgement)}`);
  const targets = judgement.platforms.map(({ platform: { id } }) => id).join(" and ");
  if (targets !== project.platform) throw new Error(`it is taken for ${targets}`);
  return judgement.result.results.flatMap(({ check, findings, fault }) => {
    if (fault !== undefined) throw new Error(`${check.id} crashed: ${fault}`);
    return findings.map(({ certainty, severity = check.severity, at, message }) => ({
      check: check.id,
      level: certainty === "unknown" ? ("unknown" as const) : severity,
      at: at ? showLocation(at) : "",
      message,
    }));
  });
}

import type { KeyName } from "../config/keys.ts";
import { gather } from "../facts/gather.ts";
import { recognise } from "../facts/recognise.ts";
import type { Found } from "../files/changes.ts";
import type { ProjectFiles } from "../files/project-files.ts";
import { choosePlatforms } from "../platforms/index.ts";
import { procfileHost } from "../platforms/procfile-host.ts";
import { printable, printableLines } from "../report/printable.ts";
import { configurationText, type Told } from "./init/configuration.ts";
import {
  gitlabInclude,
  type InitFile,
  isPlainFolder,
  type PipelineName,
  pipelines,
} from "./init/pipelines.ts";
import { WrongUsage } from "./outcome.ts";
import { ambiguous, type nothingRecognised } from "./recognition.ts";

export interface InitRequest {
  readonly files: ProjectFiles;
  /** The path as the user wrote it, for commands to paste. */
  readonly path: string;
  /** From the top of the repository to the folder: "backend", or "". */
  readonly folder: string;
  /** Configurations that are in the folder already. */
  readonly configured: readonly string[];
  readonly ci: PipelineName | undefined;
  /** Something besides the configuration is asked for. */
  readonly more: boolean;
  /** Write over what is there. */
  readonly force: boolean;
  readonly version: string;
  /** What is at a path from the top of the repository. */
  look(path: string): Found;
}

/** What is to be written, by paths from the top of the repository, and what is said of it. */
export interface Initiation {
  readonly kind: "files";
  readonly files: readonly InitFile[];
  readonly says: readonly string[];
}

type Nothing = Parameters<typeof nothingRecognised>[1];

/** A configuration with what the project's files tell filled in, and a pipeline where one is asked for. */
export async function init(request: InitRequest): Promise<Initiation | Nothing> {
  const recognition = recognise(request.files, {});
  if (recognition.kind === "nothing") return recognition;
  if (recognition.kind === "ambiguous") throw ambiguous(request.path, recognition.candidates);
  const told = await toldBy(request.files, recognition.project.folder);
  const configuration = {
    path: request.folder === "" ? "deploy-check.yaml" : `${request.folder}/deploy-check.yaml`,
    text: configurationText(told),
  };
  const pipeline = request.ci ? forPipeline(request.ci, request) : { files: [], says: [] };
  const stays = standing(configuration, request);
  const wanted = [...(stays === undefined ? [configuration] : []), ...pipeline.files];
  const files = wanted.filter(({ path, text }) => {
    const found = request.look(path);
    return found.kind !== "file" || found.text !== text;
  });
  refuse(files, request);
  const same = wanted.filter((file) => !files.includes(file));
  return {
    kind: "files",
    files,
    says: [
      ...(stays === undefined ? [] : [`${stays} stays as it is`]),
      ...same.map(({ path }) => `${path} is up to date`),
      ...pipeline.says,
    ],
  };
}

/** The configuration that is there and stays, where something else is asked for as well; undefined where one is written. */
function standing({ path, text }: InitFile, request: InitRequest): string | undefined {
  const [called] = request.configured;
  if (called === undefined || request.force) return undefined;
  const found = request.look(path);
  if (found.kind === "file" && found.text === text) return undefined;
  if (request.more) return called;
  throw new WrongUsage(
    called === "deploy-check.yaml"
      ? `${path} is there already; --force writes it anew`
      : `${called} is a configuration already, and a deploy-check.yaml would win over it; --force writes one`,
  );
}

/** Nothing is written where something is in the way of any of it. */
function refuse(files: readonly InitFile[], { look, force }: InitRequest): void {
  const inTheWay = files.flatMap(({ path }) => {
    const { kind } = look(path);
    if (kind === "nothing" || (kind === "file" && force)) return [];
    return [kind === "file" ? `${path} is there already; --force writes it anew` : `${path} is no file`];
  });
  if (inTheWay.length > 0) throw new WrongUsage(inTheWay.join("\n"));
}

function forPipeline(
  ci: PipelineName,
  { folder, version, look }: InitRequest,
): { readonly files: readonly InitFile[]; readonly says: readonly string[] } {
  if (!isPlainFolder(folder))
    throw new WrongUsage(`the folder ${folder} has characters that a pipeline's command would have to quote`);
  const job = pipelines[ci]({ folder, version });
  if (ci === "github") return { files: [job], says: [] };
  const found = look(gitlabInclude.path);
  if (found.kind === "nothing") return { files: [job, gitlabInclude], says: [] };
  if (found.kind === "file" && found.text.includes(job.path)) return { files: [job], says: [] };
  const lines = printableLines(gitlabInclude.text.trimEnd()).map((line) => `  ${line}`);
  return { files: [job], says: [`${gitlabInclude.path} is there; add to it`, ...lines] };
}

async function toldBy(files: ProjectFiles, folder: string): Promise<Partial<Record<KeyName, Told>>> {
  const signs = choosePlatforms(files, folder).flatMap(({ platform, because }) =>
    because === undefined ? [] : [{ platform, because }],
  );
  const facts = gather({
    files,
    platform: signs[0]?.platform ?? procfileHost,
    options: { settings: undefined, env: new Map(), closed: false, platformNamed: false },
  });
  const found = await facts.get("settingsModule");
  const settings =
    found.kind === "present" && /^\w+(\.\w+)*$/.test(found.value.module) ? found.value : undefined;
  return {
    ...(settings && { settings: { value: settings.module, because: printable(settings.evidence) } }),
    ...(signs.length > 0 && {
      platforms: {
        value: `[${signs.map(({ platform }) => platform.id).join(", ")}]`,
        because: signs.map(({ platform, because }) => `${platform.name}, as ${because}`).join("; "),
      },
    }),
  };
}

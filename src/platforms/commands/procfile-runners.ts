import { readProcfile } from "../manifests/procfile.ts";
import { folderOf } from "../paths.ts";
import { type Argument, quote } from "../shell/expand.ts";
import { optionValue, type Runner } from "./recipe.ts";
import { skipOptions } from "./wrappers.ts";

const takes = new Set(
  "-f --procfile -e --env -d --app-root --root -p --port -c --concurrency -m --formation -l --processes -b --baseport -T --timeout -w --title --network -s --socket -P --port-step".split(
    " ",
  ),
);

/** How a program is called that runs the lines of a Procfile. */
interface ProcfileRunner {
  /** The words that make it start them; none for one that always does. */
  readonly starts: readonly string[];
  /** The word with which it runs a process or a command once, with the variables of `.env`. */
  readonly runs?: string;
  /** Where it works if it is not told: where it is called, or where the Procfile is. */
  readonly works: "here" | "beside";
}

/** honcho 2.0, foreman 0.90, goreman 0.3, overmind 2.5, hivemind 1.1: what each says about itself with --help. */
export function procfileRunner({ starts, runs, works }: ProcfileRunner): Runner {
  return ({ files, locate, args, at }) => {
    const given: Argument[] = [];
    for (let rest = skipOptions(args, takes); rest[0]; rest = skipOptions(rest.slice(1), takes)) {
      given.push(rest[0]);
      // What is run once has options of its own.
      if (rest[0].text === runs) {
        given.push(...rest.slice(1));
        break;
      }
    }
    const words = given.map(({ text }) => text);
    const [verb] = words;
    const isRun = runs !== undefined && verb === runs;
    if (starts.length > 0 && !isRun && !starts.includes(verb ?? ""))
      return `the arguments of ${verb ?? "it"} are not understood`;
    // hivemind takes the Procfile as its argument.
    const named = optionValue(args, "-f", "--procfile") ?? (starts.length === 0 ? verb : undefined);
    const path = locate(named ?? "Procfile");
    const text = path === undefined ? undefined : files.text(path);
    const directory = optionValue(args, "-d", "--app-root", "--root");
    const beside = works === "beside" && path !== undefined ? folderOf(path) : locate(".");
    const folder = directory === undefined ? beside : locate(directory);
    const processes =
      path === undefined || text === undefined ? undefined : readProcfile(path, text).processes;
    if (isRun && !processes?.some(({ name }) => name === words[1])) {
      const command = given.slice(1).map((word) => (word.known ? quote(word.text) : word.text));
      return [{ command: command.join(" "), folder, at }];
    }
    if (!processes) return `there is no ${path ?? "Procfile"}`;
    const names = [
      ...(starts.length > 0 ? words.slice(1) : []),
      ...(optionValue(args, "-l", "--processes")?.split(",") ?? []),
      ...(optionValue(args, "-m", "--formation") ?? "")
        .split(",")
        .flatMap((one) => one.split("=")[0] ?? [])
        .filter((name) => name !== "" && name !== "all"),
    ];
    return processes
      .filter(({ name }) => names.length === 0 || names.includes(name))
      .map(({ command, at: line }) => ({ command, folder, at: line }));
  };
}

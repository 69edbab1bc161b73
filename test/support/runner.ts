// What GitHub's runner does with the output of a step, so that tests can tell what it would obey.
// https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands

/** A command that the runner obeys. */
export interface RunnerCommand {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly data: string;
}

const known = new Set(
  "error warning notice debug group endgroup add-mask add-matcher remove-matcher echo stop-commands set-output set-env save-state add-path internal-set-repo-path".split(
    " ",
  ),
);

/** The commands in what a step printed: lines of `::name key=value::data`, and the older `##[name key=value;]data` within lines. */
export function commandsIn(log: string): readonly RunnerCommand[] {
  return log.split(/\r\n|\r|\n/).flatMap((line) => command(line) ?? olderCommand(line) ?? []);
}

function command(line: string): RunnerCommand | undefined {
  const text = line.trimStart();
  const end = text.indexOf("::", 2);
  if (!text.startsWith("::") || end < 0) return undefined;
  return read(text.slice(2, end), ",", text.slice(end + 2));
}

function olderCommand(line: string): RunnerCommand | undefined {
  const start = line.indexOf("##[");
  const end = line.indexOf("]", start);
  if (start < 0 || end < 0) return undefined;
  return read(line.slice(start + 3, end), ";", line.slice(end + 1));
}

function read(head: string, separator: string, data: string): RunnerCommand | undefined {
  const [, name = "", rest = ""] = /^(\S*)\s*(.*)$/.exec(head) ?? [];
  if (!known.has(name.toLowerCase())) return undefined;
  const pairs = rest.split(separator).filter((pair) => pair.includes("="));
  const properties = pairs.map((pair) => {
    const at = pair.indexOf("=");
    return [
      pair.slice(0, at).trim(),
      unescaped(pair.slice(at + 1))
        .replaceAll("%3A", ":")
        .replaceAll("%2C", ",")
        .replaceAll("%25", "%"),
    ];
  });
  return {
    name: name.toLowerCase(),
    properties: Object.fromEntries(properties),
    data: unescaped(data).replaceAll("%25", "%"),
  };
}

/** The percent sign goes last, by the caller, so that an escaped one escapes nothing. */
function unescaped(text: string): string {
  return text.replaceAll("%0D", "\r").replaceAll("%0A", "\n");
}

/**
 * Text in which whatever runs a pipeline finds no commands. GitHub's runner obeys lines that begin with
 * `::name::`, also behind white space, and `##[name]` anywhere in a line; Azure's obeys `##vso[` and `##[`, and
 * TeamCity `##teamcity[`. One character of each is written as in JSON, in which it stays the same text.
 */
export function withoutPipelineCommands(text: string): string {
  return text
    .replace(/##(?=(?:vso|teamcity)?\[)/gi, "\\u0023#")
    .replace(/^([^\S\r\n]*):(?=:[a-z].*::)/gim, "$1\\u003a");
}

/** What a workflow command of GitHub's says, behind its last colons. */
export function commandData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

/** The value of a property of a workflow command, such as `file` or `title`. */
export function commandProperty(text: string): string {
  return commandData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}

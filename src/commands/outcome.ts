/** What a command leaves: text for the two streams and for files, and the exit code (design.md §5). */
export interface Outcome {
  readonly stdout: string;
  /** Lines for whatever runs the pipeline, before the rest of stdout, in which nothing can pass for one. */
  readonly commands?: string;
  readonly stderr: string;
  readonly files?: readonly WrittenFile[];
  readonly code: ExitCode;
}

export interface WrittenFile {
  /** As the user wrote it: from the folder that the command was started in. */
  readonly path: string;
  readonly text: string;
  /** Behind what is there, instead of in its place. */
  readonly append?: boolean;
}

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

export const exitCodes = {
  fine: 0,
  findings: 1,
  wrongUsage: 2,
  internalFault: 3,
  nothingRecognised: 4,
} as const;

export function printed(stdout: string): Outcome {
  return { stdout, stderr: "", code: exitCodes.fine };
}

/** The command cannot do what was asked for. `message` is for the user, and says what would work. */
export class WrongUsage extends Error {}

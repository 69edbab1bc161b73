export interface Sample {
  readonly title: string;
  readonly text: string;
}

/** The samples of a file that divides them by lines of `####`, with a title behind it where a group begins. */
export function readSamples(text: string): Sample[] {
  const samples: Sample[] = [];
  let title = "";
  for (const part of text.split(/^####/m).slice(1)) {
    const end = part.indexOf("\n");
    title = part.slice(0, end).trim() || title;
    samples.push({ title, text: part.slice(end + 1) });
  }
  return samples;
}

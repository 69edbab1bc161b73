/** The samples of a file that divides them by lines of `####`, with the title of a group behind it where one begins. */
export function readSamples(text) {
  const samples = [];
  let title = "";
  for (const part of text.split(/^####/m).slice(1)) {
    const end = part.indexOf("\n");
    title = part.slice(0, end).trim() || title;
    samples.push({ title, text: part.slice(end + 1) });
  }
  return samples;
}

/**
 * The one spelling of a distribution's name: lower case, runs of `-`, `_` and `.` as one `-`.
 * https://packaging.python.org/en/latest/specifications/name-normalization/
 */
export function normalName(name: string): string {
  return name.replace(/[-_.]+/g, "-").toLowerCase();
}

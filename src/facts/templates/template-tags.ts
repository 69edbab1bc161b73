import { type Location, locator } from "../../location.ts";

/** A tag of Django's template language. */
export interface TemplateTag {
  /** `static`, `extends`, `include`. */
  readonly name: string;
  /** What stands behind the name. */
  readonly content: string;
  readonly at: Location;
  /** The tests of the `{% if %}`s that it stands in, outermost first. */
  readonly within: readonly string[];
}

// django/template/base.py, tag_re: a tag does not go over the end of a line.
const tag = /\{%\s*(\w+)\b(.{0,2000}?)%\}|\{#.{0,2000}?#\}/g;

/** The tags of a template, but for those that Django takes out or leaves as they are: comments and verbatim text. */
export function templateTags(path: string, text: string): readonly TemplateTag[] {
  const place = locator(path, text);
  const tags: TemplateTag[] = [];
  const within: string[] = [];
  /** The tag that ends what is passed over. */
  let until: string | undefined;
  for (const match of text.matchAll(tag)) {
    const [whole, name, rest = ""] = match;
    if (name === undefined) continue;
    const content = rest.trim();
    if (until !== undefined) {
      if (`${name} ${content}`.trim() === until) until = undefined;
      continue;
    }
    if (name === "comment") until = "endcomment";
    else if (name === "verbatim") until = `endverbatim ${content}`.trim();
    else if (name === "if") within.push(content);
    else if (name === "endif") within.pop();
    else
      tags.push({
        name,
        content,
        at: place(match.index, match.index + whole.length),
        within: [...within],
      });
  }
  return tags;
}

/** The text of an argument that is one literal: `"css/site.css"`, also before `as name`. */
export function literalArgument(content: string): string | undefined {
  return /^(["'])([^"'\\|]*)\1(?:\s+as\s+\w+)?$/.exec(content)?.[2];
}

import { type Document, isMap, isScalar, isSeq, parseDocument, Scalar, YAMLMap } from "yaml";

/** Something that a configuration is to set aside. */
export interface NewIgnore {
  /** The check's id. */
  readonly name: string;
  readonly reason: string;
  /** A file, from the folder of the configuration; without it, wherever it is found. */
  readonly file?: string | undefined;
}

/**
 * The text of a deploy-check.yaml with more to ignore; comments and order stay. `text` is undefined for a file
 * that is not there yet. Undefined if what is there is not to be edited, because it cannot be read.
 */
export function withIgnores(text: string | undefined, added: readonly NewIgnore[]): string | undefined {
  const document: Document = parseDocument(text ?? "");
  if (document.errors.length > 0) return undefined;
  if (document.contents === null) document.contents = document.createNode({});
  if (!isMap(document.contents)) return undefined;
  const root = document.contents;
  root.flow = false;
  for (const { name, reason, file } of added) {
    const names =
      file === undefined
        ? namesIn(document, root, "ignore")
        : namesIn(document, mapIn(document, root, "per-path-ignores"), patternFor(file));
    names.set(name, document.createNode(reason));
  }
  return document.toString({ lineWidth: 0 });
}

/** The map at a key, made if there is none. */
function mapIn(document: Document, parent: YAMLMap, key: string): YAMLMap {
  const known = parent.get(key, true);
  if (isMap(known)) return known as YAMLMap;
  const made = new YAMLMap(document.schema);
  set(parent, key, made);
  return made;
}

/** What is ignored at a key: names with reasons. Names alone become names without one. */
function namesIn(document: Document, parent: YAMLMap, key: string): YAMLMap {
  const known: unknown = parent.get(key, true);
  if (isMap(known)) return known as YAMLMap;
  const made = new YAMLMap(document.schema);
  for (const item of isSeq(known) ? known.items : isScalar(known) ? [known] : []) {
    if (!isScalar(item) || item.value === null) continue;
    const name = new Scalar(item.value);
    name.commentBefore = item.commentBefore ?? null;
    const nothing = new Scalar(null);
    nothing.source = "";
    nothing.comment = item.comment ?? null;
    made.add({ key: name, value: nothing });
  }
  if (isSeq(known)) made.commentBefore = known.commentBefore ?? null;
  set(parent, key, made);
  return made;
}

/** Puts a value at a key, whose own comments stay. */
function set(parent: YAMLMap, key: string, value: YAMLMap): void {
  const pair = parent.items.find((item) => (isScalar(item.key) ? item.key.value : item.key) === key);
  if (pair) pair.value = value;
  else parent.add({ key: new Scalar(key), value });
}

/** A pattern, as of .gitignore, that matches a path and nothing else. */
export function patternFor(path: string): string {
  return `/${path.replace(/[\\*?[]/g, "\\$&").replace(/ $/, "\\ ")}`;
}

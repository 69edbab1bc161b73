/** One line that git gives a pre-push hook: what is to be where on the remote. */
export interface PushedRef {
  /** "refs/heads/main", "HEAD~1", or a commit. */
  readonly local: string;
  /** The object that it names: a commit, or a tag that leads to one. */
  readonly object: string;
  readonly remote: string;
  /** What the remote has there until now; undefined if nothing. */
  readonly before: string | undefined;
}

const none = /^0+$/;

/** What is pushed, without deletions and without what the remote has there already. See `git help hooks`, pre-push. */
export function pushedRefs(stdin: string): readonly PushedRef[] {
  return stdin.split("\n").flatMap((line) => {
    const [, local = "", object = "", remote = "", old = ""] =
      /^(\S+) ([0-9a-f]{40,64}) (\S+) ([0-9a-f]{40,64})$/.exec(line.trim()) ?? [];
    if (object === "" || none.test(object) || object === old) return [];
    return [{ local, object, remote, before: none.test(old) ? undefined : old }];
  });
}

/** "main", "v1.0" */
export function shortRef(ref: string): string {
  return ref.replace(/^refs\/(?:heads|tags)\//, "");
}

export function isTag({ remote }: PushedRef): boolean {
  return remote.startsWith("refs/tags/");
}

import type { ProjectFiles } from "../../files/project-files.ts";
import type { Location } from "../../location.ts";
import { startOf } from "../../location.ts";
import { normalName } from "./names.ts";

/** A line or a file that pip cannot install from on the machine of a platform. */
export interface NotPortable {
  /** A sentence. */
  readonly message: string;
  readonly at: Location;
  readonly fix: string | undefined;
  /** pip reads it, and other programs do not; or it needs something the repository does not show. */
  readonly mild: boolean;
}

/** Distributions without a wheel or a source that builds on Linux. As of 2026-11-20. */
const foreign: Readonly<Record<string, "Windows" | "macOS">> = {
  pywin32: "Windows",
  pypiwin32: "Windows",
  pywinpty: "Windows",
  wmi: "Windows",
  "windows-curses": "Windows",
  "twisted-iocpsupport": "Windows",
  "pyobjc-core": "macOS",
  pyobjc: "macOS",
};
/** Modules that come with Python, and are no distribution of PyPI. */
const standard = new Set(["os", "sys", "json", "re", "sqlite3"]);

/** What of a requirements file does not install elsewhere. */
export function notPortable(files: ProjectFiles, path: string): readonly NotPortable[] {
  const read = files.read(path);
  if (read.kind === "absent") return [];
  if (read.kind === "unreadable") {
    if (!/binary|UTF-16|UTF-32/.test(read.because)) return [];
    return [
      {
        message: `pip cannot read ${path}: it ${read.because === "is a binary file" ? "holds NUL bytes, as UTF-16 does" : read.because}`,
        at: startOf(path),
        fix: inUtf8(path),
        mild: false,
      },
    ];
  }
  const { text, encoding } = read;
  const encoded: readonly NotPortable[] = encoding.startsWith("utf-16")
    ? [
        {
          message: `${path} is in UTF-16, in which programs that look for a package's name find none`,
          at: startOf(path),
          fix: inUtf8(path),
          mild: true,
        },
      ]
    : [];
  return [
    ...encoded,
    ...text.split(/\r\n|\r|\n/).flatMap((line, index) => lineProblem(path, line, index + 1) ?? []),
  ];
}

function lineProblem(path: string, line: string, number: number): NotPortable | undefined {
  const text = line.replace(/(?:^|\s)#.*$/, "").trim();
  const at = { file: path, line: number, column: 1, endLine: number, endColumn: line.length + 1 };
  const found = (message: string, fix?: string, mild = false): NotPortable => ({
    message: `${message}, so ${mild ? "the build needs what the repository does not hold" : "pip stops with an error"}`,
    at,
    fix,
    mild,
  });
  const [, name = ""] = /^([A-Za-z\d][\w.-]*)\s*(?=[[=<>!~;@]|$)/.exec(text) ?? [];
  const normal = normalName(name);
  const marker = text.includes(";");
  const system = Object.hasOwn(foreign, normal)
    ? foreign[normal]
    : /^pyobjc-framework-/.test(normal)
      ? "macOS"
      : undefined;
  if (system && !marker)
    return found(
      `${path} names ${name}, which there is for ${system} only`,
      `${text} ; sys_platform == "${system === "Windows" ? "win32" : "darwin"}"`,
    );
  if (normal === "pkg-resources")
    return found(
      `${path} names ${name}, which is no package but a slip of Debian's pip freeze`,
      `# without ${text}`,
    );
  if (standard.has(normal) && !marker)
    return found(`${path} names ${name}, which is a module of Python and no package`, `# without ${text}`);
  if (
    /@\s*file:\/\//.test(text) ||
    /^(?:-e\s+)?(?:file:\/\/\/|[A-Za-z]:\\|\/(?:home|Users|mnt|root|tmp)\/)/.test(text)
  )
    return found(
      `${path} names ${name || "a package"} by a path of one machine`,
      name ? `${name}   # with its version` : undefined,
    );
  if (/git\+ssh:\/\/|^-e\s+git@|@\s*git\+git@/.test(text))
    return found(`${path} fetches ${name || "a package"} over SSH`, undefined, true);
  return undefined;
}

function inUtf8(path: string): string {
  return `iconv -f UTF-16 -t UTF-8 ${path} -o ${path}.new && mv ${path}.new ${path}`;
}

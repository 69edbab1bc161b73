import type { ManifestProblem } from "../manifest.ts";
import type { DeclaredRuntime } from "../platform.ts";
import { readYaml } from "./tree-yaml.ts";

/** `.elasticbeanstalk/config.yml`, which the EB CLI keeps: the platform branch of new environments. */
export interface EbConfig {
  readonly path: string;
  readonly python: DeclaredRuntime | undefined;
  /** The platform is Docker, and builds the Dockerfile. */
  readonly isDocker: boolean;
  readonly problems: readonly ManifestProblem[];
}

/**
 * `global.default_platform`: "Python 3.11 running on 64bit Amazon Linux 2023", "python-3.11", an ARN or "Docker".
 * Amazon Linux 1 was retired on 2022-07-18 (docs.aws.amazon.com/elasticbeanstalk/latest/dg/go-procfile.html).
 */
export function readEbConfig(path: string, text: string): EbConfig {
  const { root } = readYaml(path, text);
  const node = root.get("global").get("default_platform");
  const platform = node.text ?? "";
  const version = /\bpython[ -]?(\d+\.\d+)/i.exec(platform)?.[1];
  const isFirst = /64bit Amazon Linux(?! 2\b| 2023\b)/i.test(platform);
  return {
    path,
    python: version === undefined ? undefined : { text: platform, version, at: node.at },
    isDocker: /\bdocker\b/i.test(platform),
    problems: isFirst
      ? [
          {
            kind: "retired",
            message: `default_platform is "${platform}", which is Amazon Linux 1, retired on 2022-07-18`,
            at: node.at,
            check: "platform-retired",
            fix: 'default_platform: "Python 3.13 running on 64bit Amazon Linux 2023"',
          },
        ]
      : [],
  };
}

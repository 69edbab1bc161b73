import { areas, type Check } from "../check.ts";
import { severities } from "../finding.ts";
import { platforms } from "../platforms/index.ts";
import { boolean, map, number, oneOrSeveral, type Shape, text, word } from "../platforms/manifests/shape.ts";

/** A part of a JSON Schema. */
export type Schema = Readonly<Record<string, unknown>>;

interface Key {
  /** What a file may hold there: what is checked. */
  readonly shape: Shape;
  /** The same for editors. */
  readonly schema: Schema;
  /** One sentence for whoever writes the file. */
  readonly says: string;
  /** A value, in YAML. */
  readonly example: string;
}

const string: Schema = { type: "string", minLength: 1 };
const strings: Schema = { anyOf: [string, { type: "array", items: string }] };
const checkName: Schema = { $ref: "#/$defs/check" };
const checkNames: Schema = { anyOf: [checkName, { type: "array", items: checkName }] };
/** Names alone, or each with its reason. */
const ignoring: Schema = {
  anyOf: [
    checkName,
    { type: "array", items: checkName },
    { type: "object", propertyNames: checkName, additionalProperties: { type: ["string", "null"] } },
  ],
};
/** What `ignoring` takes is told apart where it is read (`read.ts`). */
const anyShape: Shape = { is: "any" };

const platformIds = ["all", "auto", ...platforms.map(({ id }) => id)];
const levels = [...severities, "off"];

/** Every key of a configuration file. The schema, the checks of a file and the docs are made of this table. */
export const keys = {
  $schema: {
    shape: text,
    schema: string,
    says: "Where this schema is, for editors.",
    example: '"https://unpkg.com/deploy-check/schema.json"',
  },
  extends: {
    shape: oneOrSeveral(text),
    schema: strings,
    says: "Files that this one builds on, later ones winning: a path from this file's folder, or the name of a package in node_modules that holds a deploy-check.yaml.",
    example: "./base/deploy-check.yaml",
  },
  root: {
    shape: text,
    schema: string,
    says: "The folder that is judged where the command names none and is not started in another project; from this file's folder. Default: the current folder.",
    example: "backend",
  },
  settings: {
    shape: text,
    schema: string,
    says: "Django's production settings module, such as shop.settings.production.",
    example: "shop.settings.production",
  },
  platforms: {
    shape: oneOrSeveral(word(...platformIds)),
    schema: { anyOf: [{ enum: platformIds }, { type: "array", items: { enum: platformIds } }] },
    says: "What the project is deployed to. Default: what its files show.",
    example: "[heroku, fly]",
  },
  "env-files": {
    shape: oneOrSeveral(text),
    schema: strings,
    says: "Files with the whole production environment, later ones winning.",
    example: "[prod.env]",
  },
  "fail-level": {
    shape: word(...severities),
    schema: { enum: severities },
    says: "The command fails if a finding is at least this bad. Default: error.",
    example: "warning",
  },
  strict: {
    shape: boolean,
    schema: { type: "boolean" },
    says: "Warnings fail the command too, and so does what cannot be told; whoever ignores something has to say why.",
    example: "true",
  },
  "max-warnings": {
    shape: number,
    schema: { type: "integer", minimum: 0 },
    says: "The command fails if there are more warnings than this.",
    example: "10",
  },
  severity: {
    shape: map({}, { others: word(...levels) }),
    schema: { type: "object", propertyNames: checkName, additionalProperties: { enum: levels } },
    says: "How bad a check's findings are, by check, Django check or area; off asks it no longer.",
    example: "{ hsts-unset: error, admin-default-url: off }",
  },
  select: {
    shape: oneOrSeveral(text),
    schema: checkNames,
    says: "Only these checks are asked, by id, Django id or area.",
    example: "[settings, secrets, debug-enabled]",
  },
  ignore: {
    shape: anyShape,
    schema: ignoring,
    says: "These checks are set aside: their names, or each name with the reason.",
    example: "{ security.W004: the load balancer sends it }",
  },
  "per-path-ignores": {
    shape: map({}, { others: anyShape }),
    schema: { type: "object", additionalProperties: ignoring },
    says: "The same, for findings in files that match a pattern, written as in .gitignore.",
    example: '{ "legacy/**": { secrets: goes away in May } }',
  },
  baseline: {
    shape: text,
    schema: string,
    says: "The file of known findings that `deploy-check baseline` writes. Default: deploy-check-baseline.json.",
    example: "deploy-check-baseline.json",
  },
} as const satisfies Readonly<Record<string, Key>>;

export type KeyName = keyof typeof keys;

/** What a whole file holds. */
export const fileShape: Shape = map(
  Object.fromEntries(Object.entries(keys).map(([name, { shape }]) => [name, shape])),
);

/** Where the published schema is. */
export const schemaUrl = "https://unpkg.com/deploy-check/schema.json";

/** The JSON Schema of a file, as published. */
export function fileSchema(checks: readonly Check[]): Schema {
  const names = checks.flatMap(({ id, aliases = [], django = [] }) => [id, ...aliases, ...django]);
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    $id: schemaUrl,
    title: "deploy-check.yaml",
    description: "Configuration of deploy-check, which tells from a project's files whether it will deploy.",
    type: "object",
    additionalProperties: false,
    properties: Object.fromEntries(
      Object.entries(keys).map(([name, { schema, says }]) => [name, { description: says, ...schema }]),
    ),
    $defs: {
      check: {
        description: "A check by its id, the id of a Django check, or a whole area.",
        enum: [...new Set([...names, ...Object.keys(areas)])].sort(),
      },
    },
  };
}

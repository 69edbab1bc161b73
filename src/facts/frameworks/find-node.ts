import { folderOf, nameOf } from "../../files/listing.ts";
import type { ProjectFiles } from "../../files/project-files.ts";
import { besideApplication } from "../servers/entry-modules.ts";

/** Packages that answer requests, or bring a server that does. */
const servers = new Set(
  "express koa fastify @hapi/hapi hapi restify polka hono @hono/node-server next nuxt @nestjs/core @adonisjs/core @remix-run/serve @remix-run/express @react-router/serve @sveltejs/adapter-node @strapi/strapi strapi sails @feathersjs/feathers @feathersjs/express @apollo/server apollo-server apollo-server-express @keystone-6/core keystone parse-server probot json-server serve http-server ghost directus socket.io ws".split(
    " ",
  ),
);

/** What `package.json` says, as far as it is asked here. */
interface Manifest {
  readonly scripts: Readonly<Record<string, unknown>>;
  readonly dependencies: Readonly<Record<string, unknown>>;
  readonly bin: unknown;
  readonly main: unknown;
}

/** The package.json files of servers; one that only builds a front end, or is a library or a tool, is none. */
export function findNodeServers(files: ProjectFiles): readonly string[] {
  return files.list.filter((path) => {
    if (nameOf(path) !== "package.json" || besideApplication.test(path)) return false;
    const manifest = manifestIn(files.text(path) ?? "");
    return manifest !== undefined && isServer(files, folderOf(path), manifest);
  });
}

function isServer(files: ProjectFiles, folder: string, manifest: Manifest): boolean {
  const below = (name: string) => (folder === "" ? name : `${folder}/${name}`);
  const { scripts, dependencies, bin, main } = manifest;
  const procfile = files.text(below("Procfile"));
  if (procfile !== undefined && /^web:?\s.*\b(?:node|npm|yarn|pnpm|npx)\b/m.test(procfile)) return true;
  if (bin !== undefined && typeof scripts.start !== "string") return false;
  const entries = [
    typeof main === "string" ? main.replace(/^\.\//, "") : "",
    "server.js",
    "index.js",
    "app.js",
  ];
  const listens = entries.some((name) => /\.listen\(/.test((name && files.text(below(name))) || ""));
  if (listens && (typeof scripts.start === "string" || !isPublished(main, entries))) return true;
  const starts = ["start", "dev", "serve"].some((name) => typeof scripts[name] === "string");
  return starts && Object.keys(dependencies).some((name) => servers.has(name));
}

/** A library that names its main module elsewhere. */
function isPublished(main: unknown, entries: readonly string[]): boolean {
  return typeof main === "string" && !entries.slice(1).includes(main.replace(/^\.\//, ""));
}

function manifestIn(text: string): Manifest | undefined {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof read !== "object" || read === null) return undefined;
  const record = (name: string): Readonly<Record<string, unknown>> => {
    const value: unknown = Reflect.get(read, name);
    return typeof value === "object" && value !== null ? { ...value } : {};
  };
  return {
    scripts: record("scripts"),
    dependencies: record("dependencies"),
    bin: Reflect.get(read, "bin"),
    main: Reflect.get(read, "main"),
  };
}

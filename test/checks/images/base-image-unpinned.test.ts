import { expect, test } from "vitest";
import check from "../../../src/checks/images/base-image-unpinned.ts";
import { fixes, told } from "../../support/told.ts";

const project = (from: string) => ({
  "manage.py": "import django\n",
  Dockerfile: `${from}\nCMD ["gunicorn", "shop.wsgi"]\n`,
});
const ask = (from: string) => told(check, project(from));

test.each([
  ["FROM python", "python has no tag, so that it is whatever is newest when the image is built"],
  ["FROM python:latest", "python:latest is whatever is newest when the image is built"],
  ["FROM acme/base", "acme/base has no tag, so that it is whatever is newest when the image is built"],
  ["FROM python:slim", "python:slim names no version of Python, so that the newest is taken"],
  [
    "FROM python:3-alpine",
    "python:3-alpine names only Python's major version, so that the newest minor is taken",
  ],
  ["FROM python:3.9-buster", "python:3.9-buster is made of Debian buster, which gets no fixes any more"],
  ["ARG TAG=latest\nFROM python:$TAG", "python:latest is whatever is newest when the image is built"],
])("%s", async (from, message) => {
  expect(await ask(from)).toEqual([expect.stringMatching(/^warning certain Dockerfile:\d:1 /)]);
  expect((await ask(from))[0]).toContain(message);
});

test("the flavour stays", async () => {
  expect(await fixes(check, project("FROM python:3-slim"))).toEqual(["FROM python:3.13-slim"]);
});

test("a stage that something is taken from counts, one that is thrown away does not", async () => {
  const staged = "FROM node AS assets\nFROM python:3.13\n";
  expect(await ask(staged)).toEqual(["passed"]);
  expect(await ask(`${staged}COPY --from=assets /dist /dist`)).toHaveLength(1);
  expect((await ask(`${staged}COPY --from=assets /dist /dist`))[0]).toContain("node has no tag");
});

test.each([
  ["a version", "FROM python:3.13-slim"],
  ["with the patch", "FROM python:3.13.2-slim-bookworm"],
  ["a digest", "FROM python@sha256:0123"],
  ["a tag and a digest", "FROM python:latest@sha256:0123"],
  ["a variable without a default", "ARG TAG\nFROM python:$TAG"],
  ["a stage", "FROM python:3.13 AS base\nFROM base"],
  ["a major version of something else", "FROM node:22 AS a\nFROM python:3.13\nCOPY --from=a /x /x"],
  [
    "an image that is only copied from",
    "FROM python:3.13\nCOPY --from=ghcr.io/astral-sh/uv:latest /uv /bin/",
  ],
  ["a registry's port is no tag", "FROM localhost:5000/python:3.13"],
])("%s: nothing to tell", async (_name, from) => {
  expect(await ask(from)).toEqual(["passed"]);
});

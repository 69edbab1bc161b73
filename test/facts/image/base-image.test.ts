import { expect, test } from "vitest";
import { flavourOf, imageName, lacksByItself } from "../../../src/facts/image/base-image.ts";

test.each([
  ["python", "python", true, undefined],
  ["python:3.13-slim", "python", true, "3.13-slim"],
  ["docker.io/library/python:3.13", "python", true, "3.13"],
  ["docker.io/python:3.13", "python", true, "3.13"],
  ["ghcr.io/astral-sh/uv:python3.13-alpine", "astral-sh/uv", false, "python3.13-alpine"],
  ["localhost:5000/python", "python", false, undefined],
  ["registry.example.com/team/python:1", "team/python", false, "1"],
  ["python:3.13@sha256:abc", "python", true, "3.13"],
])("%s", (text, repository, official, tag) => {
  expect(imageName(text)).toMatchObject({ repository, official });
  expect(imageName(text)?.tag).toBe(tag);
});

test("what is no image from elsewhere has no name", () => {
  expect([imageName("scratch"), imageName("$BASE"), imageName("")]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test.each([
  ["python:3.13", "full"],
  ["python:3.13-slim-trixie", "lean"],
  ["python:3.13-alpine3.22", "alpine"],
  ["node:22-alpine", "alpine"],
  ["debian:13", "lean"],
  ["ubuntu", "lean"],
  ["alpine:3.22", "alpine"],
  ["ghcr.io/astral-sh/uv:python3.13-bookworm-slim", "lean"],
  ["ghcr.io/astral-sh/uv:python3.13-bookworm", "full"],
  ["ghcr.io/astral-sh/uv:latest", undefined],
  ["python@sha256:abc", undefined],
  ["nginx:alpine", undefined],
  ["acme/python:3.13-slim", undefined],
  ["gcr.io/distroless/python3", undefined],
])("%s is %s", (image, flavour) => {
  expect(flavourOf(image)).toBe(flavour);
});

test("programs that are not there", () => {
  expect([
    lacksByItself("lean", "curl"),
    lacksByItself("lean", "bash"),
    lacksByItself("alpine", "wget"),
    lacksByItself("alpine", "bash"),
    lacksByItself("full", "curl"),
    lacksByItself("alpine", "ps"),
  ]).toEqual([true, false, false, true, false, false]);
});

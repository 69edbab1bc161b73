import { expect, test } from "vitest";
import { readCompose } from "../../src/platforms/manifests/compose.ts";
import { memory } from "../../src/platforms/memory.ts";

const at = { file: "x", line: 1, column: 1 };
const ports = (text: string) =>
  readCompose("compose.yml", `services:\n  db:\n    ports: ${text}\n`).services[0]?.published.map(
    ({ address, target }) => [address, target],
  );

test.each([
  ["['5432:5432']", [[undefined, 5432]]],
  ["['5432']", [[undefined, 5432]]],
  ["[5432]", [[undefined, 5432]]],
  ["['127.0.0.1:5432:5432/tcp']", [["127.0.0.1", 5432]]],
  ["['127.0.0.1::5432']", [["127.0.0.1", 5432]]],
  ["['[::1]:5432:5432']", [["[::1]", 5432]]],
  ["['${PORT}:5432']", [[undefined, 5432]]],
  ["['${PORT:-15432}:5432']", [[undefined, 5432]]],
  ["['${BIND:-127.0.0.1}:5432:5432']", [["127.0.0.1", 5432]]],
  ["['${BIND}:5432:5432']", []],
  ["['5432:${PORT}']", []],
  ["['9200-9300:9200-9300']", [[undefined, 9200]]],
  ["[{target: 5432, published: 5432, host_ip: 10.0.0.1}]", [["10.0.0.1", 5432]]],
  ["nonsense", []],
])("%s", (text, expected) => {
  expect(ports(text)).toEqual(expected);
});

test.each([
  ["512m", 512],
  ["512Mi", 512],
  ["1g", 1024],
  ["0.5GB", 512],
  ["536870912", 512],
  ["much", undefined],
])("%s of memory", (text, megabytes) => {
  expect(memory({ text, at })?.megabytes).toBe(megabytes);
});

test("a bare number may be of megabytes", () => {
  expect(memory({ text: "512", at }, "m")?.megabytes).toBe(512);
});

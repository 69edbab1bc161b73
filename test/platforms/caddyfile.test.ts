import { expect, test } from "vitest";
import { memoryFiles } from "../../src/files/memory.ts";
import { tlsOfCaddy } from "../../src/platforms/caddyfile.ts";

const redirects = (text: string) => tlsOfCaddy(memoryFiles({ "deploy/Caddyfile": text }))?.redirects;

test.each([
  ["a host", "shop.example {\n\treverse_proxy web:8000\n}\n"],
  ["several", "shop.example, www.shop.example {\n\treverse_proxy web:8000\n}\n"],
  [
    "a variable",
    "{\n\temail ops@shop.example\n}\n\n{$DOMAIN} {\n\tencode gzip\n\treverse_proxy web:8000\n}\n",
  ],
  ["a snippet", "(logs) {\n\tlog\n}\nhttps://shop.example {\n\timport logs\n\treverse_proxy web:8000\n}\n"],
])("Caddy serves %s by HTTPS and sends HTTP on", (_, text) => {
  expect(redirects(text)).toBe("always");
});

test.each([
  ["plain HTTP", "http://shop.example {\n\treverse_proxy web:8000\n}\n"],
  ["a bare port", ":80 {\n\treverse_proxy web:8000\n}\n"],
  ["no redirects", "{\n\tauto_https disable_redirects\n}\nshop.example {\n\treverse_proxy web:8000\n}\n"],
  ["no proxy", "shop.example {\n\tfile_server\n}\n"],
])("nothing is said of %s", (_, text) => {
  expect(redirects(text)).toBeUndefined();
});

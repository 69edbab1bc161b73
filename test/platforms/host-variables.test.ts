import { expect, test } from "vitest";
import { hostThatSets } from "../../src/platforms/host-variables.ts";

test.each([
  ["DYNO", "Heroku"],
  ["RENDER", "Render"],
  ["RENDER_EXTERNAL_HOSTNAME", "Render"],
  ["FLY_APP_NAME", "Fly.io"],
  ["RAILWAY_ENVIRONMENT", "Railway"],
  ["PLATFORM", undefined],
  ["RENDERER", undefined],
  ["MY_DYNO", undefined],
])("%s", (variable, host) => {
  expect(hostThatSets(variable)).toBe(host);
});

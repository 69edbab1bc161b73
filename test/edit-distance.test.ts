import { expect, test } from "vitest";
import { editDistance } from "../src/edit-distance.ts";

test.each([
  ["requirements.txt", "requirements.txt", 0],
  ["requirement.txt", "requirements.txt", 1],
  ["reqiurements.txt", "requirements.txt", 2],
  ["", "abc", 3],
  ["kitten", "sitting", 3],
])("%j and %j", (one, other, distance) => {
  expect(editDistance(one, other)).toBe(distance);
  expect(editDistance(other, one)).toBe(distance);
});

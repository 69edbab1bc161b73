import fc from "fast-check";
import { expect, test } from "vitest";
import { drawn, isVaried, joinedShape, slicedShape, type TextShape } from "../../src/python/text-shape.ts";

// A shape is right if it fits the text that it is the shape of: made here from texts that are known.

const alphabet = "abcdefgh";
const random = fc.string({ unit: fc.constantFrom(...alphabet), maxLength: 12 });
/** A text between two others, and what is known of it if only those two are. */
const piece = fc.oneof(
  fc.string({ maxLength: 5 }).map((text) => ({ text, shape: text })),
  fc
    .tuple(random, fc.string({ maxLength: 3 }), fc.string({ maxLength: 3 }))
    .map(([middle, before, after]) => ({
      text: before + middle + after,
      shape: joinedShape([before, drawn(middle.length, alphabet.length), after]),
    })),
);

function fits(text: string, { prefix = "", suffix = "", length, draws }: TextShape): void {
  expect(text.startsWith(prefix), `${JSON.stringify(text)} begins with ${JSON.stringify(prefix)}`).toBe(true);
  expect(text.endsWith(suffix), `${JSON.stringify(text)} ends with ${JSON.stringify(suffix)}`).toBe(true);
  if (length !== undefined) expect([...text].length).toBe(length);
  const among = [...text].filter((character) => alphabet.includes(character)).length;
  const counted = [...(draws?.values() ?? [])].reduce((sum, { count }) => sum + count, 0);
  expect(counted).toBeLessThanOrEqual(among);
}

test("texts one after the other, and parts of them", () => {
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 5 }),
      fc.option(fc.integer({ min: -20, max: 20 }), { nil: undefined }),
      fc.option(fc.integer({ min: -20, max: 20 }), { nil: undefined }),
      (pieces, start, stop) => {
        const whole = pieces.map(({ text }) => text).join("");
        const shape = joinedShape(pieces.map((each) => each.shape));
        fits(whole, shape);
        fits(whole.slice(start, stop), slicedShape(shape, start, stop));
        const { length: _, ...lengthless } = shape;
        fits(whole.slice(start, stop), slicedShape(lengthless, start, stop));
      },
    ),
    { numRuns: 3000 },
  );
});

test("what is used twice counts once", () => {
  const one = drawn(1, 50);
  expect(isVaried(joinedShape(Array(60).fill(one)), 5)).toBe(false);
  expect(isVaried(joinedShape(Array.from({ length: 60 }, () => drawn(1, 50))), 5)).toBe(true);
});

test.each([
  [10, 16, false],
  [15, 16, false],
  [32, 16, true],
  [50, 5, false],
  [50, 10, true],
  [13, 64, true],
  [8, 64, false],
])("%i characters of %i different ones", (count, from, varied) => {
  expect(isVaried(drawn(count, from), 5)).toBe(varied);
});

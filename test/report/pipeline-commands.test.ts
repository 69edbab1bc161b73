import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { commandData, commandProperty, withoutPipelineCommands } from "../../src/report/pipeline-commands.ts";
import { commandsIn } from "../support/runner.ts";

describe("in what is printed, nothing is a command", () => {
  test.each([
    ["::error::x", "\\u003a:error::x"],
    ["  \t::set-output name=a::b", "  \t\\u003a:set-output name=a::b"],
    ["a\r::warning file=x,line=1::y\n", "a\r\\u003a:warning file=x,line=1::y\n"],
    ["DEBUG ##[add-mask]x", "DEBUG \\u0023#[add-mask]x"],
    ["###[error]x", "#\\u0023#[error]x"],
    ["##vso[task.setvariable variable=a]b", "\\u0023#vso[task.setvariable variable=a]b"],
    ["##teamcity[message text='x']", "\\u0023#teamcity[message text='x']"],
  ])("%j", (text, harmless) => {
    expect(withoutPipelineCommands(text)).toBe(harmless);
    expect(commandsIn(harmless)).toEqual([]);
  });

  test.each(["a ::error::x", "::1", "  ::1, 10.0.0.1", "## heading [x]", "x = y[::2]", "# [error]"])(
    "%j is none, and stays",
    (text) => {
      expect(commandsIn(text)).toEqual([]);
      expect(withoutPipelineCommands(text)).toBe(text);
    },
  );

  test("JSON stays the same data", () => {
    const data = { "##[error]": "##vso[x]", a: ["::error::x", "\n::error::x", "###[x]"] };
    expect(JSON.parse(withoutPipelineCommands(JSON.stringify(data, undefined, 2)))).toEqual(data);
  });

  test("whatever it is", () => {
    const pieces = fc.constantFrom(..."#:[] \n\r\tx", "::error", "::", "##[", "error]", "warning file=a");
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
        expect(commandsIn(withoutPipelineCommands(parts.join("")))).toEqual([]);
      }),
      { numRuns: 3000, seed: 6 },
    );
  });
});

test("what is escaped arrives as it was", () => {
  const text = fc.string({ unit: fc.constantFrom(..."%:,;=\r\nAD0235C a") });
  fc.assert(
    fc.property(text, text, text, (file, title, data) => {
      const line = `::error file=${commandProperty(file)},title=${commandProperty(title)}::${commandData(data)}\n`;
      expect(commandsIn(line)).toEqual([{ name: "error", properties: { file, title }, data }]);
    }),
    { numRuns: 1000, seed: 6 },
  );
});

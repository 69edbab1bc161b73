import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // Tests that start Python, git or the built command take longer on a busy machine.
    testTimeout: 30_000,
    hookTimeout: 120_000,
  },
});

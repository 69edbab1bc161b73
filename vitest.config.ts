import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    // As many as there are cores; the default leaves one free, which on two cores is half of them.
    maxWorkers: "100%",
    include: ["test/**/*.test.ts"],
    // Tests that start Python, git or the built command take longer on a busy machine.
    testTimeout: 30_000,
    hookTimeout: 120_000,
  },
});

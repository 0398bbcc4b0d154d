import { defineConfig } from "vitest/config";

const conditions = ["@insightgraph/source"];
const resolve = { resolve: { conditions }, ssr: { resolve: { conditions } } };
// Ends what hangs: on a busy machine, all that tests start and wait for takes many times as long as on a quiet one.
const limitMs = 600_000;
const patient = {
  expect: { poll: { timeout: 120_000 } },
  ...{ testTimeout: limitMs, hookTimeout: limitMs },
};
const training = [
  "packages/editing/src/training/**/*.test.ts",
  "packages/nodes/src/train/*.test.ts",
];

export default defineConfig({
  ...resolve,
  test: {
    // Many tests wait for processes that they start; by default one core would be left out.
    maxWorkers: "100%",
    projects: [
      {
        ...resolve,
        test: {
          name: "unit",
          globalSetup: ["scripts/compile-first.mjs", "scripts/own-data.mjs"],
          include: ["packages/*/src/**/*.test.ts", "scripts/**/*.test.ts", "test/**/*.test.ts"],
          exclude: [
            "test/e2e/**",
            "test/gpu/*.test.ts",
            "test/package/**",
            "test/gpu/kit/stage/**",
            "test/bench/**",
            ...training,
          ],
          typecheck: {
            enabled: true,
            include: ["packages/engine/src/**/*.test-d.ts"],
            checker: "tsc",
            tsconfig: "packages/engine/tsconfig.json",
          },
          ...patient,
        },
      },
      {
        ...resolve,
        test: {
          name: "training",
          globalSetup: "scripts/own-data.mjs",
          include: training,
          // Its threads read the sources as they are.
          execArgv: [`--conditions=${conditions}`, "--import", "./scripts/read-typescript.mjs"],
          ...patient,
        },
      },
      {
        ...resolve,
        test: {
          name: "gpu",
          include: ["test/gpu/*.test.ts"],
          testTimeout: 600_000,
          hookTimeout: 600_000,
        },
      },
      {
        ...resolve,
        test: {
          name: "package",
          include: ["test/package/*.test.ts"],
          testTimeout: 900_000,
          hookTimeout: 600_000,
        },
      },
      {
        ...resolve,
        test: {
          name: "browser",
          include: ["test/e2e/**/*.test.ts"],
          ...patient,
        },
      },
    ],
  },
});

import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { conditions: ["@insightgraph/source"] },
  ssr: { resolve: { conditions: ["@insightgraph/source"] } },
  test: {
    include: ["packages/*/src/**/*.test.ts", "scripts/**/*.test.ts", "test/**/*.test.ts"],
  },
});

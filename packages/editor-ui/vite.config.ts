import { defineConfig } from "vite";

export default defineConfig({
  build: { outDir: "dist/app", emptyOutDir: true, sourcemap: true },
  resolve: { conditions: ["@insightgraph/source", "module", "browser", "production"] },
});

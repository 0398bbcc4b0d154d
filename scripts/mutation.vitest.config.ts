import { env } from "node:process";
import { defineConfig, type Plugin } from "vitest/config";

const conditions = ["@insightgraph/source"];

/** What `mutate.ts` puts into the environment. */
interface Mutant {
  readonly file: string;
  readonly start: number;
  readonly end: number;
  readonly replacement: string;
}

/** Changes one file as it is loaded; the file on disk stays as it is. */
function mutate({ file, start, end, replacement }: Mutant): Plugin {
  return {
    name: "mutate",
    enforce: "pre",
    transform(code, id) {
      if (id.split("?", 1)[0] !== file) return undefined;
      return { code: code.slice(0, start) + replacement + code.slice(end), map: null };
    },
  };
}

const mutant = env["MUTANT"];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  plugins: mutant === undefined ? [] : [mutate(JSON.parse(mutant) as Mutant)],
  test: { include: ["**/*.test.ts"], testTimeout: 30_000 },
});

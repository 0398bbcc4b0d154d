import { createModelAdditions } from "./model-additions.ts";
import type { SiteOptions } from "./site-options.ts";

/** A site without models, whose runs may read everything. */
export const bareSite: Pick<
  SiteOptions,
  "listModels" | "knownModels" | "additions" | "mayRead" | "allowedDirs"
> = {
  listModels: async () => [],
  knownModels: [],
  additions: createModelAdditions(async () => {
    throw new Error("no model can be added here");
  }),
  mayRead: async () => {},
  allowedDirs: [],
};

import { createModelAdditions } from "./model-additions.ts";
import { noDatasets } from "./no-datasets.fixture.ts";
import type { SiteOptions } from "./site-options.ts";

/** A site without models and data sets, whose runs may read everything. */
export const bareSite: Pick<
  SiteOptions,
  "listModels" | "knownModels" | "additions" | "mayRead" | "allowedDirs" | "datasets"
> = {
  listModels: async () => [],
  knownModels: [],
  additions: createModelAdditions(async () => {
    throw new Error("no model can be added here");
  }),
  mayRead: async () => {},
  allowedDirs: [],
  datasets: async () => noDatasets,
};

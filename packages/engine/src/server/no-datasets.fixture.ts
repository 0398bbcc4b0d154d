import { EngineError } from "../errors.ts";
import type { DatasetLibrary } from "./dataset-library.ts";

const refuse = async (path: string): Promise<never> => {
  throw new EngineError("dataset.unreadable", `"${path}" is not there`, {
    hint: "Choose another.",
  });
};

/** The library of a workspace without data sets. */
export const noDatasets: DatasetLibrary = {
  list: async () => [],
  facts: refuse,
  records: refuse,
  record: refuse,
  picture: refuse,
  nextUndecided: refuse,
  decide: refuse,
  undo: refuse,
  findDuplicates: refuse,
  keepOne: refuse,
};

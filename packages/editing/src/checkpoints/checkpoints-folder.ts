import path from "node:path";
import { dataFolder, folderIn } from "../files/data-folder.ts";

/** The store of added checkpoints: $INSIGHTGRAPH_MODELS, or `models` in the user's data folder. */
export const checkpointsFolder: string =
  folderIn("INSIGHTGRAPH_MODELS") ?? path.join(dataFolder, "models");

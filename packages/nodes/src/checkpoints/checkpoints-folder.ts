import path from "node:path";
import { fileURLToPath } from "node:url";

const projectDir = fileURLToPath(new URL("../../../../", import.meta.url));

/** Where added checkpoints lie: $INSIGHTGRAPH_MODELS, or `models` among the user's data. */
export const checkpointsFolder: string = path.resolve(
  process.env["INSIGHTGRAPH_MODELS"] ??
    path.join(process.env["INSIGHTGRAPH_DATA"] ?? path.join(projectDir, ".insightgraph"), "models"),
);

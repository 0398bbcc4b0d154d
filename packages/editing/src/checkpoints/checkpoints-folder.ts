import path from "node:path";
import { fileURLToPath } from "node:url";

const projectDir = fileURLToPath(new URL("../../../../", import.meta.url));

/** A folder that a variable names, as the user means it: npm itself moves to the project's. */
function folderIn(variable: string): string | undefined {
  const folder = process.env[variable];
  if (folder === undefined || folder === "") return undefined;
  return path.resolve(process.env["INIT_CWD"] ?? process.cwd(), folder);
}

/** Where added checkpoints lie: $INSIGHTGRAPH_MODELS, or `models` among the user's data. */
export const checkpointsFolder: string =
  folderIn("INSIGHTGRAPH_MODELS") ??
  path.join(folderIn("INSIGHTGRAPH_DATA") ?? path.join(projectDir, ".insightgraph"), "models");

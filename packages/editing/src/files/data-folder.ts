import path from "node:path";
import { fileURLToPath } from "node:url";

const projectDir = fileURLToPath(new URL("../../../../", import.meta.url));

/** A folder from an environment variable, relative to the user's folder; npm changes to the project's. */
export function folderIn(variable: string): string | undefined {
  const folder = process.env[variable];
  if (folder === undefined || folder === "") return undefined;
  return path.resolve(process.env["INIT_CWD"] ?? process.cwd(), folder);
}

/** The user's data folder: $INSIGHTGRAPH_DATA, or one in the project. */
export const dataFolder: string =
  folderIn("INSIGHTGRAPH_DATA") ?? path.join(projectDir, ".insightgraph");

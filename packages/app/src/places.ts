import path from "node:path";
import { fileURLToPath } from "node:url";

/** The folder that holds the whole project. */
export const projectDir: string = fileURLToPath(new URL("../../../", import.meta.url));

export const graphsDir: string = path.join(projectDir, "graphs");

export const editorDir: string = path.join(projectDir, "packages/editor-ui/dist/app");

/** What the user makes: uploads, training and kept results. */
export const dataDir: string =
  process.env["INSIGHTGRAPH_DATA"] ?? path.join(projectDir, ".insightgraph");

/** Results that outlive a run. */
export const cacheDir: string = path.join(dataDir, "cache");

/** The folder the user stands in; npm itself moves to the project's. */
export const callerDir: string = process.env["INIT_CWD"] ?? process.cwd();

/** The path as the user means it, made absolute. */
export function fromCaller(file: string): string {
  return path.resolve(callerDir, file);
}

/** The entry of the execution process, compiled or not, as this module is. */
export const executionEntry: URL = new URL(
  `./execution-child${path.extname(import.meta.url)}`,
  import.meta.url,
);

import path from "node:path";
import { fileURLToPath } from "node:url";

/** The folder that holds the whole project. */
export const projectDir: string = fileURLToPath(new URL("../../../", import.meta.url));

/** The graphs that ship. */
export const graphsDir: string = path.join(projectDir, "graphs");

/** The built page of the editor. */
export const editorDir: string = path.join(projectDir, "packages/editor-ui/dist/app");

/** The folder the user stands in; npm itself moves to the project's. */
export const callerDir: string = process.env["INIT_CWD"] ?? process.cwd();

/** The path as the user means it, made absolute. */
export function fromCaller(file: string): string {
  return path.resolve(callerDir, file);
}

const dataVariable = "INSIGHTGRAPH_DATA";
const wantedData = process.env[dataVariable];

/** What the user makes: uploads, checkpoints, training, kept results and manifests. */
export const dataDir: string =
  wantedData === undefined || wantedData === ""
    ? path.join(projectDir, ".insightgraph")
    : fromCaller(wantedData);
// The execution process stands in another folder and has to mean the same one.
process.env[dataVariable] = dataDir;

/** Results that outlive a run. */
export const cacheDir: string = path.join(dataDir, "cache");

/** The entry of the execution process, compiled or not, as this module is. */
export const executionEntry: URL = new URL(
  `./execution-child${path.extname(import.meta.url)}`,
  import.meta.url,
);

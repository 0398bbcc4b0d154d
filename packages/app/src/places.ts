import { existsSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** The root folder of the project. */
export const projectDir: string = fileURLToPath(new URL("../../../", import.meta.url));

/** Whether this is a checkout of the sources, not an installed package. */
export const isCheckout: boolean = existsSync(path.join(projectDir, "pnpm-workspace.yaml"));

/** Tells the versions of all dependencies. */
export const versionsFile: string = path.join(
  projectDir,
  isCheckout ? "pnpm-lock.yaml" : "package.json",
);

/** The graphs that ship. */
export const graphsDir: string = path.join(projectDir, "graphs");

/** The built page of the editor. */
export const editorDir: string = path.join(projectDir, "packages/editor-ui/dist/app");

/** The user's current folder; npm itself changes to the project's. */
export const callerDir: string = process.env["INIT_CWD"] ?? process.cwd();

/** A path relative to the user's current folder, made absolute. */
export function fromCaller(file: string): string {
  return path.resolve(callerDir, file);
}

const dataVariable = "INSIGHTGRAPH_DATA";
const dataValue = process.env[dataVariable];

/** The user's data: uploads, checkpoints, training, cached results and manifests; by default in the checkout, or in the user's folder. */
export const dataDir: string =
  dataValue === undefined || dataValue === ""
    ? path.join(isCheckout ? projectDir : callerDir, ".insightgraph")
    : fromCaller(dataValue);
// The execution process has another working folder and must use the same data folder.
process.env[dataVariable] = dataDir;

/** Pictures that pages have uploaded. */
export const uploadsDir: string = path.join(dataDir, "uploads");

/** Manifests of runs that wrote no file. */
export const runsDir: string = path.join(dataDir, "runs");

/** Results of ablations, a folder for each. */
export const ablationsDir: string = path.join(dataDir, "ablations");

/** Lists of the records of data sets, while a page looks at them. */
export const recordListsDir: string = path.join(dataDir, "browse");

/** Results cached on disk. */
export const cacheDir: string = path.join(dataDir, "cache");

const storeVariable = "INSIGHTGRAPH_STORE";
const storeValue = process.env[storeVariable];

/** Where results are shared with other machines, a folder or `s3://BUCKET/PREFIX`; undefined where they are not. */
export const sharedStore: string | undefined =
  storeValue === undefined || storeValue === "" || storeValue.includes("://")
    ? storeValue || undefined
    : fromCaller(storeValue);
if (sharedStore !== undefined) process.env[storeVariable] = sharedStore;

/** Shares the results of execution processes that are started from now on there. */
export function shareResults(place: string): void {
  process.env[storeVariable] = place;
}

/** The entry of the execution process; compiled if this module is. */
export const executionEntry: URL = new URL(
  `./execution-child${path.extname(import.meta.url)}`,
  import.meta.url,
);

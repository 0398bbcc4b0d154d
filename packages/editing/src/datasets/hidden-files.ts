import path from "node:path";
import type { Field } from "./schema.ts";

/** The folder inside a data set that holds what is not published; other programs do not look there. */
export const hiddenFolder = ".insightgraph";

/** The folder of the records that a graph did not keep, from that of the data set. */
export const rejectedFolder: string = path.posix.join(hiddenFolder, "rejected");

/** What is said of a rejected record besides its fields: why, and by which node. */
export const rejectionFields: readonly Field[] = [
  { name: "rejection_reason", kind: "text" },
  { name: "rejected_at", kind: "text" },
];

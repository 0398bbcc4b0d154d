import type { WireError } from "../errors.ts";

/** A problem in a graph, found before a run; it has the fields of an error. */
export type Issue = WireError;

import type { WireError } from "../errors.ts";

/** Something wrong with a graph: the shape of an error, found before any run. */
export type Issue = WireError;

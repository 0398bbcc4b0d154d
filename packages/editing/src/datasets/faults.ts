import { EditingError } from "../errors.ts";
import type { DatasetItem } from "./record.ts";

/** The error for files of a data set that cannot be read. */
export function unreadable(place: string, what: string, cause?: unknown): EditingError {
  return new EditingError("dataset.unreadable", `"${place}" ${what}`, {
    hint: "Fetch the file again, or leave it out.",
    cause,
  });
}

/** Stands for records that a damaged file does not give. */
export function brokenItem(key: string, version: string, fault: EditingError): DatasetItem {
  return { key, version, load: () => Promise.reject(fault) };
}

import { EditingError } from "../errors.ts";
import type { AddressedItem } from "./record.ts";

/** The error for files of a data set that cannot be read. */
export function unreadable(place: string, what: string, cause?: unknown): EditingError {
  return new EditingError("dataset.unreadable", `"${place}" ${what}`, {
    hint: "Fetch the file again, or leave it out.",
    cause,
  });
}

/** Stands for records that a damaged file does not give. */
export function brokenItem(key: string, version: string, fault: EditingError): AddressedItem {
  return { key, version, address: "", load: () => Promise.reject(fault) };
}

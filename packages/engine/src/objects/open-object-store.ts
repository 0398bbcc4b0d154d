import path from "node:path";
import { createFolderStore } from "./folder-store.ts";
import { badPlace } from "./object-faults.ts";
import type { ObjectStore } from "./object-store.ts";
import { createS3Store } from "./s3-store.ts";

const bucketName = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

/**
 * Opens a store by its address: `s3://BUCKET/PREFIX`, or the path of a folder. Nothing is asked of it yet.
 * Throws: `objects.place`.
 */
export function openObjectStore(place: string): ObjectStore {
  const [, scheme, rest = ""] = /^([a-z][a-z0-9+.-]*):\/\/(.*)$/i.exec(place) ?? [];
  if (scheme === undefined) {
    if (place.trim() === "") throw badPlace(place, "no place is given");
    return createFolderStore(path.resolve(place));
  }
  if (scheme !== "s3") throw badPlace(place, `${scheme} is not known here`);
  const [bucket = "", ...folders] = rest.split("/").filter((part) => part !== "");
  if (!bucketName.test(bucket)) throw badPlace(place, `"${bucket}" is not the name of a bucket`);
  return createS3Store({ bucket, prefix: folders.map((part) => `${part}/`).join("") });
}

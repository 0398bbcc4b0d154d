import { readdir, rename } from "node:fs/promises";
import path from "node:path";
import { toWireError } from "../errors.ts";
import { type OpenDocument, restoreDocument } from "./open-document.ts";

const ending = ".jsonl";

/** The documents of a folder by their ids, oldest first. One that cannot be read is set aside, not deleted. */
export async function restoreDocuments(
  folder: string,
  log: (text: string) => void,
): Promise<Map<string, OpenDocument>> {
  const restore = async (name: string): Promise<OpenDocument | undefined> => {
    const file = path.join(folder, name);
    try {
      return await restoreDocument(file);
    } catch (thrown) {
      await rename(file, `${file}.damaged`).catch(() => {});
      log(`documents: ${file}.damaged cannot be read: ${toWireError(thrown).what}`);
      return undefined;
    }
  };
  const names = (await readdir(folder)).filter((name) => name.endsWith(ending));
  const found = await Promise.all(names.map(restore));
  return new Map(
    found
      .filter((document) => document !== undefined)
      .sort((a, b) => a.copy.openedMs - b.copy.openedMs)
      .map((document) => [document.copy.id, document]),
  );
}

import { mkdir, rm } from "node:fs/promises";
import path from "node:path";
import { hiddenFolder } from "@insightgraph/editing/datasets";
import { writeWhole } from "@insightgraph/editing/files";
import { isThere } from "./require-empty.ts";
import type { SourcePart } from "./source-items.ts";

/** The folder of a part's items, from that of the hidden files. */
export function partFolder({ index, count }: SourcePart): string {
  return path.posix.join("parts", `${index}-of-${count}`);
}

function markerOf(sink: string, part: SourcePart): string {
  return path.join(sink, hiddenFolder, partFolder(part), "complete.json");
}

/** Says that a part is at work: it is complete no longer. */
export async function beginPart(sink: string, part: SourcePart): Promise<void> {
  await mkdir(path.dirname(markerOf(sink, part)), { recursive: true });
  await rm(markerOf(sink, part), { force: true });
}

/** Says that a part is complete; its items are closed by then, so that others can read them. */
export async function completePart(sink: string, part: SourcePart): Promise<void> {
  await writeWhole(markerOf(sink, part), `${JSON.stringify(part)}\n`);
}

/** The numbers of the parts that are not complete. */
export async function missingParts(sink: string, count: number): Promise<readonly number[]> {
  const missing: number[] = [];
  for (let index = 1; index <= count; index++) {
    if (!(await isThere(markerOf(sink, { index, count })))) missing.push(index);
  }
  return missing;
}

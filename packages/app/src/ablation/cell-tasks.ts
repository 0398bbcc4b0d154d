import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import type { GraphDocument, Json } from "@insightgraph/engine/graph";
import type { ClaimedTask } from "@insightgraph/engine/tasks";
import type { RunFiles } from "../dataset/tasks/run-files.ts";
import { fetchFiles, type SharedFiles, shareFiles } from "../dataset/tasks/shared-files.ts";
import type { TaskKind, TaskWork, WorkerTools } from "../dataset/tasks/task-kind.ts";
import { withoutSaving } from "../manifest/graph-files.ts";
import type { Cell } from "./cell.ts";
import type { CellOutputs } from "./cell-outputs.ts";
import type { CellResult } from "./cell-result.ts";
import { type CellPlaces, type CellRun, picturePlace, prepareCell } from "./prepare-cell.ts";

/** What workers know of an ablation besides its items. */
export interface AblationDescription {
  readonly kind: "ablation";
  readonly outputs: CellOutputs;
}

/** A cell's graph with an item's values in it, and the files that it names. */
interface StoredCell {
  readonly graph: GraphDocument;
  readonly files: SharedFiles;
}

function namesOf(key: string): readonly [item: string, cell: string] {
  return JSON.parse(key);
}

/**
 * Cells of an ablation, each for each item. All cells of an item go to one worker, which makes what they share once.
 * @param from Where relative paths of the cells start.
 */
export function cellKind(
  { catalogue, outputs, folder, cells }: CellPlaces & { readonly cells: readonly Cell[] },
  title: string,
  from: string,
): TaskKind<CellRun> {
  const description: AblationDescription = { kind: "ablation", outputs };
  return {
    title,
    graphs: cells.map(({ graph }) => graph),
    describe: async () => description as unknown as Json,
    areTogether: (one, two) => one.item === two.item,
    async pack({ key, fingerprint, cell, item }, files) {
      const graph = withoutSaving(await item.bind(cell.graph, catalogue), catalogue);
      const stored: StoredCell = { graph, files: await shareFiles(graph, catalogue, from, files) };
      return { key, fingerprint, input: stored as unknown as Json };
    },
    async unpack({ result, files: made, sizeBytes }, key, _attempt, files) {
      const pictures: Record<string, string> = {};
      for (const [name, digest] of Object.entries(made)) {
        const place = picturePlace(...namesOf(key), name);
        await mkdir(path.dirname(path.join(folder, place)), { recursive: true });
        await writeFile(path.join(folder, place), await files.get(digest));
        pictures[name] = place;
      }
      return { result: { ...(result as object), pictures }, sizeBytes };
    },
  };
}

/** Does cells of an ablation on a worker. @param folder Of this task alone */
export function cellWork(
  { catalogue }: WorkerTools,
  { items }: ClaimedTask,
  { outputs }: AblationDescription,
  folder: string,
  files: RunFiles,
): TaskWork<CellRun> {
  return {
    items: items.map(({ key, fingerprint, input }): CellRun => {
      const { graph, files: shared } = input as unknown as StoredCell;
      const [itemKey, name] = namesOf(key);
      const bind = () => fetchFiles(graph, catalogue, shared, folder, files);
      const item = { key: itemKey, version: "", bind };
      return { key, fingerprint, cell: { name, graph, fingerprint }, item };
    }),
    prepare: (run) => prepareCell(run, { catalogue, folder, outputs }),
    async pack({ result }) {
      const { pictures, ...kept } = result as unknown as CellResult;
      const made: Record<string, string> = {};
      for (const [name, place] of Object.entries(pictures)) {
        made[name] = await files.put(await readFile(path.join(folder, place)));
      }
      return { result: kept as unknown as Json, files: made, sizeBytes: 0 };
    },
  };
}

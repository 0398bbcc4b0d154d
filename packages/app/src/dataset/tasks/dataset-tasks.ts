import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Json, NodeCatalogue } from "@insightgraph/engine/graph";
import type { ClaimedTask } from "@insightgraph/engine/tasks";
import { toDatasetFault } from "../fault.ts";
import { hasPictures } from "../item-file.ts";
import {
  createItemRuns,
  inputsFolder,
  itemFileOf,
  itemsFolder,
  type KeptResult,
  type SourceItem,
} from "../item-runs.ts";
import type { RunOrigin } from "../provenance.ts";
import type { RunFiles } from "./run-files.ts";
import { fetchFiles, type SharedFiles, shareFiles } from "./shared-files.ts";
import { openStoredItem, storeItem } from "./stored-item.ts";
import type { TaskKind, TaskWork, WorkerTools } from "./task-kind.ts";

/** What workers know of a run over a data set besides its items. */
export interface DatasetDescription extends Omit<RunOrigin, "runtime"> {
  readonly kind: "dataset";
  readonly files: SharedFiles;
}

interface DatasetTaskOptions {
  readonly origin: Omit<RunOrigin, "runtime">;
  readonly catalogue: NodeCatalogue;
  /** Where relative paths in the graph start. */
  readonly from: string;
  /** Of the data set's hidden files, below its own. */
  readonly folder: string;
}

/** Records of a data set, for each of which workers run one graph. */
export function datasetKind({
  origin,
  catalogue,
  from,
  folder,
}: DatasetTaskOptions): TaskKind<SourceItem> {
  const { graph, fields, bindings } = origin;
  const names = bindings.map(({ field }) => field);
  return {
    title: graph.name ?? path.basename(path.dirname(folder)),
    graphs: [graph],
    async describe(files) {
      const shared = await shareFiles(graph, catalogue, from, files);
      const description: DatasetDescription = {
        ...{ kind: "dataset", graph, fields, bindings, files: shared },
      };
      return description as unknown as Json;
    },
    pack: (item, files) =>
      storeItem(item, names, files).catch((thrown: unknown) => {
        throw toDatasetFault(thrown);
      }),
    async unpack({ result, files: made, sizeBytes, provenance }, key, attempt, files) {
      const file = itemFileOf(key, attempt);
      for (const digest of Object.values(made)) {
        await writeFile(path.join(folder, file), await files.get(digest));
      }
      const kept = { ...(result as object), file };
      return { result: kept, sizeBytes, ...(provenance && { provenance }) };
    },
  };
}

/** Does records of a data set on a worker. @param folder Of this task alone */
export async function datasetWork(
  { catalogue, runtime }: WorkerTools,
  { items }: ClaimedTask,
  { kind: _kind, files: shared, ...about }: DatasetDescription,
  folder: string,
  files: RunFiles,
): Promise<TaskWork<SourceItem>> {
  for (const name of [itemsFolder, inputsFolder]) await mkdir(path.join(folder, name));
  const origin = { ...about, runtime };
  const graph = await fetchFiles(origin.graph, catalogue, shared, folder, files);
  return {
    items: items.map((item) => openStoredItem(item, files)),
    prepare: createItemRuns({ origin, catalogue, folder, graph }),
    async pack({ result, sizeBytes = 0, provenance: digest }, store) {
      const { file, ...kept } = result as unknown as KeptResult;
      const made: Record<string, string> = {};
      // An item without pictures is all in its rows: most of its cost would be its file.
      if (hasPictures([...kept.rows, ...kept.rejectedRows])) {
        made["item"] = await files.put(await readFile(path.join(folder, file)));
      }
      const text = digest === undefined ? undefined : await store.provenance(digest);
      return {
        ...{ result: kept as unknown as Json, files: made, sizeBytes },
        ...(digest !== undefined && text !== undefined && { provenance: { digest, text } }),
      };
    },
  };
}

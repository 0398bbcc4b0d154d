import type { ServedAblationsOptions } from "../ablation/served/open-ablations.ts";
import type { AddModelOptions } from "../add-model.ts";
import type { LibraryOptions } from "../browse/dataset-library.ts";

/** What needs picture libraries or checkpoints: loaded when it is first asked for, so that the server starts sooner. */
export const onDemand = {
  openAblations: async (options: ServedAblationsOptions) =>
    (await import("../ablation/served/open-ablations.ts")).openAblations(options),
  openLibrary: async (options: LibraryOptions) =>
    (await import("../browse/dataset-library.ts")).openDatasetLibrary(options),
  openTaskQueue: async (database: string, log: (text: string) => void) =>
    (await import("@insightgraph/engine/tasks")).openTaskQueue(database, log),
  listModels: async () => (await import("../list-models.ts")).listModels(),
  addModel: async (options: AddModelOptions) => (await import("../add-model.ts")).addModel(options),
  makeThumbnail: async (picture: { readonly bytes: Uint8Array }) =>
    (await import("../make-thumbnail.ts")).makeThumbnail(picture),
  tiffToPng: async (bytes: Uint8Array) => (await import("../tiff-to-png.ts")).tiffToPng(bytes),
};

import type { DocumentStore } from "../documents/document-store.ts";
import type { GraphDocument } from "../graph/document.ts";
import type { ExecutionHost } from "../host/execution-host.ts";
import type { JobQueue } from "../jobs/job-queue.ts";
import type { Cluster } from "../tasks/cluster.ts";
import type { Ablations } from "./ablations.ts";
import type { DatasetLibrary } from "./dataset-library.ts";
import type { KnownModel, ModelAdditions } from "./model-additions.ts";
import type { CleanPicture } from "./uploads.ts";

/** An installed checkpoint. */
export interface ServedModel {
  readonly name: string;
  readonly parts: readonly string[];
  /** What it can be opened as, such as `segmenter`. */
  readonly capabilities: readonly string[];
  readonly isShipped: boolean;
  readonly sizeBytes: number;
  readonly licence?: string;
  /** `hf:OWNER/NAME` or `dir:PATH`. */
  readonly source?: string;
  /** The words that it knows, where it reads whole words. */
  readonly vocabulary?: readonly string[];
  /** Why it cannot be used. */
  readonly problem?: string;
}

/** The folders and the jobs that are served. */
export interface SiteOptions {
  readonly jobs: JobQueue;
  readonly documents: DocumentStore;
  readonly host: ExecutionHost;
  /** Opens the ablations, which begin with the first call. @default the server runs none */
  readonly ablations?: () => Promise<Ablations>;
  /** Opens what shows and steers workers. @default the server has no database */
  readonly cluster?: () => Promise<Cluster>;
  /** Reads the graph files that a graph refers to. @default refers to none */
  readonly resolve?: (graph: GraphDocument) => Promise<GraphDocument>;
  /** The checkpoints that are installed. */
  readonly listModels: () => Promise<readonly ServedModel[]>;
  /** Checkpoints that can be added. */
  readonly knownModels: readonly KnownModel[];
  readonly additions: ModelAdditions;
  /** Throws: `node.bad-input` for what runs may not read. */
  readonly mayRead: (file: string) => Promise<void>;
  /** Folders outside the workspace in which runs may read. */
  readonly allowedDirs: readonly string[];
  /** Loads the data sets that pages may browse. */
  readonly datasets: () => Promise<DatasetLibrary>;
  /** The built editor. */
  readonly editorDir: string;
  /** Where uploaded pictures are kept. */
  readonly uploadsDir: string;
  /** Folders whose pictures the editor may show, besides the uploads. */
  readonly pictureDirs: readonly string[];
  /** Folders where jobs leave their files and manifests. */
  readonly outputDirs: readonly string[];
  /** Where relative paths in graphs start. */
  readonly workDir: string;
  /**
   * Decodes an uploaded picture and makes a PNG of its pixels alone. Omitted: it is kept as it is.
   * Throws: where it cannot be decoded.
   */
  readonly cleanPicture?: CleanPicture;
  /** Makes a PNG of a TIFF, which browsers cannot show. Omitted: TIFFs are sent as they are. */
  readonly tiffToPng?: (bytes: Uint8Array) => Promise<Uint8Array>;
}

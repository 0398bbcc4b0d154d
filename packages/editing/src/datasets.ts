export { applyMapping, type ColumnMapping, parseMapping } from "./datasets/column-mapping.ts";
export {
  type DatasetFolder,
  openDatasetFolder,
  type PlacedShard,
} from "./datasets/dataset-folder.ts";
export {
  createDecisions,
  type DecidedRecord,
  type Decision,
  type DecisionLine,
  type Decisions,
  decisionOn,
  decisionsFile,
  madeBy,
} from "./datasets/decisions.ts";
export { fileStem } from "./datasets/file-stem.ts";
export { hiddenFolder, rejectionFields } from "./datasets/hidden-files.ts";
export {
  type DatasetManifest,
  manifestName,
  readManifest,
  type ShardFacts,
} from "./datasets/manifest.ts";
export { fromMaskPicture } from "./datasets/mask-picture.ts";
export {
  learnSchema,
  type OpenedDataset,
  openDataset,
  openWholeDataset,
  recordOf,
  type WholeDataset,
} from "./datasets/open-dataset.ts";
export { pictureEnding } from "./datasets/picture-ending.ts";
export {
  type AddressedItem,
  type AddressedSource,
  type DatasetItem,
  type DatasetRecord,
  type DatasetSource,
  type Fields,
  type FieldValue,
  isPictureFile,
  type PictureFile,
} from "./datasets/record.ts";
export { openRejected } from "./datasets/rejected-records.ts";
export { type Field, type FieldKind, pairFields } from "./datasets/schema.ts";
export { shardFormat, shardFormats } from "./datasets/shard-formats.ts";
export { firstFileBelow } from "./datasets/sources/folder.ts";

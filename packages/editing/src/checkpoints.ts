export { type AddProgress, addFolder } from "./checkpoints/add-folder.ts";
export { addFromHub } from "./checkpoints/add-from-hub.ts";
export { checkpointsFolder } from "./checkpoints/checkpoints-folder.ts";
export type { CheckpointComponent } from "./checkpoints/component.ts";
export { convertedBytes } from "./checkpoints/converted-weights.ts";
export { findComponent, findOptional } from "./checkpoints/find-component.ts";
export { type ListedCheckpoint, listCheckpoints } from "./checkpoints/list-checkpoints.ts";
export type { Manifest, ManifestComponent, ManifestFile } from "./checkpoints/manifest.ts";
export { removeCheckpoint } from "./checkpoints/remove-checkpoint.ts";
export {
  type FileFault,
  type VerifyOptions,
  verifyCheckpoint,
} from "./checkpoints/verify-checkpoint.ts";

export type {
  AblationFile,
  AblationItemQuery,
  AblationItemScores,
  AblationPreferences,
  AblationRequest,
  AblationSummary,
  Ablations,
  AblationTable,
  AblationTrial,
} from "./server/ablations.ts";
export type {
  DatasetFacts,
  DatasetLibrary,
  ListedDataset,
  NamedCount,
  RecordDecision,
  RecordDetails,
  RecordPicture,
  RecordQuery,
  RecordStatus,
  RecordSummary,
  ScoreSpread,
} from "./server/dataset-library.ts";
export { createModelAdditions, type KnownModel } from "./server/model-additions.ts";
export type { ServedModel } from "./server/site-options.ts";
export { type RunningServer, type ServerOptions, startServer } from "./server/start-server.ts";

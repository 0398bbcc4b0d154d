import {
  type ParameterLayout,
  type TrainingState,
  toWeights,
  type WeightMap,
} from "@insightgraph/models";

/** The averaged weights without the training's own questions, beside the autoencoder's: what a checkpoint holds. */
export function exportedWeights(
  layout: ParameterLayout,
  { average }: TrainingState,
  autoencoder: WeightMap,
): WeightMap {
  const learnt = toWeights(layout, average).filter(([path]) => !path.startsWith("train."));
  return new Map([...autoencoder, ...learnt]);
}

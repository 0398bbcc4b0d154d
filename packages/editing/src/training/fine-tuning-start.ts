import {
  initialState,
  type ParameterLayout,
  type TrainingState,
  toSinglePrecision,
  type WeightMap,
} from "@insightgraph/models";

/**
 * A state that begins with a checkpoint's weights; what a checkpoint does not hold, the training's own questions,
 * is drawn anew. Throws: weights.missing, weights.shape.
 */
export function fineTuningStart(
  layout: ParameterLayout,
  weights: WeightMap,
  seed: number,
): TrainingState {
  const state = initialState(layout, seed);
  for (const { path, offset } of layout.parameters) {
    if (path.startsWith("train.")) continue;
    state.parameters.set(toSinglePrecision(weights, path), offset);
  }
  return { ...state, average: state.parameters.slice() };
}

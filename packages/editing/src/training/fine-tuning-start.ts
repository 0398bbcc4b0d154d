import {
  initialState,
  type ParameterLayout,
  type TrainingState,
  toSinglePrecision,
  type WeightMap,
} from "@insightgraph/models";

/** What a checkpoint may lack: the training's own questions, and a decoder that was never trained. */
const isOptional = (path: string): boolean =>
  path.startsWith("train.") || path.startsWith("decoder.");

/**
 * A state that begins with a checkpoint's weights; what it may lack and lacks is drawn anew.
 * Throws: weights.missing, weights.shape.
 */
export function fineTuningStart(
  layout: ParameterLayout,
  weights: WeightMap,
  seed: number,
): TrainingState {
  const state = initialState(layout, seed);
  for (const { path, offset } of layout.parameters) {
    if (isOptional(path) && !weights.has(path)) continue;
    state.parameters.set(toSinglePrecision(weights, path), offset);
  }
  return { ...state, average: state.parameters.slice() };
}

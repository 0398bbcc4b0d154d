export type { ObjectSet } from "./scenes/layout.ts";
export { objectSets } from "./scenes/layout.ts";
export type { PlaceName } from "./scenes/places.ts";
export { placeNames } from "./scenes/places.ts";
export type {
  Box,
  PlacedObject,
  Scene,
  SceneKind,
  SceneOperation,
  SceneSplit,
} from "./scenes/scene.ts";
export { sceneOperations, sceneSize } from "./scenes/scene.ts";
export type { ComposeOptions, SceneComposer } from "./scenes/scene-composer.ts";
export { heldOutCount, heldOutSeeds, openSceneComposer } from "./scenes/scene-composer.ts";
export type { Category, SceneObject } from "./scenes/scene-objects.ts";
export { sceneObjects, trainedObjects } from "./scenes/scene-objects.ts";
export type { Tint } from "./scenes/tint.ts";
export { tints } from "./scenes/tint.ts";
export { sceneVocabulary } from "./scenes/vocabulary.ts";

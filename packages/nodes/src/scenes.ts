export type { PlaceName } from "./data/places.ts";
export { placeNames } from "./data/places.ts";
export type {
  Box,
  PlacedObject,
  Scene,
  SceneKind,
  SceneOperation,
  SceneSplit,
} from "./data/scene.ts";
export { sceneOperations, sceneSize } from "./data/scene.ts";
export type { ComposeOptions, SceneComposer } from "./data/scene-composer.ts";
export { heldOutCount, heldOutSeeds, openSceneComposer } from "./data/scene-composer.ts";
export type { Category, SceneObject } from "./data/scene-objects.ts";
export { sceneObjects, trainedObjects } from "./data/scene-objects.ts";
export type { Tint } from "./data/tint.ts";
export { tints } from "./data/tint.ts";
export { sceneVocabulary } from "./data/vocabulary.ts";

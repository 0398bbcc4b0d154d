export { type ForeignScene, foreignCount, openForeignScenes } from "./foreign/foreign-scenes.ts";

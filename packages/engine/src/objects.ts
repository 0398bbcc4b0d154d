export type { ObjectEntry, ObjectStore } from "./objects/object-store.ts";
export { openObjectStore } from "./objects/open-object-store.ts";

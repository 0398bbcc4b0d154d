export { type BackgroundChange, changeBackground } from "./photographs/change-background.ts";
export { restoreAndFill } from "./photographs/fill-removals.ts";
export { findObjects } from "./photographs/find-objects.ts";
export { growHole } from "./photographs/grow-hole.ts";
export { parseInstruction } from "./photographs/parse-instruction.ts";
export { recolour } from "./photographs/recolour.ts";
export { type Removal, removeObject } from "./photographs/remove-object.ts";
export { segmentEach } from "./photographs/segment-each.ts";
export { segmentObjects } from "./photographs/segment-objects.ts";

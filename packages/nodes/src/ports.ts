export type { Mask, Picture } from "@insightgraph/editing/pictures";
export { boolean } from "./port-types/boolean.ts";
export { image } from "./port-types/image.ts";
export { mask } from "./port-types/mask.ts";
export { number } from "./port-types/number.ts";
export { text } from "./port-types/text.ts";

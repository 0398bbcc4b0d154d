export type { Mask, Picture } from "@insightgraph/editing/pictures";
export { boolean, image, mask, number, text } from "./port-types.ts";

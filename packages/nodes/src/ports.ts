export {
  boolean,
  image,
  type Mask,
  mask,
  number,
  type Picture,
  text,
} from "./port-types.ts";

// `node --import ./scripts/read-typescript.mjs` runs sources as they are, in threads too, where `--import tsx` does not.
import { register } from "tsx/esm/api";

register();

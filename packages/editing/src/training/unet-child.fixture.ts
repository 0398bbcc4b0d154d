import { lineWriter } from "./kill-after.fixture.ts";
import { tinyUnetRecipe, trainTinyUnet } from "./unet-training.fixture.ts";

const [path = "", most] = process.argv.slice(2);
await trainTinyUnet(path, tinyUnetRecipe, lineWriter(most));

import { tinyUnetRecipe, trainTinyUnet } from "./unet-training.fixture.ts";

const [path = ""] = process.argv.slice(2);
await trainTinyUnet(path, tinyUnetRecipe, (line) => process.stdout.write(`${line}\n`));

import { lineWriter } from "./kill-after.fixture.ts";
import { trainTiny } from "./tiny-training.fixture.ts";

const [path = "", most] = process.argv.slice(2);
await trainTiny(path, lineWriter(most));

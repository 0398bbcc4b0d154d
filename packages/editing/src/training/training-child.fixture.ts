import { trainTiny } from "./tiny-training.fixture.ts";

const [path = ""] = process.argv.slice(2);
await trainTiny(path, (line) => process.stdout.write(`${line}\n`));

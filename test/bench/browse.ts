// How long a data set of many records takes to open, to search and to show, and what it holds in memory.
//   npx tsx --conditions=@insightgraph/source test/bench/browse.ts [RECORDS]
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { openDatasetLibrary } from "../../packages/app/src/browse/dataset-library.ts";
import { pairsPicture } from "../../packages/app/src/browse/pairs.fixture.ts";

const count = Number(process.argv[2] ?? 100_000);
const folder = await mkdtemp(path.join(tmpdir(), "insightgraph-bench-"));
const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(0)} MB`;

async function timed<T>(name: string, limit: string, task: () => Promise<T>): Promise<T> {
  const [start, before] = [performance.now(), process.cpuUsage()];
  const result = await task();
  const { user, system } = process.cpuUsage(before);
  const used = ((user + system) / 1000).toFixed(1);
  const took = (performance.now() - start).toFixed(1);
  console.log(`${name}: ${took} ms, ${used} ms of processor (${limit})`);
  return result;
}

try {
  const set = path.join(folder, "set");
  await mkdir(set);
  for (let shade = 0; shade < 8; shade++) {
    await writeFile(path.join(set, `${shade}.png`), await pairsPicture(shade + 1));
  }
  const lines = function* (): Generator<string> {
    for (let at = 0; at < count; at++) {
      const names = { file_name: `${at % 8}.png`, edited_image_file_name: `${(at + 1) % 8}.png` };
      const line = { key: `r${at}`, ...names, instruction: `remove cup ${at}`, score: at % 997 };
      yield `${JSON.stringify(line)}\n`;
    }
  };
  await writeFile(path.join(set, "metadata.jsonl"), lines());
  const before = process.memoryUsage().rss;
  const reach = { read: [folder], write: [folder], except: [] };
  const library = openDatasetLibrary({ folder, reach, indexes: path.join(folder, "indexes") });
  let most = 0;
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss - before);
  }, 100);
  await timed(`opening ${count} records`, "no limit", async () => {
    while (!(await library.facts("set")).isIndexed) await setTimeout(1000);
  });
  console.log(`memory: ${megabytes(most)} more at most (limit: 250 MB)`);
  const page = { offset: 0, limit: 60 };
  const list = (query: object, at = page) => library.records("set", query, at);
  await timed("first page", "limit: 100 ms", () => list({}));
  await timed("a page in the middle", "limit: 100 ms", () =>
    list({}, { offset: count / 2, limit: 60 }),
  );
  await timed("search of words", "limit: 100 ms", () => list({ text: "cup 77" }));
  await timed("sort by a score", "limit: 300 ms", () => list({ sort: "score", score: "score" }));
  await timed("the same sort again", "limit: 100 ms", () =>
    list({ sort: "score", score: "score" }, { offset: count / 2, limit: 60 }),
  );
  await timed("sort by key, descending", "limit: 300 ms", () =>
    list({ sort: "key", descending: true }),
  );
  await timed("a range of scores", "limit: 300 ms", () =>
    list({ score: "score", min: 10, max: 20 }),
  );
  await timed("facts", "limit: 300 ms", () => library.facts("set"));
  await timed("a decision", "limit: 50 ms", () => library.decide("set", ["r1"], "rejected"));
  await timed("16 thumbnails of 8 records far apart", "limit: 1000 ms", async () => {
    const wanted = [0, 1, 2, 3, 4, 5, 6, 7].map((at) => `r${Math.floor((at * count) / 8)}`);
    const fields = ["source_image", "edited_image"];
    await Promise.all(
      wanted.flatMap((key) =>
        fields.map((field) => library.picture("set", { key, field, side: 320 })),
      ),
    );
  });
  clearInterval(watch);
  console.log(`memory: ${megabytes(most)} more at most, with all of these`);
  await library.close();
} finally {
  await rm(folder, { recursive: true });
}

import { createDiskStore } from "./disk-store.ts";
import { contractCodecs, resultOf } from "./store-results.fixture.ts";

/** One of several processes at one folder: sets, gets, and tells everything that is not right. */
const [, , folder = "", seed = "0"] = process.argv;
const store = createDiskStore({
  folder,
  codecs: contractCodecs,
  maxBytes: 20_000,
  report: (fault) => console.log(fault.message),
});
let state = Number(seed);
for (let turn = 0; turn < 200; turn++) {
  state = (state * 48_271) % 2_147_483_647;
  const key = `k${state % 12}`;
  const size = 1000 + (state % 12) * 100;
  const found = await store.get(key);
  if (found === undefined) await store.set(key, resultOf(size, key));
  else if (JSON.stringify(found) !== JSON.stringify(resultOf(size, key))) {
    console.log(`${key} holds something else`);
  }
  if (turn % 50 === 0) await store.touch(key);
}
console.log("done");

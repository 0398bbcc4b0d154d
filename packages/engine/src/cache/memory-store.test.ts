import { createMemoryStore } from "./memory-store.ts";
import { describeStore } from "./store.contract.ts";

describeStore("memory store", async (limits) => createMemoryStore(limits));

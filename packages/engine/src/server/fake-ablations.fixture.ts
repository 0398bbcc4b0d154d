import { EngineError } from "../errors.ts";
import type { AblationSummary, Ablations } from "./ablations.ts";

const scored = { mean: 0.5, low: 0.25, high: 0.75 };

/** Ablations that end as soon as they begin; the one called `known` is there from the start. */
export function createFakeAblations(): Ablations {
  const kept = new Map<string, AblationSummary>();
  const add = (name: string): AblationSummary => {
    const ablation: AblationSummary = {
      ...{ id: name, name, state: "done", source: "held-out", count: 1, variants: ["a", "b"] },
      ...{ total: 2, done: 1, failed: 1, createdMs: 1 },
    };
    kept.set(name, ablation);
    return ablation;
  };
  const get = (id: string): AblationSummary => {
    const found = kept.get(id);
    if (found !== undefined) return found;
    throw new EngineError("ablation.unknown", "no such ablation", { hint: "List them." });
  };
  add("known");
  return {
    list: async () => [...kept.values()],
    start: async ({ name }) => add(name),
    async table(id) {
      const difference = { ...scored, test: "mcnemar", pValue: 0.5, correctedPValue: null };
      const cell = { metric: "m", ...scored, count: 1, holes: 0 };
      const cells = [
        { ...cell, variant: "a" },
        { ...cell, variant: "b", difference: { ...difference, pairs: 1, dropped: 0 } },
      ];
      return { ablation: get(id), metrics: ["m"], cells };
    },
    async items(id, { variant }) {
      get(id);
      return [
        { key: "1", variants: [{ variant, score: null, failure: "it broke", pictures: {} }] },
      ];
    },
    async file(id) {
      get(id);
      return { mime: "text/markdown", bytes: Buffer.from("| a |") };
    },
    async picture(id, path) {
      get(id);
      return path === "a.png" ? Buffer.from("picture") : undefined;
    },
    pin: async (id) => void get(id),
    cancel: async (id) => void get(id),
    async remove(id) {
      get(id);
      kept.delete(id);
    },
    async trials(id) {
      get(id);
      return [{ id: "t", left: "a.png", right: "b.png", context: { source: "s.png" } }];
    },
    vote: async (id) => void get(id),
    async preferences(id) {
      get(id);
      const agreement = { judges: ["a", "b"], count: 0, share: null, kappa: null };
      return { votes: 1, scores: [{ name: "a", votes: 1, ...scored }], agreements: [agreement] };
    },
  };
}

import { appendFile, readFile } from "node:fs/promises";
import path from "node:path";
import {
  agreementOf,
  bradleyTerry,
  type ItemVote,
  judgePairs,
  latestVotes,
  parseVotes,
  preferenceBootstrap,
  sharedCases,
} from "@insightgraph/editing/metrics";
import { EngineError } from "@insightgraph/engine/errors";
import type { AblationPreferences, AblationTrial } from "@insightgraph/engine/server";
import { uniformFrom } from "@insightgraph/models";
import type { ScoredItems } from "../ablation-report.ts";
import { orNull, toEstimate } from "./to-wire.ts";

const fileName = "votes.jsonl";
/** Trials that a page gets at once. */
const batch = 10;

/** The votes of an ablation; none where nobody has voted. */
async function readVotes(folder: string): Promise<readonly ItemVote[]> {
  const file = path.join(folder, fileName);
  const text = await readFile(file, "utf8").catch(() => "");
  return latestVotes(parseVotes(text, file));
}

interface Pair {
  readonly item: string;
  readonly left: string;
  readonly right: string;
}

const idOf = ({ item, left, right }: Pair): string => JSON.stringify([item, left, right]);

/** Every pair of variants with pictures, in an order and on sides that are the same for everyone. */
function drawPairs({ variants, items }: ScoredItems, picture: string) {
  const uniform = uniformFrom(1);
  return items
    .flatMap(({ key, outcomes }) => {
      const shown = variants.flatMap((variant, at) => {
        const file = outcomes[at]?.result?.pictures[picture];
        return file === undefined
          ? []
          : [{ variant, file, pictures: outcomes[at]?.result?.pictures }];
      });
      return shown.flatMap((one, at) =>
        shown.slice(at + 1).map((other) => {
          const [left, right] = uniform() < 0.5 ? [one, other] : [other, one];
          return { item: key, left, right, place: uniform() };
        }),
      );
    })
    .sort((a, b) => a.place - b.place);
}

/** The next pairs on which a judge has not voted. */
export async function nextTrials(
  scored: ScoredItems,
  folder: string,
  judge: string,
  picture: string,
): Promise<readonly AblationTrial[]> {
  const judged = new Set(
    (await readVotes(folder)).filter((vote) => vote.judge === judge).map(idOf),
  );
  const trials: AblationTrial[] = [];
  for (const { item, left, right } of drawPairs(scored, picture)) {
    const id = idOf({ item, left: left.variant, right: right.variant });
    if (judged.has(id)) continue;
    const { [picture]: _, ...context } = left.pictures ?? {};
    trials.push({ id, left: left.file, right: right.file, context });
    if (trials.length === batch) break;
  }
  return trials;
}

/** The pair that an id names. Throws: `ablation.unknown`. */
function pairOf({ variants, items }: ScoredItems, trial: string): Pair {
  let named: unknown;
  try {
    named = JSON.parse(trial);
  } catch {
    named = undefined;
  }
  const [item, left, right] = Array.isArray(named) ? named : [];
  const isKnown = items.some(({ key }) => key === item) && left !== right;
  if (isKnown && variants.includes(left) && variants.includes(right)) return { item, left, right };
  throw new EngineError("ablation.unknown", "the ablation has no such pair of pictures", {
    hint: "Vote on a pair that it listed.",
  });
}

/** Keeps a vote on a pair of the ablation. Throws: `ablation.unknown`. */
export async function keepVote(
  scored: ScoredItems,
  folder: string,
  { trial, ...vote }: Pick<ItemVote, "judge" | "choice"> & { readonly trial: string },
): Promise<void> {
  const line = JSON.stringify({ ...pairOf(scored, trial), ...vote });
  await appendFile(path.join(folder, fileName), `${line}\n`);
}

/** What a metric says of the cases that people voted on: whether more or less is better, its name tells by an arrow. */
function metricVotes(
  { variants, items }: ScoredItems,
  metric: string,
  votes: readonly ItemVote[],
): readonly ItemVote[] {
  const sign = metric.includes("↓") ? -1 : 1;
  const rows = new Map(items.map((row) => [row.key, row]));
  return votes.flatMap(({ item, left, right }) => {
    const [a = Number.NaN, b = Number.NaN] = [left, right].map(
      (name) => rows.get(item)?.outcomes[variants.indexOf(name)]?.result?.scores[metric],
    );
    if (Number.isNaN(a) || Number.isNaN(b)) return [];
    const lead = sign * (a - b);
    const choice = lead === 0 ? "tie" : lead > 0 ? "left" : "right";
    return [{ item, left, right, choice, judge: metric }];
  });
}

/** Scores of the votes so far, and how far judges agree: people with each other, and each metric with them. */
export async function preferencesOf(
  scored: ScoredItems,
  folder: string,
): Promise<AblationPreferences> {
  const votes = await readVotes(folder);
  if (votes.length === 0) return { votes: 0, scores: [], agreements: [] };
  const scores = bradleyTerry(votes, preferenceBootstrap).map(({ name, votes: own, ...score }) => {
    return { name, votes: own, ...toEstimate(score) };
  });
  const people = [...new Set(votes.map(({ judge }) => judge))].sort();
  const judged = [...votes, ...scored.metrics.flatMap((name) => metricVotes(scored, name, votes))];
  const pairs = [
    ...judgePairs(votes),
    ...people.flatMap((person) => scored.metrics.map((metric) => [person, metric] as const)),
  ];
  const agreements = pairs.map((judges) => {
    const { count, share, kappa } = agreementOf(sharedCases(judged, judges));
    return { judges, count, share: orNull(share), kappa: orNull(kappa) };
  });
  return { votes: votes.length, scores, agreements };
}

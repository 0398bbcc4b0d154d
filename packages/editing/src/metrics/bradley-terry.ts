import { uniformFrom } from "@insightgraph/models";
import { type BootstrapOptions, type MeanEstimate, quantile } from "./bootstrap-mean.ts";

/** What somebody who saw two results side by side said of them. */
export interface Vote {
  readonly left: string;
  readonly right: string;
  readonly choice: "left" | "right" | "tie";
}

/** How much one contestant is preferred. */
export interface PreferenceScore extends MeanEstimate {
  readonly name: string;
  /** Votes in which it stood. */
  readonly votes: number;
}

/** By pair of contestants: how often the first was preferred, a tie counting half. */
interface Meetings {
  readonly names: readonly string[];
  readonly wins: readonly Float64Array[];
}

const rounds = 200;

/**
 * Wins of each contestant over each other. A tie is added for each pair that met, so that a contestant that always won
 * has a finite score.
 */
function meetingsOf(votes: readonly Vote[], names: readonly string[]): Meetings {
  const wins = names.map(() => new Float64Array(names.length));
  const add = (winner: number, loser: number, share: number): void => {
    const row = wins[winner];
    if (row !== undefined) row[loser] = (row[loser] ?? 0) + share;
  };
  const met = new Set<string>();
  for (const { left, right, choice } of votes) {
    const [a, b] = [names.indexOf(left), names.indexOf(right)];
    const share = choice === "tie" ? 0.5 : choice === "left" ? 1 : 0;
    add(a, b, share);
    add(b, a, 1 - share);
    const pair = `${Math.min(a, b)} ${Math.max(a, b)}`;
    if (met.has(pair)) continue;
    met.add(pair);
    add(a, b, 0.5);
    add(b, a, 0.5);
  }
  return { names, wins };
}

/** Logarithms of the strengths, their mean 0. Source: Hunter 2004, the MM algorithm. */
function strengths({ names, wins }: Meetings): Float64Array {
  let strength = new Float64Array(names.length).fill(1);
  for (let round = 0; round < rounds; round++) {
    const next = strength.map((own, a) => {
      let [won, expected] = [0, 0];
      for (let b = 0; b < names.length; b++) {
        const meetings = (wins[a]?.[b] ?? 0) + (wins[b]?.[a] ?? 0);
        won += wins[a]?.[b] ?? 0;
        expected += meetings / (own + (strength[b] ?? 1));
      }
      return expected === 0 ? own : won / expected;
    });
    const scale = Math.exp(next.reduce((sum, own) => sum + Math.log(own), 0) / names.length);
    strength = next.map((own) => own / scale);
  }
  return strength.map(Math.log);
}

/**
 * Bradley-Terry scores of contestants from votes on pairs: the difference of two scores is the log odds that the first is
 * preferred to the second. Their mean is 0; the intervals are percentile bootstraps over votes.
 * Source: Bradley and Terry 1952; Hunter 2004 (doi:10.1214/aos/1079120141).
 */
export function bradleyTerry(
  votes: readonly Vote[],
  { samples, seed }: BootstrapOptions,
): readonly PreferenceScore[] {
  const names = [...new Set(votes.flatMap(({ left, right }) => [left, right]))].sort();
  const scores = strengths(meetingsOf(votes, names));
  const uniform = uniformFrom(seed);
  const drawn = names.map(() => new Float64Array(samples));
  for (let sample = 0; sample < samples; sample++) {
    const some = votes.flatMap(() => votes[Math.floor(uniform() * votes.length)] ?? []);
    strengths(meetingsOf(some, names)).forEach((score, at) => {
      const row = drawn[at];
      if (row !== undefined) row[sample] = score;
    });
  }
  return names
    .map((name, at) => {
      const sorted = (drawn[at] ?? new Float64Array()).sort();
      const [low, high] = [quantile(sorted, 0.025), quantile(sorted, 0.975)];
      const own = votes.filter(({ left, right }) => left === name || right === name);
      return { name, mean: scores[at] ?? Number.NaN, low, high, votes: own.length };
    })
    .sort((a, b) => b.mean - a.mean);
}

import { type Agreement, agreementOf } from "./agreement.ts";
import { bradleyTerry, type PreferenceScore } from "./bradley-terry.ts";
import { type ItemVote, judgePairs, latestVotes, sharedCases } from "./votes.ts";

/** How far two judges agree on the cases that both judged. */
export interface JudgeAgreement extends Agreement {
  readonly judges: readonly [string, string];
}

/** What votes say of contestants, and of who voted. */
export interface Preferences {
  /** Votes that count: of one judge on one case, the last. */
  readonly votes: number;
  readonly scores: readonly PreferenceScore[];
  readonly agreements: readonly JudgeAgreement[];
}

/** Draws for the intervals of scores, and their seed. */
export const preferenceBootstrap = { samples: 1000, seed: 1 } as const;

/** Bradley-Terry scores of the latest votes, and the agreement of every two judges. */
export function preferencesIn(given: readonly ItemVote[]): Preferences {
  const votes = latestVotes(given);
  const agreements = judgePairs(votes).map((judges) => {
    return { judges, ...agreementOf(sharedCases(votes, judges)) };
  });
  return { votes: votes.length, scores: bradleyTerry(votes, preferenceBootstrap), agreements };
}

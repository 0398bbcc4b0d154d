import type { ReactNode } from "react";
import type { AblationPreferences } from "../../connection/ablations-client.ts";
import { words } from "../../messages/messages.ts";
import { showScore } from "./score-table.tsx";

interface PreferenceTableProps {
  readonly preferences: AblationPreferences;
}

/** Bradley-Terry scores with their intervals, and how far judges agree. */
export function PreferenceTable({ preferences }: PreferenceTableProps): ReactNode {
  const { votes, scores, agreements } = preferences;
  if (votes === 0) return <p className="quiet">{words.noVotes}</p>;
  const sorted = scores.toSorted((a, b) => (b.mean ?? 0) - (a.mean ?? 0));
  return (
    <>
      <p className="quiet">{`${words.votesSoFar(votes)}. ${words.preferenceNote}`}</p>
      <table className="score-table">
        <thead>
          <tr>
            <th scope="col">{words.variantColumn}</th>
            <th scope="col">{words.preferenceScore}</th>
            <th scope="col">{words.votes}</th>
          </tr>
        </thead>
        <tbody>
          {sorted.map(({ name, mean, low, high, votes: own }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{`${showScore(mean)} [${showScore(low)}, ${showScore(high)}]`}</td>
              <td>{own}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <ul className="agreements">
        {agreements
          .filter(({ count }) => count > 0)
          .map(({ judges: [one = "", other = ""], count, share, kappa }) => (
            <li key={`${one} ${other}`}>
              {`${words.agreement(one, other)} ${words.agreementShare(`${Math.round(100 * (share ?? 0))} %`, count, showScore(kappa))}`}
            </li>
          ))}
      </ul>
    </>
  );
}

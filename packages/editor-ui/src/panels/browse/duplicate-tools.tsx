import { type ReactNode, useState } from "react";
import { findDuplicates, keepOne } from "../../connection/datasets-client.ts";
import { words } from "../../messages/messages.ts";
import type { FollowedDataset } from "./use-dataset.ts";

interface DuplicateToolsProps {
  readonly path: string;
  readonly followed: FollowedDataset;
  /** The record that is chosen, if it has near-duplicates. */
  readonly chosen: string | undefined;
}

const distances = [0, 2, 4, 6, 8];
const usualDistance = 6;

/** Starts the search for near-duplicates, shows how far it is, and keeps one of each group. */
export function DuplicateTools({ path, followed, chosen }: DuplicateToolsProps): ReactNode {
  const [distance, setDistance] = useState(usualDistance);
  const { dataset, act } = followed;
  const search = dataset?.duplicates;
  const isSearching = search !== undefined && !search.isDone;
  return (
    <div className="duplicate-tools">
      <label>
        {words.duplicateDistance}{" "}
        <select
          className="field field-choice"
          value={distance}
          onChange={(event) => setDistance(Number(event.target.value))}
        >
          {distances.map((bits) => (
            <option key={bits} value={bits}>
              {words.bits(bits)}
            </option>
          ))}
        </select>
      </label>
      <button
        type="button"
        className="button"
        disabled={isSearching || dataset?.isIndexed !== true}
        onClick={() => void act(() => findDuplicates(path, distance))}
      >
        {words.findDuplicates}
      </button>
      {search !== undefined && (
        <p role="status">
          {search.isDone
            ? words.duplicatesFound(search.groups, search.records)
            : words.duplicatesHashed(search.hashed, search.total)}
        </p>
      )}
      {search?.isDone === true && search.groups > 0 && (
        <>
          <button
            type="button"
            className="button"
            disabled={chosen === undefined}
            onClick={() => void act(() => keepOne(path, chosen))}
          >
            {words.keepThis}
          </button>
          <button type="button" className="button" onClick={() => void act(() => keepOne(path))}>
            {words.keepFirst}
          </button>
        </>
      )}
    </div>
  );
}

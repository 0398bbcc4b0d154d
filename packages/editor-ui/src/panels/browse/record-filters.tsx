import type { ReactNode } from "react";
import type { Dataset, RecordQuery } from "../../connection/datasets-client.ts";
import { words } from "../../messages/messages.ts";

interface RecordFiltersProps {
  readonly dataset: Dataset;
  readonly query: RecordQuery;
  change(query: RecordQuery): void;
}

/** What of the data set is listed, and in which order. */
export function RecordFilters({ dataset, query, change }: RecordFiltersProps): ReactNode {
  const set = (name: keyof RecordQuery, value: string | number | boolean | undefined) => {
    const { [name]: _, ...others } = query;
    change(value === undefined || value === "" ? others : { ...others, [name]: value });
  };
  const facet = (
    name: "status" | "decision" | "stage" | "operation" | "reason",
    counts: readonly { readonly name: string; readonly count: number }[],
    label: (value: string) => string = (value) => value,
  ) =>
    counts.length === 0 && query[name] === undefined ? null : (
      <Choice
        key={name}
        label={words.recordFacets[name]}
        value={query[name] ?? ""}
        options={[
          ["", words.allOf(words.recordFacets[name])],
          ...counts.map(({ name: value, count }) => [value, `${label(value)} (${count})`] as const),
        ]}
        choose={(value) => set(name, value)}
      />
    );
  return (
    <div className="record-filters">
      <input
        className="field"
        type="search"
        aria-label={words.findRecords}
        placeholder={words.findRecords}
        value={query.text ?? ""}
        onChange={(event) => set("text", event.target.value)}
      />
      {facet("status", dataset.statuses, (value) => words.recordStatus[value as "kept"])}
      {facet("decision", dataset.decisions, (value) => words.recordDecision[value as "accepted"])}
      {facet("operation", dataset.operations)}
      {facet("stage", dataset.stages)}
      {facet("reason", dataset.reasons)}
      <ScoreRange dataset={dataset} query={query} change={change} />
      <Choice
        label={words.sortRecords}
        value={`${query.sort ?? "place"}${query.descending === true ? "-" : ""}`}
        options={[
          ["place", words.sortByPlace],
          ["key", words.sortByKey],
          ...(query.score === undefined
            ? []
            : ([
                ["score", words.sortByScore(query.score)],
                ["score-", words.sortByScoreDown(query.score)],
              ] as const)),
        ]}
        choose={(value) => {
          const { sort: _sort, descending: _descending, ...others } = query;
          const sort = value.replace("-", "") as "place" | "key" | "score";
          change({ ...others, sort, descending: value.endsWith("-") });
        }}
      />
    </div>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly (readonly [value: string, label: string])[];
  choose(value: string): void;
}

function Choice({ label, value, options, choose }: ChoiceProps): ReactNode {
  return (
    <select
      className="field field-choice"
      aria-label={label}
      value={value}
      onChange={(event) => choose(event.target.value)}
    >
      {options.map(([option, text]) => (
        <option key={option} value={option}>
          {text}
        </option>
      ))}
    </select>
  );
}

/** A number of the records, and between which values it must lie. */
function ScoreRange({ dataset, query, change }: RecordFiltersProps): ReactNode {
  const { score, min, max, sort, descending, ...others } = query;
  const spread = dataset.scores.find(({ name }) => name === score);
  const limit = (name: "min" | "max", text: string) => {
    const { [name]: _, ...rest } = query;
    const value = Number(text);
    change(text === "" || !Number.isFinite(value) ? rest : { ...rest, [name]: value });
  };
  if (dataset.scores.length === 0) return null;
  return (
    <span className="record-range">
      <Choice
        label={words.recordFacets.score}
        value={score ?? ""}
        options={[["", words.anyScore], ...dataset.scores.map(({ name }) => [name, name] as const)]}
        choose={(name) => {
          const isByScore = sort === undefined || sort === "score";
          const order = isByScore ? {} : { sort, descending: descending === true };
          change({ ...others, ...order, ...(name === "" ? {} : { score: name }) });
        }}
      />
      {score !== undefined &&
        (["min", "max"] as const).map((name) => (
          <input
            key={name}
            className="field"
            type="number"
            step="any"
            aria-label={words.scoreLimits[name](score)}
            placeholder={String(spread?.[name] ?? "")}
            value={(name === "min" ? min : max) ?? ""}
            onChange={(event) => limit(name, event.target.value)}
          />
        ))}
    </span>
  );
}

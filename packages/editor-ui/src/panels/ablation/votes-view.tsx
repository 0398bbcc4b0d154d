import {
  type KeyboardEvent,
  type ReactNode,
  useCallback,
  useEffect,
  useRef,
  useState,
} from "react";
import {
  type AblationPreferences,
  type AblationTrial,
  pictureUrl,
  readItems,
  readPreferences,
  readTrials,
  sendVote,
} from "../../connection/ablations-client.ts";
import { describeThrown } from "../../connection/issue-words.ts";
import { words } from "../../messages/messages.ts";
import { AblationHead } from "./ablation-head.tsx";
import { PreferenceTable } from "./preference-table.tsx";
import type { AblationViewProps } from "./results-view.tsx";
import { useAblations } from "./use-ablations.ts";

const judgeKey = "insightgraph.judge";

/** Two results side by side, blind: people say which is better, and see what all said so far. */
export function VotesView({ chosen, choose }: AblationViewProps): ReactNode {
  const { list, table, fault } = useAblations(chosen);
  const [judge, setJudge] = useState(() => localStorage.getItem(judgeKey) ?? "");
  const [isVoting, setVoting] = useState(false);
  const head = <AblationHead list={list} table={table} fault={fault} choose={choose} />;
  if (table === undefined) return head;
  const { id } = table.ablation;
  const [variant = ""] = table.ablation.variants;
  const [metric = ""] = table.metrics;
  if (isVoting) return <Booth key={id} id={id} judge={judge} query={{ variant, metric }} />;
  return (
    <>
      {head}
      <form
        className="ablation-tools"
        onSubmit={(event) => {
          event.preventDefault();
          localStorage.setItem(judgeKey, judge);
          setVoting(true);
        }}
      >
        <label className="ablation-field">
          {words.voter}
          <input
            className="field"
            required
            maxLength={100}
            value={judge}
            onChange={({ target }) => setJudge(target.value)}
          />
        </label>
        <button type="submit" className="button button-primary" disabled={judge.trim() === ""}>
          {words.startVoting}
        </button>
      </form>
      <Preferences id={id} />
    </>
  );
}

function Preferences({ id }: { readonly id: string }): ReactNode {
  const [preferences, setPreferences] = useState<AblationPreferences>();
  useEffect(() => {
    readPreferences(id).then(setPreferences, () => setPreferences(undefined));
  }, [id]);
  return preferences === undefined ? null : <PreferenceTable preferences={preferences} />;
}

interface BoothProps {
  readonly id: string;
  readonly judge: string;
  /** Any number of the table: its items tell which pictures there are. */
  readonly query: { readonly variant: string; readonly metric: string };
}

const choices = { "1": "left", "2": "right", "0": "tie" } as const;

/** The picture to vote on is the first that is not given to every variant alike. */
async function votedPicture(id: string, query: BoothProps["query"]): Promise<string> {
  const [item] = await readItems(id, query);
  const names = Object.keys(item?.variants[0]?.pictures ?? {});
  return names.find((name) => !["source", "target", "mask"].includes(name)) ?? "edit";
}

function Booth({ id, judge, query }: BoothProps): ReactNode {
  const [trials, setTrials] = useState<readonly AblationTrial[]>();
  const [fault, setFault] = useState<string>();
  const booth = useRef<HTMLElement>(null);
  const { variant, metric } = query;
  const load = useCallback(async () => {
    try {
      const picture = await votedPicture(id, { variant, metric });
      setTrials(await readTrials(id, judge, picture));
      booth.current?.focus();
    } catch (thrown) {
      setFault(describeThrown(thrown));
    }
  }, [id, judge, variant, metric]);
  useEffect(() => void load(), [load]);
  const [trial, ...others] = trials ?? [];
  const vote = async (choice: "left" | "right" | "tie") => {
    if (trial === undefined) return;
    try {
      await sendVote(id, { judge, trial: trial.id, choice });
      if (others.length > 0) setTrials(others);
      else await load();
    } catch (thrown) {
      setFault(describeThrown(thrown));
    }
  };
  const press = ({ key }: KeyboardEvent) => {
    if (Object.hasOwn(choices, key)) void vote(choices[key as keyof typeof choices]);
  };
  return (
    <section
      ref={booth}
      className="booth"
      aria-label={words.voteQuestion}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it takes the keys 1, 2 and 0
      tabIndex={0}
      onKeyDown={press}
    >
      <h3 className="ablation-heading">{words.voteQuestion}</h3>
      <p className="quiet">{words.voteHint}</p>
      {fault !== undefined && (
        <p className="param-fault" role="alert">
          {fault}
        </p>
      )}
      {trial !== undefined && <Pair id={id} trial={trial} vote={(choice) => void vote(choice)} />}
      {trials?.length === 0 && <p>{words.allVoted}</p>}
      {trials?.length === 0 && <Preferences id={id} />}
    </section>
  );
}

interface PairProps {
  readonly id: string;
  readonly trial: AblationTrial;
  vote(choice: "left" | "right" | "tie"): void;
}

function Pair({ id, trial, vote }: PairProps): ReactNode {
  const picture = (file: string, label: string) => (
    <figure key={label} className="item-picture">
      <img src={pictureUrl(id, file)} alt={label} />
      <figcaption>{label}</figcaption>
    </figure>
  );
  const button = (label: string, choice: "left" | "right" | "tie") => (
    <button type="button" className="button" onClick={() => vote(choice)}>
      {label}
    </button>
  );
  return (
    <>
      <div className="item-pictures">
        {Object.entries(trial.context).map(([name, file]) => picture(file, name))}
      </div>
      <div className="item-pictures voted-pair">
        {picture(trial.left, "1")}
        {picture(trial.right, "2")}
      </div>
      <div className="ablation-tools">
        {button(words.voteLeft, "left")}
        {button(words.voteTie, "tie")}
        {button(words.voteRight, "right")}
      </div>
    </>
  );
}

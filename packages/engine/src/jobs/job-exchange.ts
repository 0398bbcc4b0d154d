import type { SequencedEvent } from "../protocol/run-event.ts";

/** What a server hears of the others: a job changed, the list or a pause did, or some of that was missed. */
export type JobChange =
  | { readonly type: "job"; readonly id: string }
  | { readonly type: "list" }
  | { readonly type: "gap" };

/** How servers that share a store let each other follow their jobs. */
export interface JobExchange {
  /** The name of this machine among them. */
  readonly machine: string;
  /** Keeps the latest events of a job that runs here where the others read them; they hear of it. */
  publish(id: string, events: readonly SequencedEvent[]): Promise<void>;
  /** The events so far of a job that runs on another server. */
  published(id: string): Promise<readonly SequencedEvent[]>;
  /** Hears every change of a job's state and events, those of this server included. @returns ends that */
  onChange(listener: (change: JobChange) => void): () => void;
}

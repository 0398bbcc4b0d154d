import type { SequencedEvent } from "../../protocol/run-event.ts";
import type { JobExchange } from "../job-exchange.ts";
import { historyKey } from "../run-history.ts";
import { jobsChannel } from "./listen.ts";
import type { Postgres } from "./open-postgres.ts";

const publish = `INSERT INTO live_events (place, key, seq, event)
  SELECT jobs.place, given.key, given.seq, given.event
  FROM jobs, json_to_recordset(CAST(:events AS json)) AS given (key text, seq bigint, event text)
  WHERE jobs.id = :id AND jobs.state = 'running'
  ON CONFLICT (place, key) DO UPDATE SET seq = excluded.seq, event = excluded.event`;
const tell = `SELECT pg_notify('${jobsChannel}', :id)`;
const published = `SELECT event FROM live_events JOIN jobs USING (place) WHERE id = :id ORDER BY seq`;

/** What servers tell each other through a database: events as rows, that there are some as a notification. */
export function createJobExchange(
  { query, changeAll, onChange }: Pick<Postgres, "query" | "changeAll" | "onChange">,
  machine: string,
): JobExchange {
  return {
    machine,
    async publish(id, events) {
      const rows = events.map((event) => {
        return { key: historyKey(event), seq: event.seq, event: JSON.stringify(event) };
      });
      await changeAll([
        { sql: publish, args: { id, events: JSON.stringify(rows) } },
        { sql: tell, args: { id } },
      ]);
    },
    async published(id) {
      const rows = await query(published, { id });
      return rows.map(({ event }) => JSON.parse(String(event)) as SequencedEvent);
    },
    onChange,
  };
}

import { randomUUID } from "node:crypto";
import pg from "pg";
import { unavailable } from "../postgres/unavailable.ts";

/** How many requests an address takes. */
export interface RequestLimits {
  /** Most that are open at a time. */
  readonly concurrency: number;
  /** Most a minute, evenly spread; 0: any number. */
  readonly perMinute: number;
}

/** A place at an address. */
export interface RequestTurn {
  /** Milliseconds until the request may be sent. */
  readonly waitMs: number;
  /** Gives the place back. */
  leave(): void;
}

/** Requests to addresses by all processes that share a database. Throws: `jobs.unavailable`, as do all methods. */
export interface RequestBudget {
  /** Takes a place and the next turn of an address; undefined where all places are taken. */
  takeTurn(address: string, limits: RequestLimits): Promise<RequestTurn | undefined>;
  /** Asks everybody to wait before the next request. */
  pause(address: string, ms: number): Promise<void>;
  /** Milliseconds for which everybody is still asked to wait. */
  pausedMs(address: string): Promise<number>;
  close(): Promise<void>;
}

/** A process that has not said for so long that it is there has lost its places. */
const silentMs = 15_000;
const beatMs = 5000;

// The database's clock alone counts: those of machines may be apart.
const statements = {
  takeTurn: `WITH free AS (
      SELECT slot FROM generate_series(1, $2) AS slot WHERE NOT EXISTS (
        SELECT 1 FROM places WHERE address = $1 AND places.slot = slot.slot AND until > clock_timestamp())
      ORDER BY random() LIMIT 1
    ), taken AS (
      INSERT INTO places AS kept (address, slot, holder, until)
      SELECT $1, slot, $3, clock_timestamp() + $5 * interval '1 ms' FROM free
      ON CONFLICT (address, slot) DO UPDATE SET holder = excluded.holder, until = excluded.until
        WHERE kept.until <= clock_timestamp()
      RETURNING slot
    ), turn AS (
      INSERT INTO budgets AS kept (address, next_at)
      SELECT $1, clock_timestamp() + $4 * interval '1 ms' FROM taken
      ON CONFLICT (address) DO UPDATE SET next_at = CASE WHEN $4 = 0 THEN kept.next_at ELSE
        greatest(kept.next_at, kept.paused_until, clock_timestamp()) + $4 * interval '1 ms' END
      RETURNING CASE WHEN $4 = 0 THEN paused_until ELSE next_at - $4 * interval '1 ms' END AS begins
    )
    SELECT slot, extract(epoch FROM begins - clock_timestamp()) * 1000 AS wait FROM taken, turn`,
  beat: `UPDATE places SET until = clock_timestamp() + $2 * interval '1 ms'
    WHERE holder = $1 AND (address, slot) IN (SELECT * FROM unnest($3::text[], $4::integer[]))`,
  leave: "DELETE FROM places WHERE address = $1 AND slot = $2 AND holder = $3",
  pause: `INSERT INTO budgets AS kept (address, next_at, paused_until)
    VALUES ($1, clock_timestamp(), clock_timestamp() + $2 * interval '1 ms')
    ON CONFLICT (address) DO UPDATE SET paused_until = greatest(kept.paused_until, excluded.paused_until)`,
  pausedMs: `SELECT extract(epoch FROM paused_until - clock_timestamp()) * 1000 AS wait
    FROM budgets WHERE address = $1`,
} as const;

/** Opens the budget of a database whose tables are up to date; it connects when a turn is taken. */
export function openRequestBudget(connectionString: string): RequestBudget {
  const limits = { max: 1, connectionTimeoutMillis: 10_000, query_timeout: 30_000 };
  // A process that takes no more turns may end.
  const pool = new pg.Pool({ connectionString, ...limits, allowExitOnIdle: true });
  pool.on("error", () => {});
  const holder = randomUUID();
  const held = new Set<{ readonly address: string; readonly slot: unknown }>();
  const ask = async (sql: string, ...values: readonly unknown[]) => {
    try {
      return (await pool.query(sql, [...values])).rows;
    } catch (cause) {
      throw unavailable(cause);
    }
  };
  const waitOf = (rows: readonly { readonly wait?: unknown }[]): number =>
    Math.max(0, Number(rows[0]?.wait ?? 0));
  // What does not arrive is made up for by time: a place is free again when nobody has spoken for its holder.
  const tell = (sql: string, ...values: readonly unknown[]): void =>
    void ask(sql, ...values).catch(() => {});
  const beat = (): void => {
    if (held.size === 0) return;
    const [addresses, slots] = [
      [...held].map(({ address }) => address),
      [...held].map(({ slot }) => slot),
    ];
    tell(statements.beat, holder, silentMs, addresses, slots);
  };
  const timer = setInterval(beat, beatMs).unref();
  return {
    async takeTurn(address, { concurrency, perMinute }) {
      const gapMs = perMinute > 0 ? 60_000 / perMinute : 0;
      const rows = await ask(statements.takeTurn, address, concurrency, holder, gapMs, silentMs);
      const [row] = rows;
      if (row === undefined) return undefined;
      const place = { address, slot: row.slot };
      held.add(place);
      const leave = (): void => {
        held.delete(place);
        tell(statements.leave, address, place.slot, holder);
      };
      return { waitMs: waitOf(rows), leave };
    },
    async pause(address, ms) {
      await ask(statements.pause, address, ms);
    },
    pausedMs: async (address) => waitOf(await ask(statements.pausedMs, address)),
    async close() {
      clearInterval(timer);
      await pool.end();
    },
  };
}

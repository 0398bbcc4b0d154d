import pg from "pg";
import { unavailable } from "../postgres/unavailable.ts";

/** Requests to addresses, spread evenly over all processes that share a database. */
export interface RequestBudget {
  /** Takes the next turn of an address, in the order of asking. @returns milliseconds until then. Throws: `jobs.unavailable` */
  takeTurn(address: string, perMinute: number): Promise<number>;
  close(): Promise<void>;
}

// The database's clock alone counts: those of machines may be apart.
const takeTurn = `INSERT INTO budgets AS kept (address, next_at)
  VALUES ($1, clock_timestamp() + $2 * interval '1 ms')
  ON CONFLICT (address) DO UPDATE
    SET next_at = greatest(kept.next_at, clock_timestamp()) + $2 * interval '1 ms'
  RETURNING extract(epoch FROM next_at - clock_timestamp()) * 1000 - $2 AS wait`;

/** Opens the budget of a database whose tables are up to date; it connects when a turn is taken. */
export function openRequestBudget(connectionString: string): RequestBudget {
  const limits = { max: 1, connectionTimeoutMillis: 10_000, query_timeout: 30_000 };
  // A process that takes no more turns may end.
  const pool = new pg.Pool({ connectionString, ...limits, allowExitOnIdle: true });
  pool.on("error", () => {});
  return {
    async takeTurn(address, perMinute) {
      try {
        const { rows } = await pool.query(takeTurn, [address, 60_000 / perMinute]);
        return Math.max(0, Number(rows[0]?.wait));
      } catch (cause) {
        throw unavailable(cause);
      }
    },
    close: () => pool.end(),
  };
}

import type { Db, PgBoss } from "pg-boss";

/** The queue of the tasks that no worker gets any more. */
export function deadOf(run: string): string {
  return `${run}.dead`;
}

/** Runs a task in a transaction, which is rolled back where the task gives nothing or fails. */
export async function inTransaction<T>(
  boss: PgBoss,
  task: (db: Db) => Promise<T | undefined>,
): Promise<T | undefined> {
  const transaction = await boss.getDb().beginTransaction?.();
  if (transaction === undefined) throw new TypeError("the database has no transactions");
  try {
    const result = await task(transaction.db);
    if (result === undefined) await transaction.rollback();
    else await transaction.commit();
    return result;
  } catch (thrown) {
    await transaction.rollback();
    throw thrown;
  }
}

/** The rows of a statement. */
export async function rowsOf(
  boss: PgBoss,
  text: string,
  values: unknown[],
): Promise<readonly Readonly<Record<string, unknown>>[]> {
  return (await boss.getDb().executeSql(text, values)).rows;
}

/** Whether a command changed anything; pg-boss's types leave out that it says so. */
export function hasChanged(response: object): boolean {
  return "affected" in response && response.affected !== 0;
}

import { mkdir } from "node:fs/promises";
import path from "node:path";
import { type Client, createClient } from "@libsql/client/sqlite3";
import { dataFolder } from "../files/data-folder.ts";

/** Answers by a digest of all that was asked. Several processes may share the file. */
export interface AnswerStore {
  get(key: string): Promise<string | undefined>;
  put(key: string, answer: string): Promise<void>;
  close(): void;
}

async function open(file: string): Promise<Client> {
  await mkdir(path.dirname(file), { recursive: true });
  const db = createClient({ url: `file:${file}` });
  await db.execute("PRAGMA busy_timeout = 10000");
  await db.execute("PRAGMA journal_mode = WAL");
  await db.execute("PRAGMA synchronous = NORMAL");
  await db.execute(
    "CREATE TABLE IF NOT EXISTS answers (key TEXT PRIMARY KEY, answer TEXT NOT NULL) WITHOUT ROWID",
  );
  return db;
}

/** Opens a store of answers in a SQLite file; deleting the file is safe. */
export async function openAnswerStore(file: string): Promise<AnswerStore> {
  const db = await open(file);
  return {
    async get(key) {
      const { rows } = await db.execute({
        sql: "SELECT answer FROM answers WHERE key = ?",
        args: [key],
      });
      const answer = rows[0]?.["answer"];
      return answer === undefined ? undefined : String(answer);
    },
    async put(key, answer) {
      await db.execute({
        sql: "INSERT OR REPLACE INTO answers VALUES (?, ?)",
        args: [key, answer],
      });
    },
    close: () => db.close(),
  };
}

let shared: Promise<AnswerStore> | undefined;

/** The store in the user's data folder. */
export function sharedAnswerStore(): Promise<AnswerStore> {
  shared ??= openAnswerStore(path.join(dataFolder, "answers.db"));
  return shared;
}

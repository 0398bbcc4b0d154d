export { type Database, type DatabaseFaults, openDatabase } from "./sqlite/open-database.ts";

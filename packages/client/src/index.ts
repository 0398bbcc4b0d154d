export { answerOf, type Client, createClient, RefusedError, type Schemas } from "./client.ts";

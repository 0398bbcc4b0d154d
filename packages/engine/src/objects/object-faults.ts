import { EngineError } from "../errors.ts";

/** The store cannot be reached, read or written. */
export function storeUnavailable(place: string, cause: unknown): EngineError {
  const reason =
    cause instanceof EngineError ? cause.what : String((cause as Error).message ?? cause);
  return new EngineError("objects.unavailable", `"${place}" cannot be used: ${reason}`, {
    hint: "Check the address, the credentials in the environment, and the network.",
    cause,
  });
}

/** The place is no address of a store. */
export function badPlace(place: string, what: string): EngineError {
  return new EngineError("objects.place", `"${place}": ${what}`, {
    hint: "Write s3://BUCKET/PREFIX or the path of a folder.",
  });
}

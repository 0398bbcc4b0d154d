import { EditingError } from "../errors.ts";
import { refusalText } from "./read-response.ts";

/**
 * An endpoint's answer as JSON.
 * @param api What the address should be that of, such as "a chat API".
 * Throws: endpoint.answer.
 */
export function readJson(address: string, text: string, api: string) {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new EditingError("endpoint.answer", `the endpoint answered with ${refusalText(text)}`, {
      at: address,
      hint: `Check that the address is that of ${api}, mostly ending in /v1.`,
      cause,
    });
  }
}

import openapiTypescript, { astToString } from "openapi-typescript";

const head = "// Made of docs/openapi.json; `vitest -u packages/client` writes it anew.\n";

/** TypeScript types of an OpenAPI document, as `generated/api.d.ts` holds them. */
export async function generateTypes(document: string): Promise<string> {
  const types = astToString(await openapiTypescript(document));
  return head + types.replace(/^(?: {4})+/gm, (indent) => "\t".repeat(indent.length / 4));
}

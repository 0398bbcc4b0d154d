/**
 * Digest of the code of node types from outside the project, as `digestNodes`.
 * @param places Files and folders of node definitions, absolute.
 * @returns undefined if there are none
 */
export async function digestOfPlaces(places: readonly string[] = []): Promise<string | undefined> {
  if (places.length === 0) return undefined;
  const { digestNodes } = await import("./load-nodes.ts");
  return digestNodes(places);
}

import { type AddressedSource, recordOf } from "@insightgraph/editing/datasets";

/** An item of a run, by the records that it gave. */
export interface MadeItem {
  readonly key: string;
  /** Digest of how they were made. */
  readonly made: string;
  /** Where its records lie in the data set. */
  readonly addresses: readonly string[];
}

/** The items of a data set, whose records follow each other there. */
async function* itemsOf(dataset: AddressedSource): AsyncGenerator<MadeItem> {
  let last: (MadeItem & { addresses: string[] }) | undefined;
  for await (const item of dataset.items()) {
    const { fields } = recordOf(item, await item.load({ isWithoutPictures: true }));
    const provenance = JSON.parse(String(fields["provenance"])) as { item: string; made: string };
    const { item: key, made } = provenance;
    if (last?.key === key) {
      last.addresses.push(item.address);
      continue;
    }
    if (last !== undefined) yield last;
    last = { key, made, addresses: [item.address] };
  }
  if (last !== undefined) yield last;
}

/** Draws items of a data set, each as likely as any other, in the order of the data set. @param random From 0 to 1 */
export async function sampleItems(
  dataset: AddressedSource,
  count: number,
  random: () => number = Math.random,
): Promise<readonly MadeItem[]> {
  const drawn: { readonly item: MadeItem; readonly place: number }[] = [];
  let place = 0;
  for await (const item of itemsOf(dataset)) {
    place += 1;
    const at = drawn.length < count ? drawn.length : Math.floor(random() * place);
    if (at < count) drawn[at] = { item, place };
  }
  return drawn.toSorted((one, two) => one.place - two.place).map(({ item }) => item);
}

import fc from "fast-check";
import { expect, test } from "vitest";
import { createLikenessTable, groupNear, type Likeness } from "./near-groups.ts";
import { hashDistance } from "./perceptual-hash.ts";

const like = (label: string, ...hashes: readonly string[]): Likeness => ({ label, hashes });

async function group(records: readonly Likeness[], distance: number): Promise<readonly number[]> {
  const table = createLikenessTable(records[0]?.hashes.length ?? 1);
  for (const record of records) table.add(record);
  return [...(await groupNear(table, distance))];
}

test("groups lead back to their first record, not along a chain", async () => {
  const hashes = ["00000000000000ff", "ffffffff00000000", "00000000000000fe", "00000000000000f0"];
  expect(
    await group(
      hashes.map((hash) => like("", hash)),
      2,
    ),
  ).toEqual([0, 1, 0, 3]);
  expect(
    await group(
      hashes.map((hash) => like("", hash)),
      0,
    ),
  ).toEqual([0, 1, 2, 3]);
});

test("every picture must be alike, and the label the same", async () => {
  const same = "00000000000000ff";
  const other = "ffffffffffffffff";
  const records = [
    ...[like("remove", same, same), like("remove", same, other), like("add", same, same)],
    ...[like("remove", same, same), like("remove", same, "")],
  ];
  expect(await group(records, 6)).toEqual([0, 1, 2, 0, 4]);
});

test("finds what comparing with each group's first record finds", async () => {
  const hash = fc
    .array(fc.nat(63), { maxLength: 12 })
    .map((bits) => bits.reduce((sum, bit) => sum | (1n << BigInt(bit)), 0n))
    .map((bits) => bits.toString(16).padStart(16, "0"));
  await fc.assert(
    fc.asyncProperty(fc.array(hash, { maxLength: 40 }), fc.nat(64), async (hashes, distance) => {
      const plain: number[] = [];
      for (const [place, own] of hashes.entries()) {
        const found = plain.findIndex(
          (leader, at) => leader === at && hashDistance(hashes[at] ?? "", own) <= distance,
        );
        plain.push(found < 0 ? place : found);
      }
      const records = hashes.map((own) => like("", own));
      expect(await group(records, distance)).toEqual(plain);
    }),
  );
});

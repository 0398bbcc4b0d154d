/** A size in bytes as readable text, such as "4.8 MiB". */
export function inUnits(bytes: number): string {
  if (bytes < 1024) return `${bytes} bytes`;
  const units = ["KiB", "MiB", "GiB", "TiB"];
  const power = Math.min(Math.floor(Math.log2(bytes) / 10), units.length);
  return `${Number((bytes / 1024 ** power).toFixed(1))} ${units[power - 1]}`;
}

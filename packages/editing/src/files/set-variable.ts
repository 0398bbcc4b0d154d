/** The first of some environment variables that says yes. */
export function setVariable(...names: readonly string[]): string | undefined {
  return names.find((name) => {
    const value = process.env[name]?.toLowerCase();
    return value !== undefined && !["", "0", "false", "no", "off"].includes(value);
  });
}

/** `after`, with each part that equals the same part of `before` taken from there, so that it counts as unchanged. */
export function shareEqual<Value>(before: Value, after: Value): Value {
  if (before === after || !isObject(before) || !isObject(after)) return after;
  if (Array.isArray(before) !== Array.isArray(after)) return after;
  const shared: unknown = Array.isArray(after) ? [] : {};
  let isEqual = Object.keys(before).length === Object.keys(after).length;
  for (const [key, value] of Object.entries(after)) {
    const old: unknown = Object.hasOwn(before, key) ? before[key] : undefined;
    const part = shareEqual(old, value);
    isEqual &&= part === old && Object.hasOwn(before, key);
    Object.defineProperty(shared, key, {
      value: part,
      enumerable: true,
      writable: true,
      configurable: true,
    });
  }
  return isEqual ? before : (shared as Value);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

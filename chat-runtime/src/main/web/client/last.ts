/** Older React Native has no `Array.prototype.at`. */
export function last<Item>(list: readonly Item[]): Item | undefined {
  return list[list.length - 1];
}

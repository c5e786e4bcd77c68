/** Whether a list of codes holds any that begins with a text: what rules name is often a prefix. */

import { byText } from './search-key.ts'

export function codePrefixes(codes: Iterable<string>): (prefix: string) => boolean {
  const sorted = [...codes].toSorted(byText)
  return (prefix) => sorted[firstFrom(sorted, prefix)]?.startsWith(prefix) === true
}

/** Place of the first code that is not before `text`. */
function firstFrom(sorted: readonly string[], text: string): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (byText(sorted[middle] ?? '', text) < 0) low = middle + 1
    else high = middle
  }
  return low
}

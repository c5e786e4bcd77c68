/**
 * What is different between two documents, field by field. Rows of a list that were put in or taken out do not make every
 * row behind them a different one: equal rows are found again, rows with an id by their id.
 */

export interface Difference {
  /** "bands[0].ratio[1].ratio"; of a row that is gone, where it stood. */
  readonly path: string
  /** undefined: was not there. */
  readonly before: unknown
  /** undefined: is no longer there. */
  readonly after: unknown
}

/** More rows than that, both ways, are compared place by place. */
const ALIGNED_MAX = 2_000_000

export function diffJson(before: unknown, after: unknown, path = ''): readonly Difference[] {
  if (Array.isArray(before) && Array.isArray(after)) return diffLists(before, after, path)
  if (isObject(before) && isObject(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
    return names.flatMap((name) => diffJson(before[name], after[name], path === '' ? name : `${path}.${name}`))
  }
  return same(before, after) ? [] : [{ path, before, after }]
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value)

const same = (left: unknown, right: unknown): boolean => left === right || JSON.stringify(left) === JSON.stringify(right)

function diffLists(before: readonly unknown[], after: readonly unknown[], path: string): readonly Difference[] {
  const [lefts, rights] = [before.map(keyOf), after.map(keyOf)]
  let start = 0
  while (start < lefts.length && start < rights.length && lefts[start] === rights[start]) start += 1
  let end = 0
  while (end < lefts.length - start && end < rights.length - start && lefts.at(-1 - end) === rights.at(-1 - end)) end += 1
  const pairs: readonly Pair[] = [
    ...paired(start, start, 0, 0),
    ...aligned(lefts.slice(start, lefts.length - end), rights.slice(start, rights.length - end)).map(([left, right]): Pair => [left === undefined ? left : start + left, right === undefined ? right : start + right]),
    ...paired(end, end, lefts.length - end, rights.length - end)
  ]
  return pairs.flatMap(([left, right]) =>
    left === undefined || right === undefined
      ? [{ path: `${path}[${right ?? left ?? 0}]`, before: left === undefined ? undefined : before[left], after: right === undefined ? undefined : after[right] }]
      : diffJson(before[left], after[right], `${path}[${right}]`)
  )
}

/** Two rows with one key are one row. */
const keyOf = (row: unknown): string => (isObject(row) && typeof row['id'] === 'string' ? `id ${row['id']}` : (JSON.stringify(row) ?? ''))

type Pair = readonly [left: number | undefined, right: number | undefined]

/** Longest common rows; what lies between them is paired place by place, because a changed row is still that row. */
function aligned(lefts: readonly string[], rights: readonly string[]): readonly Pair[] {
  if (lefts.length * rights.length > ALIGNED_MAX) return paired(lefts.length, rights.length, 0, 0)
  const width = rights.length + 1
  const lengths = new Uint32Array((lefts.length + 1) * width)
  const at = (left: number, right: number): number => lengths[left * width + right] ?? 0
  for (let left = lefts.length - 1; left >= 0; left -= 1) {
    for (let right = rights.length - 1; right >= 0; right -= 1) {
      lengths[left * width + right] = lefts[left] === rights[right] ? at(left + 1, right + 1) + 1 : Math.max(at(left + 1, right), at(left, right + 1))
    }
  }
  const pairs: Pair[] = []
  let [left, right, fromLeft, fromRight] = [0, 0, 0, 0]
  const between = (): void => void pairs.push(...paired(left - fromLeft, right - fromRight, fromLeft, fromRight))
  while (left < lefts.length && right < rights.length) {
    if (lefts[left] === rights[right]) {
      between()
      pairs.push([left, right])
      ;[left, right] = [left + 1, right + 1]
      ;[fromLeft, fromRight] = [left, right]
    } else if (at(left + 1, right) >= at(left, right + 1)) left += 1
    else right += 1
  }
  ;[left, right] = [lefts.length, rights.length]
  between()
  return pairs
}

const paired = (lefts: number, rights: number, fromLeft: number, fromRight: number): Pair[] =>
  Array.from({ length: Math.max(lefts, rights) }, (_, index) => [
    index < lefts ? fromLeft + index : undefined,
    index < rights ? fromRight + index : undefined
  ])

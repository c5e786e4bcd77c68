/**
 * What the runs have met of everything that there is to meet: each fault, state, refusal and rule by its name, how often, and
 * what never, and why not where that is known. The lists are closed (met/): a new kind does not compile until it is listed.
 */

import { AREAS, TOLD_AS, type Area } from './met/areas.ts'
import { KNOWN_GAPS } from './met/known-gaps.ts'

export { AREAS } from './met/areas.ts'
export { countingObserver } from './met/observe.ts'

export type Hits = Readonly<Record<string, number>>

export interface AreaMet {
  readonly title: string
  /** As counted, without the area's prefix; most often first. */
  readonly met: readonly { readonly name: string; readonly times: number }[]
  /** `why`: where it is known. */
  readonly never: readonly { readonly name: string; readonly why: string | undefined }[]
}

export const coverageOf = (hits: Hits): readonly AreaMet[] => AREAS.map((area) => areaMet(area, hits))

function areaMet({ title, prefix, names }: Area, hits: Hits): AreaMet {
  const counted = names.map((name) => ({ name, times: timesOf(`${prefix}${name}`, hits) }))
  return {
    title,
    met: counted.filter(({ times }) => times > 0).toSorted((left, right) => right.times - left.times),
    never: counted.filter(({ times }) => times === 0).map(({ name }) => ({ name, why: KNOWN_GAPS[`${prefix}${name}`] }))
  }
}

const timesOf = (name: string, hits: Hits): number =>
  [name, ...(TOLD_AS[name] ?? [])].reduce((sum, each) => sum + (hits[each] ?? 0), 0)

/** For people: one line an area, what it met, and what it never did. */
export function coverageReport(hits: Hits): string[] {
  const areas = coverageOf(hits)
  const [met, all] = [sumOf(areas, ({ met: each }) => each.length), sumOf(areas, ({ met: each, never }) => each.length + never.length)]
  return [`met ${met} of ${all} names`, ...areas.flatMap(areaLines)]
}

const sumOf = (areas: readonly AreaMet[], of: (area: AreaMet) => number): number => areas.reduce((sum, area) => sum + of(area), 0)

function areaLines({ title, met, never }: AreaMet): string[] {
  const surprising = never.filter(({ why }) => why === undefined).map(({ name }) => name)
  const reasons = new Map<string, string[]>()
  for (const { name, why } of never) if (why !== undefined) reasons.set(why, [...(reasons.get(why) ?? []), name])
  return [
    `${title}: ${met.length} of ${met.length + never.length}`,
    ...wrapped('  met    ', met.map(({ name, times }) => `${name} ${times}`)),
    ...wrapped('  never  ', surprising),
    ...[...reasons].flatMap(([why, names]) => wrapped('  none   ', [...names.slice(0, -1), `${names.at(-1) ?? ''} (${why})`]))
  ]
}

const WIDTH = 140

/** The names after each other, as many a line as fit. */
function wrapped(head: string, names: readonly string[]): string[] {
  const lines: string[] = []
  let line = ''
  for (const name of names) {
    if (line !== '' && head.length + line.length + name.length + 2 > WIDTH) {
      lines.push(`${head}${line},`)
      line = ''
    }
    line = line === '' ? name : `${line}, ${name}`
  }
  return line === '' ? lines : [...lines, `${head}${line}`]
}

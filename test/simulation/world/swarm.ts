/**
 * What one run is like, drawn from its seed: how many tills and cards, how many days, and how often each fault strikes. Most
 * kinds never strike in a given run, so that a fault that hides another is away in some of them (a swarm of configurations).
 */

import { BATCH_LIMITS } from '../../../settlement/sync/batch-maker.ts'
import { dayAfter } from './day.ts'
import type { Random } from './random.ts'

/** Each is drawn for per 10 000 of the occasions that its line names. */
export const FAULTS = {
  // A command that a card is to carry out.
  'card-cut-before': 'its supply goes before the command reaches it',
  'card-cut-inside': 'its supply goes while it writes',
  'card-cut-after': 'it has done it, and is gone before the answer',
  'card-mute': 'the command never arrives',
  'card-lost-answer': 'it has done it, nobody hears',
  'card-truncated': 'less than a status word arrives',
  'card-wrong-status': 'it has done it, and another status word arrives',
  'card-foreign-reset': 'another program resets it',
  'card-swapped': 'another card lies there before the command is sent',
  'card-held': 'another program has it for itself for a while',
  // A command that a PSAM is to carry out.
  'psam-mute': 'the command never arrives',
  'psam-lost-answer': 'it has done it, nobody hears',
  'psam-cut-inside': 'its supply goes while it writes',
  'psam-reset': 'another program resets it',
  // A morning.
  'psam-missing': 'somebody took it; a technician brings it back',
  'psam-locked': 'it is locked; a technician puts another in',
  'psam-exhausted': 'the last serials of a PSAM; a technician puts another in',
  'reader-gone': 'the reader is unplugged, and plugged in again',
  'reader-process-gone': 'the reader process, or the service that it asks, died and is started again',
  'till-clock-ahead': 'the clock of a till is set ahead, until somebody sets it right',
  'till-clock-behind': 'the clock of a till is set back, until somebody sets it right',
  'centre-down': 'the centre is away for hours',
  'centre-restored': 'the centre comes back from a backup that is older',
  'link-down': 'a link is away for minutes to hours',
  'link-flapping': 'a link comes and goes for an hour',
  // A port of a till that is used: time, chance, file, network, statement.
  'till-killed': 'the process is killed there',
  'till-killed-statement': 'killed before a statement or a commit of its database',
  'till-killed-file': 'killed before a step that changes a file',
  'till-power-lost': 'the power goes inside a commit or a checkpoint: what was not flushed may be torn',
  'disk-lied': 'and what the disk said that it had flushed is gone: the books are those of an earlier moment',
  'disk-full': 'a statement that writes finds the disk full',
  'disk-busy': 'a statement finds its database taken',
  'disk-error': 'a statement that writes meets an input/output error',
  // A request of a till.
  'request-lost': 'the centre never sees it',
  'reply-lost': 'the centre has done it, the till never hears',
  'request-twice': 'the centre sees it twice, one after the other',
  'request-twice-at-once': 'the centre sees it twice at the same time',
  'request-late': 'it arrives after the till has given up, and perhaps after the next one',
  'reply-late': 'the till gives up before the answer comes',
  'reply-malformed': 'somebody else answers: no JSON, another shape, cut off',
  'reply-status': 'a status that the centre did not give: 302, 404, 500, 503',
  'person-unheard': 'the centre is asked about the person at the counter, and the till gives up before the answer comes',
  // A statement of the centre.
  'centre-killed': 'killed before a statement or a commit',
  'centre-disk-full': 'finds the disk full',
  // An hour of the centre.
  'stranger': 'a hostile request: unsigned, replayed, tampered with, huge',
  'rogue': 'an enrolled till asks for what is not its own'
} as const satisfies Readonly<Record<string, string>>

export type FaultKind = keyof typeof FAULTS

export const FAULT_KINDS = Object.keys(FAULTS) as readonly FaultKind[]

export interface WorldOptions {
  readonly hospitalTills: number
  readonly pharmacyTills: number
  readonly cards: number
  readonly days: number
  /** The first day, YYYY-MM-DD. */
  readonly firstDay: string
  /** Patients of a till on a day, on average. */
  readonly visitsPerDay: number
  /** Per 10 000. */
  readonly faults: Readonly<Record<FaultKind, number>>
  /** The disk of a till says that it has flushed and has not: after a power loss older books may be there. */
  readonly lyingDisk: boolean
  /** At most so many facts go at once. In worlds of few, several batches wait after an outage, and are under way together. */
  readonly batchFacts: number
  /** Another version of the rules comes into force within the run. */
  readonly newPolicy: NewPolicy | undefined
}

export interface NewPolicy {
  /** YYYY-MM-DD: the first day of the new version. */
  readonly from: string
  /** At the very beginning of that day: the same, or the one before. */
  readonly publishedOn: string
  /** fen by which every deductible is another. */
  readonly deductibleBy: number
}

/** Of occasions that come by the hundred an hour; the rest strike a day or an hour at a time. */
const SELDOM: ReadonlySet<FaultKind> = new Set<FaultKind>([
  'till-killed',
  'till-killed-statement',
  'till-killed-file',
  'till-power-lost',
  'disk-full',
  'disk-busy',
  'disk-error',
  'centre-killed',
  'centre-disk-full'
])
/** Of commands, of which a settlement has some dozens; `stakes.ts` says of which of them a fault is more likely. */
export const COMMAND_FAULTS: Readonly<Record<'counter' | 'sam', readonly FaultKind[]>> = {
  counter: [
    'card-cut-before',
    'card-cut-inside',
    'card-cut-after',
    'card-mute',
    'card-lost-answer',
    'card-truncated',
    'card-wrong-status',
    'card-foreign-reset',
    'card-swapped'
  ],
  sam: ['psam-mute', 'psam-lost-answer', 'psam-cut-inside', 'psam-reset']
}
const OF_COMMANDS: ReadonlySet<FaultKind> = new Set<FaultKind>([...COMMAND_FAULTS.counter, ...COMMAND_FAULTS.sam])
const DAILY: ReadonlySet<FaultKind> = new Set<FaultKind>([
  'psam-missing',
  'psam-locked',
  'psam-exhausted',
  'reader-gone',
  'reader-process-gone',
  'till-clock-ahead',
  'till-clock-behind',
  'centre-down',
  'centre-restored',
  'link-down',
  'link-flapping',
  'stranger',
  'rogue'
])

/** Two years' ends, a policy year's turn and ordinary weeks: the days on which something changes are among them often. */
const FIRST_DAYS: readonly string[] = ['2026-01-05', '2026-03-12', '2026-06-28', '2026-12-29', '2025-12-30', '2026-09-29']

export function drawOptions(random: Random): WorldOptions {
  const isQuiet = random.chance(1, 12)
  const lyingDisk = !isQuiet && random.fork('lying disk').chance(1, 6)
  const [hospitalTills, pharmacyTills, cards, days] = [random.between(1, 3), random.between(0, 1), random.between(4, 14), random.between(2, 8)]
  const firstDay = random.pick(FIRST_DAYS)
  return {
    hospitalTills,
    pharmacyTills,
    cards,
    days,
    firstDay,
    visitsPerDay: random.between(3, 9),
    faults: isQuiet ? NO_FAULTS : drawFaults(random.fork('faults'), lyingDisk),
    lyingDisk,
    batchFacts: drawBatches(random.fork('batches')),
    newPolicy: drawPolicy(random.fork('new policy'), firstDay, days)
  }
}

const drawBatches = (random: Random): number => (random.chance(1, 2) ? BATCH_LIMITS.facts : random.between(2, 12))

function drawPolicy(random: Random, firstDay: string, days: number): NewPolicy | undefined {
  if (!random.chance(1, 3)) return undefined
  const day = random.between(1, days - 1)
  return { from: dayAfter(firstDay, day), publishedOn: dayAfter(firstDay, day - random.below(Math.min(2, day))), deductibleBy: random.pick([-20_000, -5_000, 7_500, 30_000]) }
}

/** A lie of a disk shows only where the power goes. */
function drawFaults(random: Random, lyingDisk: boolean): Record<FaultKind, number> {
  const faults = Object.fromEntries(FAULT_KINDS.map((kind) => [kind, rateOf(kind, random.fork(kind))])) as Record<FaultKind, number>
  return lyingDisk ? { ...faults, 'disk-lied': LOSSES } : faults
}

const LOSSES = 4_000

function rateOf(kind: FaultKind, random: Random): number {
  // Only a disk that lies does.
  if (kind === 'disk-lied') return 0
  if (random.chance(3, 5)) return 0
  if (SELDOM.has(kind)) return random.pick([1, 1, 2, 4])
  // Of most commands it is none, for they write nothing.
  if (kind === 'card-cut-inside') return random.pick([10, 30, 60, 100])
  if (OF_COMMANDS.has(kind)) return random.pick([1, 2, 5, 10, 30])
  if (DAILY.has(kind)) return random.pick([300, 1000, 3000])
  // What a till charges is only another than what is booked where it has not heard what the year used elsewhere.
  if (kind === 'person-unheard') return random.pick([3_000, 10_000])
  return random.pick([2, 5, 10, 30, 100])
}

export const NO_FAULTS = Object.fromEntries(FAULT_KINDS.map((kind) => [kind, 0])) as Readonly<Record<FaultKind, number>>

/** One a line, for people: only what can strike. */
export function optionLines(options: WorldOptions): string[] {
  const { hospitalTills, pharmacyTills, cards, days, firstDay, visitsPerDay, faults, lyingDisk, batchFacts, newPolicy } = options
  const counts = `${hospitalTills} hospital tills, ${pharmacyTills} pharmacy tills, ${cards} cards, ${days} days from ${firstDay}, ${visitsPerDay} visits a till and day, ${batchFacts} facts a batch at most`
  const rates = FAULT_KINDS.filter((kind) => faults[kind] > 0).map((kind) => `${kind} ${faults[kind]}`)
  return [counts, `faults per 10 000: ${rates.length === 0 ? 'none' : rates.join(', ')}`, ...(lyingDisk ? ['a disk that lies'] : []), ...(newPolicy === undefined ? [] : [`other deductibles from ${newPolicy.from}, published on ${newPolicy.publishedOn}`])]
}

/**
 * The hospital's queue: a folder into which its system writes one visit a file. Watched live; what cannot be read is shown
 * with its reason. Whether a visit is settled the ledger says, not the folder.
 */

import { existsSync, readdirSync, statSync } from 'node:fs'
import { dirname, join, sep } from 'node:path'
import { ok, refuse, type Result } from '../../../base/result.ts'
import type { QueueEntry } from '../../contract/bill-view.ts'
import { formatFen, sum, type Fen } from '../../../settlement/money/fen.ts'
import type { LedgerReader } from '../../../settlement/ledger/ledger.ts'
import type { Catalogue } from '../../../settlement/catalogue/catalogue.ts'
import { parseVisit } from '../../../settlement/visit/parse-visit.ts'
import type { Visit } from '../../../settlement/visit/visit-schema.ts'
import { unpricedDraft } from '../bill/unpriced-draft.ts'
import { visitView } from '../bill/visit-view.ts'
import type { CounterRefusal } from '../counter-refusal.ts'
import { anyRefusalView, type DeskRefusal } from '../desk/desk-refusal.ts'
import { readJsonFile } from '../files/read-file.ts'
import type { Machine } from '../machine.ts'
import { standingOf } from '../records/visit-standing.ts'

export const QUEUE_FILES_MAX = 500
/** Where settled visits go: out of the way, not away. */
const DONE = 'settled'
const DEBOUNCE_MS = 60
/** Network folders do not always tell when they change. */
const RESCAN_MS = 5_000
/** A file that is being written is not yet wrong. */
const GRACE_MS = 1_000

export interface QueuePorts extends Pick<Machine, 'syncClock' | 'later' | 'every' | 'watchFolder' | 'files'> {
  readonly folder: string
  readonly ledger: LedgerReader
  readonly catalogue: Catalogue
  readonly changed: () => void
}

interface Waiting {
  readonly stamp: string
  readonly visit: Result<Visit, CounterRefusal | DeskRefusal>
  readonly total: Fen | undefined
}

export class VisitQueue {
  readonly #ports: QueuePorts
  readonly #stop: (() => void)[] = []
  #isClosed = false
  #waiting = new Map<string, Waiting>()
  #cancelRescan = (): void => {}

  constructor(ports: QueuePorts) {
    this.#ports = ports
    ports.files.makeFolder(ports.folder)
    this.#scan()
  }

  /** From now on changes are told. */
  start(): void {
    const { folder, watchFolder, later, every } = this.#ports
    const soon = (): void => {
      this.#cancelRescan()
      this.#cancelRescan = later(DEBOUNCE_MS, () => this.rescan())
    }
    this.#stop.push(watchFolder(folder, soon), every(RESCAN_MS, () => this.rescan()), () => this.#cancelRescan())
  }

  close(): void {
    this.#isClosed = true
    for (const stop of this.#stop.splice(0)) stop()
  }

  rescan(): void {
    if (!this.#isClosed && this.#scan()) this.#ports.changed()
  }

  read(file: string): Result<Visit, CounterRefusal | DeskRefusal> {
    this.#scan()
    return this.#waiting.get(file)?.visit ?? refuse({ kind: 'visit-gone', file })
  }

  /** `open`: the file whose bill is on the screen. */
  entries(open: string | undefined): QueueEntry[] {
    const entries = [...this.#waiting].map(([file, waiting]) => this.#entry(file, waiting, open))
    return entries.toSorted((left, right) => orderOf(left).localeCompare(orderOf(right)))
  }

  /** Best effort: a file that cannot be moved stays, shown as settled. */
  setAside(file: string): void {
    const { folder, files } = this.#ports
    const done = join(folder, DONE)
    try {
      files.makeFolder(done)
      files.rename(join(folder, file), join(done, file))
    } catch (cause) {
      if (!(cause instanceof Error && 'code' in cause)) throw cause
    }
    this.rescan()
  }

  #entry(file: string, { visit, total }: Waiting, open: string | undefined): QueueEntry {
    if (!visit.ok) return { file, visit: null, total: null, lines: 0, state: 'unreadable', refusal: anyRefusalView(visit.error) }
    return {
      file,
      visit: visitView(visit.value),
      total: total === undefined ? null : formatFen(total),
      lines: visit.value.lines.length,
      state: file === open ? 'open' : standingOf(this.#ports.ledger, visit.value),
      refusal: null
    }
  }

  /** Whether anything is different. */
  #scan(): boolean {
    const before = this.#waiting
    const now = new Map<string, Waiting>()
    for (const { file, stamp, ageMs } of visitFiles(this.#ports.folder, this.#ports.syncClock().epochMs)) {
      const known = before.get(file)
      const waiting = known?.stamp === stamp ? known : this.#look(file, stamp)
      if (waiting.visit.ok || ageMs > GRACE_MS) now.set(file, waiting)
      else this.#ports.later(GRACE_MS, () => this.rescan())
    }
    this.#waiting = now
    return now.size !== before.size || [...now].some(([file, waiting]) => before.get(file) !== waiting)
  }

  #look(file: string, stamp: string): Waiting {
    const visit = readVisitFile(join(this.#ports.folder, file))
    if (!visit.ok) return { stamp, visit, total: undefined }
    const draft = unpricedDraft(this.#ports.catalogue, visit.value)
    if (draft.ok) return { stamp, visit, total: sum(draft.value.claim.lines.map(({ amount }) => amount)) }
    return { stamp, visit: draft, total: undefined }
  }
}

const orderOf = ({ visit, file }: QueueEntry): string => `${visit?.begins ?? '9'} ${file}`

/** `now`: by the clock that dates files. */
function visitFiles(folder: string, now: number): { file: string; stamp: string; ageMs: number }[] {
  if (!existsSync(folder)) return []
  const names = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
    .map(({ name }) => name)
    .toSorted()
    .slice(0, QUEUE_FILES_MAX)
  return names.flatMap((file) => {
    const found = statSync(join(folder, file), { throwIfNoEntry: false })
    if (found === undefined) return []
    return [{ file, stamp: `${found.mtimeMs} ${found.size} ${found.ino}`, ageMs: now - found.mtimeMs }]
  })
}

export function readVisitFile(path: string): Result<Visit, DeskRefusal> {
  const json = readJsonFile(path, 'visit')
  return json.ok ? parseVisitDocument(json.value) : refuse({ kind: 'visit-not-readable', cause: json.error.kind, detail: json.error.message.replace(`${dirname(path)}${sep}`, '') })
}

export function parseVisitDocument(json: unknown): Result<Visit, DeskRefusal> {
  const visit = parseVisit(json)
  return visit.ok ? ok(visit.value) : refuse({ kind: 'visit-invalid', problems: visit.error })
}

/**
 * The place on the counter where a reader stands: the simulated one or a real one, and its PSAM. Another reader may be chosen
 * at any time; to whoever holds the bay the card in the one before was taken out.
 */

import type { CardReader } from '../../../card/reader/card-reader.ts'
import { SerialQueue } from '../../../card/channel/serial-queue.ts'
import type { ReaderTrouble } from '../../../card/reader/pcsc/reader-trouble.ts'
import { SIMULATED, type PcscChoice, type ReaderChoice } from '../../contract/reader-choice.ts'
import type { ReadersSeen, RealReaders, SeenReader } from '../../reader/real-readers.ts'
import type { CardSlot, CountPresence } from './card-slot.ts'
import type { ExchangeObserver } from './observed-reader.ts'
import { ReaderPsam } from './reader-psam.ts'
import { isStarting, RealSlot } from './real-slot.ts'
import type { Psams } from './psams.ts'
import type { RecordReader } from './wire-recorder.ts'
import type { SimulatedSlot } from './simulated-slot.ts'

export interface BayPorts {
  readonly simulated: SimulatedSlot
  /** The simulated PSAMs beside the ledger. */
  readonly filePsams: Psams
  /** Starts the reader process; nothing of it runs while the simulated reader serves. */
  readonly openReaders: () => Promise<RealReaders>
  readonly countPresence: CountPresence
  readonly traceCard: ExchangeObserver['after']
  readonly tracePsam: (reader: CardReader) => CardReader
  /** Watches a reader, where a recording is wanted. */
  readonly record: RecordReader
  /** A card came or left, or its reader broke or is whole again. */
  readonly slotChanged: () => void
  /** The PSAM came, left, broke or is whole again. */
  readonly psamChanged: () => void
  /** Something else that the system says of its readers. */
  readonly told: () => void
  /** Runs `work` after so many ms; call the result to take it back. */
  readonly later: (ms: number, work: () => void) => () => void
  readonly now: ExchangeObserver['now']
}

interface Real {
  readonly choice: PcscChoice
  readonly readers: RealReaders
  readonly slot: RealSlot
  readonly psams: Psams
}

/** A process that has just been started says within this what readers there are. */
const LIST_MS = 3_000
const NOT_HEARD: ReadersSeen = { readers: [], trouble: undefined }

export class ReaderBay implements CardSlot {
  readonly #ports: BayPorts
  readonly #queue = new SerialQueue()
  readonly reader: CardReader
  #choice: ReaderChoice = SIMULATED
  #real: Real | undefined
  #isHeard = false

  constructor(ports: BayPorts) {
    this.#ports = ports
    const slot = (): CardSlot => this.#slot
    this.reader = ports.record('card', {
      get name() {
        return slot().reader.name
      },
      connect: () => slot().reader.connect()
    })
  }

  get choice(): ReaderChoice {
    return this.#choice
  }

  get presence(): number | undefined {
    return this.#slot.presence
  }

  get trouble(): ReaderTrouble | undefined {
    return this.#slot.trouble
  }

  get isShared(): boolean {
    return this.#slot.isShared
  }

  get psams(): Psams {
    return this.#real?.psams ?? this.#ports.filePsams
  }

  /** undefined while a real reader serves. */
  get simulated(): SimulatedSlot | undefined {
    return this.#choice.kind === 'simulated' ? this.#ports.simulated : undefined
  }

  /** What the system says of its readers; nothing while the simulated one serves. */
  get seen(): ReadersSeen {
    return this.#real === undefined || !this.#isHeard ? NOT_HEARD : this.#real.readers.seen
  }

  /** The real reader that serves, and the one of the PSAM. */
  get serving(): { readonly card: SeenReader | undefined; readonly psam: string | undefined } {
    if (this.#real === undefined) return { card: undefined, psam: undefined }
    const { slot, choice, readers } = this.#real
    const psam = choice.psam === 'file' ? undefined : readers.find(choice.psam.reader)
    return { card: slot.seen, psam: psam === undefined || 'kind' in psam ? undefined : psam.name }
  }

  /** Done when the other reader is asked; what it says is told. */
  async choose(choice: ReaderChoice): Promise<void> {
    await this.#queue.run(async () => {
      const readers = await this.#leave(choice.kind === 'pcsc')
      this.#choice = choice
      this.#ports.slotChanged()
      if (choice.kind === 'simulated') return
      this.#real = this.#use(choice, readers ?? (await this.#open()))
      this.#ports.slotChanged()
    })
  }

  /** Asks the system, whichever reader serves. */
  async list(): Promise<ReadersSeen> {
    if (this.#real !== undefined) return this.#real.readers.seen
    const readers = await this.#ports.openReaders()
    try {
      return await this.#firstHeard(readers)
    } finally {
      await readers.close()
    }
  }

  /** At once where it can be: the host may end right behind. */
  close(): void {
    this.#ports.simulated.remove()
    this.#ports.filePsams.close()
    void this.#queue.run(() => this.#leave(false))
  }

  get #slot(): CardSlot {
    if (this.#choice.kind === 'simulated') return this.#ports.simulated
    return this.#real?.slot ?? NOTHING_YET
  }

  #use(choice: PcscChoice, readers: RealReaders): Real {
    const { countPresence, slotChanged, psamChanged, traceCard, tracePsam, filePsams, now } = this.#ports
    const slot = new RealSlot({ readers, choice, countPresence, changed: slotChanged, trace: traceCard, now })
    const psams = choice.psam === 'file' ? filePsams : new ReaderPsam({ readers, asked: choice.psam.reader, wrap: tracePsam, changed: psamChanged })
    return { choice, readers, slot, psams }
  }

  async #open(): Promise<RealReaders> {
    const readers = await this.#ports.openReaders()
    this.#isHeard = !isStarting(readers.seen)
    readers.onChange(() => {
      this.#isHeard = true
      this.#ports.told()
    })
    return readers
  }

  /** The reader process, where it `stays` for the next reader. */
  async #leave(stays: boolean): Promise<RealReaders | undefined> {
    this.#ports.simulated.remove()
    const real = this.#real
    this.#real = undefined
    if (real === undefined) return undefined
    real.slot.close()
    if (real.psams !== this.#ports.filePsams) real.psams.close()
    if (stays) return real.readers
    await real.readers.close()
    return undefined
  }

  #firstHeard(readers: RealReaders): Promise<ReadersSeen> {
    return new Promise((heard) => {
      const finish = (): void => {
        stop()
        cancel()
        heard(readers.seen)
      }
      const cancel = this.#ports.later(LIST_MS, finish)
      const stop = readers.onChange(finish)
      if (!isStarting(readers.seen)) finish()
    })
  }
}

/** While the reader process is on its way. */
const NOTHING_YET: CardSlot = {
  reader: { name: '', connect: () => Promise.resolve({ ok: false, error: { kind: 'no-card' } }) },
  presence: undefined,
  trouble: undefined,
  isShared: true
}

/** What passed between terminal, card and PSAM, the newest lines of it, told in bunches: a settlement is some hundred commands. */

import type { Result } from '../../../base/result.ts'
import type { ChannelFailure } from '../../../card/channel/card-channel.ts'
import { TraceNarrator } from '../../../card/trace/trace-narrator.ts'
import type { TraceLine } from '../../contract/reader-view.ts'

export const TRACE_LINES_MAX = 1_000
const BUNCH_MS = 50

export interface TraceLogPorts {
  /** ms; only differences count. */
  readonly now: () => number
  readonly later: (ms: number, work: () => void) => () => void
  readonly tell: (lines: readonly TraceLine[]) => void
}

export class TraceLog {
  readonly #ports: TraceLogPorts
  #lines: TraceLine[] = []
  #bunch: TraceLine[] = []
  #narrators = { card: new TraceNarrator('card'), psam: new TraceNarrator('psam') }
  #count = 0
  #since: number

  constructor(ports: TraceLogPorts) {
    this.#ports = ports
    this.#since = ports.now()
  }

  get lines(): readonly TraceLine[] {
    return this.#lines
  }

  /** Another card, another conversation: times count from here. */
  begin(): void {
    this.#since = this.#ports.now()
    this.#narrators = { ...this.#narrators, card: new TraceNarrator('card') }
  }

  clear(): void {
    this.#lines = []
    this.#bunch = []
  }

  /** `command` is hex with the PIN starred. */
  record(slot: TraceLine['slot'], command: string, answer: Result<Uint8Array, ChannelFailure>, tookMs: number): void {
    const told = this.#narrators[slot].describe(command, answer)
    this.#count += 1
    const at = Math.max(0, Math.round(this.#ports.now() - this.#since))
    const line: TraceLine = { number: this.#count, slot, at, took: Math.round(tookMs * 100) / 100, command, ...told }
    this.#lines = [...this.#lines.slice(1 - TRACE_LINES_MAX), line]
    if (this.#bunch.length === 0) this.#ports.later(BUNCH_MS, () => this.#tell())
    this.#bunch.push(line)
  }

  #tell(): void {
    const lines = this.#bunch
    this.#bunch = []
    if (lines.length > 0) this.#ports.tell(lines)
  }
}

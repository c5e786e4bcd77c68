/** What passes between a published chip and its readers, one JSON line an exchange, each in the file before the next command. */

import { closeSync, openSync, writeSync } from 'node:fs'
import type { Result } from '../../../base/result.ts'
import type { ChannelFailure } from '../../../card/channel/card-channel.ts'
import { TraceNarrator } from '../../../card/trace/trace-narrator.ts'

type Slot = 'card' | 'psam'

export interface TraceFile {
  /** `command` is hex with the PIN starred. `tookMs`: the chip's own time. */
  record(slot: Slot, command: string, answer: Result<Uint8Array, ChannelFailure>, tookMs: number): void
  /** Another card, another conversation. */
  begin(): void
  close(): void
}

/** Lines are added to what stands in the file. */
export function openTraceFile(path: string, now: () => number): TraceFile {
  const descriptor = openSync(path, 'a', 0o600)
  const since = now()
  let narrator: TraceNarrator | undefined
  return {
    begin: () => (narrator = undefined),
    record(slot, command, answer, tookMs) {
      narrator ??= new TraceNarrator(slot)
      const told = narrator.describe(command, answer)
      const line = { at: Math.round(now() - since), took: Math.round(tookMs * 100) / 100, slot, command, ...told }
      writeSync(descriptor, `${JSON.stringify(line)}\n`)
    },
    close: () => closeSync(descriptor)
  }
}

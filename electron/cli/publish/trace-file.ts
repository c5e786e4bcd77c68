/** What passes between a published chip and its readers, as a recording (card/trace): each line in the file before the next command. */

import { closeSync, existsSync, openSync, writeSync } from 'node:fs'
import { ok, type Result } from '../../../base/result.ts'
import { Recorder } from '../../../card/trace/recorder.ts'
import { badInput, type Failure } from '../failure.ts'

export interface TraceFile {
  readonly recorder: Recorder
  close(): void
}

const OWNER_ONLY = 0o600

/** `holder`: the card's holder stays in it; PINs never do. */
export function openTraceFile(path: string, { holder }: { readonly holder: boolean }): Result<TraceFile, Failure> {
  if (existsSync(path)) return badInput('file-exists', `--trace: ${path} is there already; a recording is not written over`)
  const file = openSync(path, 'wx', OWNER_ONLY)
  let isOpen = true
  const write = (line: object): void => {
    // A card that is pulled ends what it is told slowly: of that nothing is recorded any more.
    if (isOpen) writeSync(file, `${JSON.stringify(line)}\n`)
  }
  const close = (): void => {
    isOpen = false
    closeSync(file)
  }
  return ok({ recorder: new Recorder({ write, now: () => performance.now(), scrub: !holder }), close })
}

/**
 * CARESETTLE_RECORD=FOLDER has a till record what passes between it and its card and PSAM, real or simulated, one file a start. A
 * disk that takes no more ends the recording, never the till.
 */

import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { CardReader } from '../../../card/reader/card-reader.ts'
import { Recorder } from '../../../card/trace/recorder.ts'
import type { Slot } from '../../../card/trace/recording.ts'

export interface RecorderWiring {
  readonly environment: Readonly<Record<string, string | undefined>>
  /** YYYYMMDDhhmmss, in the file's name. */
  readonly started: string
  /** ms; only differences count. */
  readonly now: () => number
  readonly warn: (line: string) => void
}

export type RecordReader = (slot: Slot, reader: CardReader) => CardReader

const OWNER_ONLY = 0o600

/** Without the variable every reader stays as it is. CARESETTLE_RECORD_HOLDER=1 keeps the holder in it; PINs never are. */
export function recordReaders({ environment, started, now, warn }: RecorderWiring): RecordReader {
  const folder = environment['CARESETTLE_RECORD']
  if (folder === undefined || folder === '') return (_, reader) => reader
  const write = lineWriter(join(folder, `recording-${started}-${process.pid}.jsonl`), folder, warn)
  const recorder = new Recorder({ write, now, scrub: environment['CARESETTLE_RECORD_HOLDER'] !== '1' })
  return (slot, reader) => recorder.reader(slot, reader)
}

function lineWriter(path: string, folder: string, warn: (line: string) => void): (line: object) => void {
  let file: number | undefined
  const giveUp = (cause: unknown): void => {
    if (file !== undefined) closeSync(file)
    file = undefined
    warn(`nothing is recorded any more: ${path}: ${cause instanceof Error ? cause.message : String(cause)}`)
  }
  try {
    mkdirSync(folder, { recursive: true })
    file = openSync(path, 'wx', OWNER_ONLY)
  } catch (cause) {
    giveUp(cause)
  }
  return (line) => {
    if (file === undefined) return
    try {
      writeSync(file, `${JSON.stringify(line)}\n`)
    } catch (cause) {
      giveUp(cause)
    }
  }
}

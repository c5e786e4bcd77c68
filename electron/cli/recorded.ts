/**
 * Any command that speaks to a card can be recorded, and a recording stands in for card and PSAM:
 *
 *   caresettle card show FILE --record OUT.jsonl [--record-holder]
 *   caresettle replay OUT.jsonl card show FILE
 */

import { closeSync, existsSync, openSync, readFileSync, statSync, writeSync } from 'node:fs'
import { ok, type Result } from '../../base/result.ts'
import { ReplayRun, type Difference, type Side } from '../../card/reader/replay/replay-run.ts'
import { parseRecording } from '../../card/trace/recording.ts'
import { Recorder } from '../../card/trace/recorder.ts'
import { date } from '../../settlement/calendar/business-date.ts'
import { badInput, fault, type Failure, type Outcome } from './failure.ts'
import type { Terminal } from './terminal.ts'
import { writtenFile } from './written-file.ts'

const RECORDING_BYTES_MAX = 64 * 1024 * 1024
const OWNER_ONLY = 0o600

/** Runs `command` with what `words` ask for; the words that are left are the command's. */
export async function runRecorded(words: readonly string[], terminal: Terminal, command: (words: readonly string[], terminal: Terminal) => Promise<Outcome>): Promise<Outcome> {
  if (words[0] === 'replay') return replay(words.slice(1), terminal, command)
  const at = words.indexOf('--record')
  if (at === -1) return command(words, terminal)
  const path = words[at + 1]
  if (path === undefined || path.startsWith('--')) return badInput('missing-option', '--record: must name the file that is written, such as --record OUT.jsonl')
  if (existsSync(path)) return badInput('file-exists', `--record: ${path} is there already; a recording is not written over`)
  const written = writtenFile('--record', path)
  if (!written.ok) return written
  const rest = words.filter((word, index) => index !== at && index !== at + 1 && word !== '--record-holder')
  const opened = opening(path)
  if (!opened.ok) return opened
  const file = opened.value
  try {
    const write = (line: object): void => void writeSync(file, `${JSON.stringify(line)}\n`)
    const recorder = new Recorder({ write, now: () => performance.now(), scrub: !words.includes('--record-holder') })
    return await command(rest, { ...terminal, wire: recorder, clock: recorder.clock(terminal.clock) })
  } finally {
    closeSync(file)
  }
}

/** The card is not asked before there is something to write on. */
function opening(path: string): Result<number, Failure> {
  try {
    return ok(openSync(path, 'wx', OWNER_ONLY))
  } catch (cause) {
    return fault('cannot-write', `--record: "${path}" cannot be written: ${cause instanceof Error ? cause.message : String(cause)}`)
  }
}

async function replay([path, ...words]: readonly string[], terminal: Terminal, command: (words: readonly string[], terminal: Terminal) => Promise<Outcome>): Promise<Outcome> {
  if (path === undefined || words.length === 0) return badInput('missing-argument', 'replay: must be given a recording and the command to play it to: replay FILE.jsonl card show FILE')
  const run = readRun(path)
  if (!run.ok) return run
  const clock = (): ReturnType<Terminal['clock']> => {
    const moment = run.value.now()
    return moment === undefined ? terminal.clock() : { cardTime: moment.time, today: date(moment.today) }
  }
  const outcome = await command(words, { ...terminal, wire: run.value, clock })
  const { difference, remaining } = run.value
  if (difference !== undefined) return differs(difference)
  if (outcome.ok && remaining > 0) return ok({ text: `the command ended ${remaining} exchanges before the recording did 记录还有${remaining}步未用到`, json: { replay: 'unfinished', remaining }, exitCode: 1 })
  return outcome
}

function readRun(path: string): Result<ReplayRun, Failure> {
  const found = statSync(path, { throwIfNoEntry: false })
  if (found === undefined || !found.isFile()) return badInput('no-such-file', `recording ${path}: ${found === undefined ? 'is not there' : 'is no file'}`)
  if (found.size > RECORDING_BYTES_MAX) return badInput('file-too-large', `recording ${path}: at most ${RECORDING_BYTES_MAX} bytes`)
  const recording = parseRecording(readFileSync(path, 'utf8'))
  if (!recording.ok) return badInput('recording-malformed', `recording ${path}, line ${recording.error.line}: ${recording.error.problem}`)
  return ok(new ReplayRun(recording.value))
}

function differs({ slot, number, byte, recorded, asked }: Difference): Outcome {
  const where = byte === undefined ? '' : `, byte ${byte}`
  const lines = [`the replay differs at exchange ${number} with the ${slot}${where} 与记录不符`, `  recorded 记录: ${shown(recorded)}`, `  asked    现在: ${shown(asked)}`]
  return ok({ text: lines.join('\n'), json: { replay: 'differs', slot, number, byte: byte ?? null, recorded, asked }, exitCode: 1 })
}

const shown = ({ command, words: { zh, en } }: Side): string => `${command === '' ? '' : `${command}  `}${en} ${zh}`

/** A verdict as the tables keep it: the JSON that the terminal was told. */

import { invariant } from '../../../base/invariant.ts'
import { readEntryVerdict, writeEntryVerdict } from '../../batch/answer.ts'
import type { Verdict } from '../../batch/batch.ts'

const NOTED = '{"kind":"noted"}'

export function verdictText(verdict: Verdict): string {
  if (verdict.kind === 'noted') return NOTED
  const written = writeEntryVerdict({ sequence: 1, verdict })
  invariant('verdict' in written, 'a verdict is written with its name')
  return JSON.stringify(written.verdict)
}

export function readVerdictText(text: string): Verdict {
  const read = readEntryVerdict({ sequence: 1, verdict: JSON.parse(text) as unknown })
  invariant(read.ok, 'the centre keeps a verdict that is none')
  return read.value.verdict
}

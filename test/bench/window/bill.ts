/** Bills that the benchmarks open, made of the demonstration's lines; nobody is named, so any card pays them. */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../../../electron/build/project.ts'

interface Visit {
  readonly lines: readonly { readonly med_list_codg: string; readonly feedetl_sn?: string }[]
}

const DEMO = JSON.parse(readFileSync(join(ROOT, 'fixtures', 'visits', 'outpatient-demo.json'), 'utf8')) as Visit

/** A visit of so many lines as a hospital would write it, account untouched. */
export function visitText(number: string, lines: number): string {
  const repeated = Array.from({ length: lines }, (_none, index) => {
    const { feedetl_sn: _number, ...line } = DEMO.lines[index % DEMO.lines.length] ?? { med_list_codg: '' }
    return line
  })
  return JSON.stringify({ ...DEMO, ipt_otp_no: number, acct_used_flag: '0', lines: repeated })
}

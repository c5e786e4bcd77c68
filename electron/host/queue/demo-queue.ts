/** A queue to begin with: the visits that the terminal is delivered with, as if they were of this morning. */

import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { jsonFiles } from '../files/delivered.ts'
import { readVisitFile } from './visit-queue.ts'

const DAY_LENGTH = 'YYYY-MM-DD'.length

/** Only when the folder is not there yet, and whole or not at all: it may be the hospital's. */
export function beginQueue(folder: string, fixtures: string, today: string): void {
  if (existsSync(folder)) return
  const draft = `${folder}-new`
  rmSync(draft, { recursive: true, force: true })
  mkdirSync(draft, { recursive: true })
  const from = join(fixtures, 'queue')
  for (const file of jsonFiles(from)) {
    const visit = readVisitFile(join(from, file))
    if (!visit.ok) continue
    const { begntime, ipt_otp_no, ...rest } = visit.value
    const delivered = begntime.slice(0, DAY_LENGTH)
    const ofToday = {
      ipt_otp_no: ipt_otp_no.replace(delivered.replaceAll('-', ''), today.replaceAll('-', '')),
      begntime: begntime.replace(delivered, today),
      ...rest
    }
    writeFileSync(join(draft, file), `${JSON.stringify(ofToday, undefined, 2)}\n`)
  }
  renameSync(draft, folder)
}

/**
 * A queue to begin with: the visits that the terminal is delivered with, as if they were of this morning. Before the morning is
 * over those that would still come have just begun: a centre books nothing that lies ahead of its clock.
 */

import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { jsonFiles } from '../files/delivered.ts'
import { readableTime } from '../records/recorded-visit.ts'
import type { Moment } from '../system.ts'
import { readVisitFile } from './visit-queue.ts'

const DAY_LENGTH = 'YYYY-MM-DD'.length

/** Only when the folder is not there yet, and whole or not at all: it may be the hospital's. */
export function beginQueue(folder: string, fixtures: string, { today, cardTime }: Moment): void {
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
      begntime: earlier(begntime.replace(delivered, today), readableTime(cardTime)),
      ...rest
    }
    writeFileSync(join(draft, file), `${JSON.stringify(ofToday, undefined, 2)}\n`)
  }
  renameSync(draft, folder)
}

const earlier = (left: string, right: string): string => (left < right ? left : right)

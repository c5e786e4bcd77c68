/**
 * A queue to begin with: the visits that the terminal is delivered with, as if they were of this morning. Before the morning is
 * over those that would still come have just begun: a centre books nothing that lies ahead of its clock.
 */

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { jsonFiles } from '../files/delivered.ts'
import { beginFolder, diskSteps, type FileSteps } from '../files/file-steps.ts'
import { readableTime } from '../../../settlement/calendar/written-time.ts'
import type { Moment } from '../system.ts'
import { readVisitFile } from './visit-queue.ts'

const DAY_LENGTH = 'YYYY-MM-DD'.length

/** Only when the folder is not there yet, and whole or not at all: it may be the hospital's. */
export function beginQueue(folder: string, fixtures: string, { today, cardTime }: Moment, files: FileSteps = diskSteps): void {
  if (existsSync(folder)) return
  const visits = new Map<string, string>()
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
    visits.set(file, `${JSON.stringify(ofToday, undefined, 2)}\n`)
  }
  beginFolder(files, folder, visits)
}

const earlier = (left: string, right: string): string => (left < right ? left : right)

/** What the big run does to disks: hundreds of damaged ledgers, a full disk at every amount of room, a read-only one. */

import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Dice } from '../dice.ts'
import { Tally } from '../tally.ts'
import type { Finding } from '../torture-ports.ts'
import { makePast, tryDamage } from './damaged-ledger.ts'
import { TillOnSmallDisk } from './till-on-small-disk.ts'

export interface DiskReport {
  /** Damaged ledgers by what became of them. */
  readonly fates: Tally
  /** Settlements on a full disk by how they ended there; undefined: nothing could be mounted. */
  readonly full: Tally | undefined
  readonly findings: readonly Finding[]
}

/** From nothing to what a settlement needs, kilobytes. */
export const ROOMS = [0, 4, 8, 12, 16, 20, 24, 28, 32, 36, 40, 44, 48, 56, 64, 72, 80, 96]

export async function disksFail(seed: number, damages: number): Promise<DiskReport> {
  const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'caresettle-disk-'))
  try {
    const fates = new Tally()
    const findings = [...damagedLedgers(join(folder, 'ledger'), { seed, damages, fates })]
    const full = await fullDisk(folder, findings)
    return { fates, full, findings }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

interface Damages {
  readonly seed: number
  readonly damages: number
  readonly fates: Tally
}

/** What nobody says is a finding: facts that are gone in silence, and a fault instead of an answer. */
export function damagedLedgers(folder: string, { seed, damages, fates }: Damages): readonly Finding[] {
  const past = makePast(folder)
  const dice = new Dice(seed)
  const findings: Finding[] = []
  for (let number = 1; number <= damages; number += 1) {
    const { damage, fate, detail } = tryDamage(folder, past, dice)
    fates.add(fate)
    if (fate === 'lost' || fate === 'threw') findings.push({ where: `damaged ledger ${number} of seed ${seed}, ${damage.name}`, what: `${fate}: ${detail}` })
  }
  return findings
}

/** A ledger whose log lies beside it can be opened for reading: then the first settlement is what cannot be. */
async function settledReadOnly(till: TillOnSmallDisk): Promise<string> {
  await till.start()
  const end = await till.settle('READ-ONLY')
  await till.stop()
  return end
}

async function fullDisk(folder: string, findings: Finding[]): Promise<Tally | undefined> {
  const till = TillOnSmallDisk.mount(folder)
  if (till === undefined) return undefined
  const ends = new Tally()
  try {
    await till.start()
    for (const room of ROOMS) {
      const [full, roomAgain] = await till.settleWithRoomFor(room)
      ends.add(full)
      if (roomAgain !== 'settled' && roomAgain !== 'visit-already-settled') findings.push({ where: `disk with ${room} KB left`, what: `with room again the visit is ${roomAgain}` })
    }
    await till.stop()
    for (const failure of await till.audit()) findings.push({ where: 'disk that was full', what: failure })
    till.disk.readOnly()
    const { state, complaint } = await till.startsAs()
    const isRefused = state.startsWith('failed: ledger: ') || (state === 'ready' && (await settledReadOnly(till)) !== 'settled')
    if (!isRefused || complaint.includes('    at ')) findings.push({ where: 'read-only disk', what: `the host is ${state}: ${complaint}` })
    till.disk.writable()
    await till.start()
    const end = await till.settle('AFTERWARDS')
    if (end !== 'settled') findings.push({ where: 'disk that was read-only', what: `writable again the visit is ${end}` })
  } finally {
    await till.close()
  }
  findings.push(...till.findings)
  return ends
}

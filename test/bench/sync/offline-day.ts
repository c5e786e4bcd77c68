/**
 * What a till has to sync after some days offline: settlements of eight lines under the test region's rules, with the codes that
 * cards of the test issuer give, in a real ledger. And the centre that knows its people.
 */

import { generateKeyPairSync } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { momentOf } from '../../../electron/host/system.ts'
import type { CentreDatabase } from '../../../settlement/centre/store/centre-database.ts'
import { openCentre } from '../../../settlement/centre/store/open-centre.ts'
import { openLedger } from '../../../settlement/store/sqlite/open-ledger.ts'
import type { ClaimInput } from '../../../settlement/wire/claim-schema.ts'
import { decodeFact } from '../../../settlement/ledger/fact-decoding.ts'
import { INSTITUTION, seedCentre, terminalName, testPolicy } from '../../support/centre-of-tests.ts'
import { debitTac } from '../../support/issuer-signs.ts'
import { testCard, TestTill, type TestCard } from '../../support/test-till.ts'
import { must } from '../commit-settlement.ts'

const PEOPLE = 500
const LINES = 8
const DAYS_AGO = 10
const DAY_MS = 86_400_000
/** Settlements a group commit, so that filling is not what is waited for. */
const FILL = 500

export const TERMINAL = terminalName(1)

export const cards = (): TestCard[] => Array.from({ length: PEOPLE }, (_, index) => testCard(index + 1))

/** Writes the ledger, and the key beside it whose public half is given back. */
export function fillTill(path: string, keyPath: string, count: number): string {
  const people = cards()
  const till = new TestTill({
    terminal: TERMINAL,
    institution: INSTITUTION,
    terminalNo: '999999000001',
    policy: testPolicy(),
    tacOf: ({ issued }, debit) => debitTac(issued, debit)
  })
  const begin = Date.now() - DAYS_AGO * DAY_MS
  const ledger = must(openLedger({ path, create: true }))
  for (let number = 0; number < count; number += FILL) {
    must(ledger.batch(() => Array.from({ length: Math.min(FILL, count - number) }, (_, more) => settleInto(number + more))))
  }
  ledger.close()
  const keys = generateKeyPairSync('ed25519')
  writeFileSync(keyPath, keys.privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 })
  return keys.publicKey.export({ type: 'spki', format: 'der' }).toString('base64')

  function settleInto(number: number): void {
    const card = people[number % PEOPLE]
    if (card === undefined) return
    const { hold, postingSequence } = till.settle({ card, time: momentOf(begin + number * 1_000).cardTime, lines: linesOf(number) })
    const posting = decodeFact(till.links[postingSequence - 1]?.content ?? new Uint8Array())
    if (posting.kind !== 'posting') return
    must(ledger.hold(hold))
    must(ledger.post(posting))
  }
}

const linesOf = (number: number): ClaimInput['lines'] =>
  Array.from({ length: LINES }, (_, index) => ({
    feedetl_sn: String(index + 1),
    med_list_codg: `XA0${index}BCA0${((number * 7 + index) % 90) + 10}A001010199999`,
    name: `测试药品${(number * 3 + index) % 97}号`,
    chrgitm_lv: index % 4 === 1 ? '02' : index % 4 === 3 ? '03' : '01',
    pric: `${((number * 13 + index * 7) % 90) + 1}.${String((number * 31 + index) % 100).padStart(2, '0')}`,
    cnt: String((number % 3) + 1),
    hosp_appr_flag: '0',
    med_chrgitm_type: '09'
  }))

/** Empty but for what it must know. */
export async function makeCentre(url: string, publicKey: string): Promise<void> {
  const database = await opened(url)
  await seedCentre(database, { terminals: [TERMINAL], cards: cards() })
  await database.db.updateTable('terminal').set({ public_key: publicKey }).execute()
  await database.close()
}

export async function opened(url: string): Promise<CentreDatabase> {
  const centre = await openCentre(url)
  if (!centre.ok) throw new Error(JSON.stringify(centre.error))
  return centre.value
}

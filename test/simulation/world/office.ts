/** What is done at the centre and at the issuer's window, without any till: by the shipped operations, on the centre's own database. */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeEnrolmentCode } from '../../../settlement/centre/enrol/enrol.ts'
import { grantCredit } from '../../../settlement/centre/load/credits.ts'
import { reportFound, reportLost, setActivated } from '../../../settlement/centre/record/cards.ts'
import type { CentreQueries } from '../../../settlement/centre/store/centre-database.ts'
import { fundPayTypeOf } from '../../../settlement/policy/fund-pay-type.ts'
import { fen as asFen, formatFen, parseFen } from '../../../settlement/money/fen.ts'
import type { Centre } from './centre.ts'
import { FIXTURES, type WorldCard } from './chips.ts'
import { dayAfter } from './day.ts'
import type { EventLog } from './event-log.ts'
import type { BackOffice, PolicyChange, Registered, SimCard } from './faces.ts'
import type { Observer } from './observation.ts'
import type { Scheduler } from './scheduler.ts'

export interface OfficePorts {
  readonly centre: Centre
  readonly cards: () => readonly WorldCard[]
  readonly scheduler: Scheduler
  readonly log: EventLog
  readonly tell: Observer
}

const REGION = '999999'
const NEW_VERSION = '2'

export class Office implements BackOffice {
  readonly #ports: OfficePorts

  constructor(ports: OfficePorts) {
    this.#ports = ports
  }

  reportLost(card: SimCard, lost: 'temporary' | 'formal' = 'formal'): Promise<boolean> {
    const since = this.#ports.scheduler.moment.cardTime
    return this.#report(card, 'lost', (db, cardId) => reportLost(db, { cardId, lost, since }))
  }

  found(card: SimCard): Promise<boolean> {
    return this.#report(card, 'found', reportFound)
  }

  activate(card: SimCard): Promise<boolean> {
    return this.#report(card, 'activated', (db, cardId) => setActivated(db, cardId, true))
  }

  async register(card: SimCard, as: Registered): Promise<boolean> {
    const { centre, scheduler, log } = this.#ports
    const { today } = scheduler.moment
    const done = await centre.office(({ database }) => database.write((db) => registerHolder(db, card, as, today)))
    if (done === true) log.say('office', `has the holder registered as ${as}`, card.name)
    return done === true
  }

  unblockPin(card: SimCard): boolean {
    const found = this.#ports.cards().find(({ name }) => name === card.name)
    if (found === undefined || !found.unblock()) return false
    this.#ports.log.say('office', 'unblocks', card.name)
    this.#ports.tell({ kind: 'pin-unblocked', card: card.name })
    return true
  }

  async credit({ name, cardId }: SimCard, fen: number, reason: string): Promise<string | undefined> {
    const { centre, log, tell } = this.#ports
    const granted = await centre.office((ports) => grantCredit(ports, { cardId, amount: asFen(fen), reason }))
    if (granted?.ok !== true) return undefined
    log.say('office', 'grants', `${name} ${granted.value} ${fen}`)
    tell({ kind: 'credit-granted', card: name, credit: granted.value, fen })
    return granted.value
  }

  async enrolmentCode(institution: string): Promise<string | undefined> {
    const made = await this.#ports.centre.office((ports) => makeEnrolmentCode(ports, institution))
    return made?.ok === true ? made.value.code : undefined
  }

  /** Once; and again after the centre was put back to a day before it. */
  async publishPolicies({ from, deductibleBy }: PolicyChange): Promise<boolean> {
    const { centre, log, tell } = this.#ports
    const document = JSON.stringify(changedPolicy(NEW_VERSION, from, deductibleBy))
    const done = await centre.office(({ database }) =>
      // Two documents for one day would be a mistake: the one before ends on the day before.
      database.write(async (db) => {
        const known = await db.selectFrom('policy').select(['version', 'document']).where('region', '=', REGION).execute()
        if (known.some(({ version }) => version === NEW_VERSION)) return 'known'
        for (const { version, document: before } of known) {
          await db.updateTable('policy').set({ document: JSON.stringify(endedBefore(before, from)) }).where('region', '=', REGION).where('version', '=', version).execute()
        }
        await db.insertInto('policy').values({ region: REGION, version: NEW_VERSION, document }).execute()
        return 'published'
      })
    )
    if (done === 'published') {
      log.say('office', 'publishes', `policy ${NEW_VERSION} from ${from}`)
      tell({ kind: 'policies-published', regions: [REGION] })
    }
    return done !== undefined
  }

  async #report({ name, cardId }: SimCard, as: 'lost' | 'found' | 'activated', change: (db: CentreQueries, cardId: string) => Promise<void>): Promise<boolean> {
    const done = await this.#ports.centre.office(async ({ database }) => {
      await database.write((db) => change(db, cardId))
      return true
    })
    if (done !== true) return false
    this.#ports.log.say('office', `hears that a card is ${as}`, name)
    this.#ports.tell({ kind: 'card-reported', card: name, as })
    return true
  }
}

const AT_PHARMACIES = '41'

/** By direct writing: whom the register names is no business of this program. False: the card is nobody's there. */
async function registerHolder(db: CentreQueries, { cardId, holder, insutype }: SimCard, as: Registered, day: string): Promise<boolean> {
  const row = await db.selectFrom('card').select('psn_no').where('card_id', '=', cardId).executeTakeFirst()
  if (row === undefined) return false
  const status = as === 'suspended' ? { psn_insu_stas: '2', paus_insu_date: day } : { psn_insu_stas: '1', paus_insu_date: null }
  await db.updateTable('person').set({ certno: as === 'unknown' ? `moved ${cardId}` : holder.certno }).where('psn_no', '=', row.psn_no).execute()
  await db.updateTable('insurance').set(status).where('psn_no', '=', row.psn_no).execute()
  await db.deleteFrom('entitlement').where('psn_no', '=', row.psn_no).execute()
  if (as === 'without-pool' || as === 'without-pool-at-pharmacies') {
    const fund_pay_type = fundPayTypeOf('hifp_pay', insutype)
    const med_type = as === 'without-pool' ? null : AT_PHARMACIES
    await db.insertInto('entitlement').values({ psn_no: row.psn_no, insutype, fund_pay_type, med_type, begndate: day, enddate: null, trt_enjymnt_flag: '0', trt_chk_rslt: '待遇未享受(测试)' }).execute()
  }
  return true
}

interface PolicyDocument {
  readonly deductible: { readonly rows: readonly { readonly amount: string }[] }
}

function endedBefore(document: string, day: string): object {
  const policy = JSON.parse(document) as { readonly effective: object }
  return { ...policy, effective: { ...policy.effective, to: dayAfter(day, -1) } }
}

/** The rules of the test region, with other deductibles from a day on. */
function changedPolicy(version: string, from: string, deductibleBy: number): object {
  const document = JSON.parse(readFileSync(join(FIXTURES, 'regions', `${REGION}-test.json`), 'utf8')) as PolicyDocument
  const rows = document.deductible.rows.map((row) => ({ ...row, amount: formatFen(asFen(Math.max(0, (parseFen(row.amount) ?? 0) + deductibleBy))) }))
  return { ...document, version, effective: { from, to: null }, deductible: { ...document.deductible, rows } }
}

/** The ledger of a data folder, named by itself: it is the ledger of that folder's till, and of the till's centre. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startCentre, type CentreProcess } from '../support/centre-process.ts'
import { caresettle, caresettleJson, fixture, temporaryFolder } from '../support/command-line.ts'

const CARD_ID = '999999D15600000500000001074A7519'
const folder = temporaryFolder()
const db = `sqlite:${folder.path('centre.db')}`
const data = folder.path('.')
const ledger = folder.path('ledger.db')
const card = folder.path('card')
let centre: CentreProcess

beforeAll(async () => {
  centre = await startCentre(db)
  caresettleJson(['sync', 'connect', '--data', data, '--centre', centre.url, '--code', centre.code])
  caresettleJson(['card', 'new', '--from', fixture('cards', 'in-service-32k.json'), '--out', card])
})
afterAll(async () => {
  await centre.stop()
  folder.remove()
})

const settle = () => caresettle(['settle', '--visit', fixture('visits', 'outpatient-demo.json'), '--card', card, '--pin-stdin', '--ledger', ledger, '--json'], { stdin: '246810\n' })
const said = (run: { readonly stdout: string }) => JSON.parse(run.stdout) as { readonly error?: { readonly kind: string }; readonly medins_setl_id: string; readonly acct_pay: string; readonly amount: string }
const sync = (): void => {
  caresettleJson(['sync', '--data', data])
}

describe('a till that was connected by its data folder', () => {
  it('settles nothing with a card that its centre has given out as lost', () => {
    caresettleJson(['centre', 'report-lost', '--db', db, '--card', CARD_ID])
    sync()
    const refused = settle()
    expect([refused.exit, said(refused).error?.kind]).toEqual([3, 'card-lost'])
    caresettleJson(['centre', 'report-lost', '--db', db, '--card', CARD_ID, '--found'])
    sync()
  })

  it('numbers what it settles and refunds as its own, and loads the refund with its own signature', () => {
    const settled = said(settle())
    // Its window, 01, stands before the count.
    expect(settled.medins_setl_id).toMatch(/^H99999900001\d{14}01\d{2}$/)
    sync()
    const refund = caresettleJson(['ledger', 'refund', ledger, '--settlement', settled.medins_setl_id, '--reason', '退药']) as { correction_id: string }
    expect(refund.correction_id).toMatch(/^H99999900001\d{14}01\d{2}$/)
    sync()
    const loaded = caresettle(['load', '--ledger', ledger, '--settlement', settled.medins_setl_id, '--card', card, '--pin-stdin', '--json'], { stdin: '246810\n' })
    expect([loaded.exit, said(loaded).amount]).toEqual([0, settled.acct_pay])
    sync()
    expect(caresettleJson(['sync', 'status', '--ledger', ledger])).toEqual(caresettleJson(['sync', 'status', '--data', data]))
  })
})

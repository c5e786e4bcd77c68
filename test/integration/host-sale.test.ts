/**
 * A pharmacy's day at the window's host: scan, light, own pay, prescription, packs, PIN, paper; a pack that comes back; and what
 * the ledger remembers of it: a sold pack is not sold again, a dispensed prescription is not dispensed again, a copy verifies.
 */

import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { Params, RequestName } from '../../electron/contract/requests.ts'
import { beginPharmacy } from '../../electron/start/begin-pharmacy.ts'
import { verifyLedger } from '../../settlement/verifier/verify-ledger.ts'
import { temporaryFolder } from '../support/command-line.ts'
import { startHost, type HostTerminal } from '../support/host-terminal.ts'

const OMEPRAZOLE = '9990000000022'
const OMEPRAZOLE_PACK = '83600220000000000001'
const IBUPROFEN_PACKS = ['83600010000000000001', '83600010000000000002']
const CLASS_C_PACK = '83600520000000000001'

async function value<Name extends RequestName>(host: HostTerminal, name: Name, params: Params<Name>) {
  const answer = await host.call(name, params)
  if (!answer.ok) throw new Error(`${name}: ${JSON.stringify(answer.error)}`)
  return answer.value
}

async function bill(host: HostTerminal) {
  const { bill: open } = await value(host, 'terminal.state', {})
  if (open === null) throw new Error('no bill is open')
  return open
}

async function scan(host: HostTerminal, ...texts: string[]) {
  for (const text of texts) {
    const scanned = await host.call('sale.scan', { revision: (await bill(host)).revision, text })
    // Behind a settlement the card is read again, and the bill with it.
    if (!scanned.ok && scanned.error.kind === 'bill-stale') await scan(host, text)
    else if (!scanned.ok) throw new Error(JSON.stringify(scanned.error))
  }
  return bill(host)
}

async function settle(host: HostTerminal, presence: number) {
  await value(host, 'card.verify-pin', { presence, pin: '246810', lastTry: false })
  const { revision, outcome } = await bill(host)
  if (outcome.state !== 'computed') throw new Error(JSON.stringify(outcome))
  return value(host, 'settle', { presence, revision, cash: outcome.sums.cash })
}

async function atPharmacy(data: string, work: (host: HostTerminal) => Promise<void>): Promise<void> {
  beginPharmacy(data, 'fixtures')
  const host = await startHost({ data })
  try {
    await value(host, 'reader.pace', { pace: 'instant' })
    await work(host)
  } finally {
    await host.stop()
  }
}

it('has a sale back as it was, packs and all, when the card that was pulled proves that it paid nothing', async () => {
  const folder = temporaryFolder()
  const data = folder.path('data')
  await atPharmacy(data, async (host) => {
    const ready = () => host.heard((event) => (event.topic === 'card' && event.panel.state === 'ready' ? event.panel.card.presence : undefined))
    const first = ready()
    await value(host, 'reader.insert', { card: 'in-service-32k' })
    const { visit } = await value(host, 'sale.start', {})
    const { lines } = await scan(host, ...IBUPROFEN_PACKS)
    await value(host, 'reader.fault', { kind: 'remove-before-debit' })
    await expect(settle(host, await first)).rejects.toThrow('in-doubt')
    const again = ready()
    await value(host, 'reader.insert', { card: 'in-service-32k' })
    const presence = await again
    const back = await bill(host)
    expect([back.visit.visitNo, back.lines.map(({ sale }) => sale?.packs)]).toEqual([visit.visitNo, lines.map(({ sale }) => sale?.packs)])
    expect(await settle(host, presence)).toMatchObject({ state: 'settled', visit: { visitNo: visit.visitNo } })
  })
  folder.remove()
})

it('sells on a prescription, prints every pack, takes one back, and remembers all of it', async () => {
  const folder = temporaryFolder()
  const data = folder.path('data')
  await atPharmacy(data, async (host) => {
    const card = host.heard((event) => (event.topic === 'card' && event.panel.state === 'ready' ? event.panel.card : undefined))
    await value(host, 'reader.insert', { card: 'in-service-32k' })
    const { presence } = await card
    await value(host, 'sale.start', {})
    const [rx] = await value(host, 'sale.prescriptions', {})
    const text = rx?.text ?? ''
    await scan(host, OMEPRAZOLE, CLASS_C_PACK, ...IBUPROFEN_PACKS)
    expect((await bill(host)).lines.map(({ sale }) => sale?.verdict.light)).toEqual(['forbidden', 'own-money', 'covered'])
    const { revision } = await scan(host, text, OMEPRAZOLE_PACK)
    await value(host, 'sale.review', { revision, passed: true, note: '' })

    const statement = await settle(host, presence)
    expect(statement.sale).toMatchObject({ rx: { number: rx?.number, kind: 'electronic' }, replaces: null })
    expect(statement.lines.map(({ line, ownPay, sale }) => [line, ownPay, sale?.packs.map(({ traceCode }) => traceCode), sale?.ownPayReason !== null])).toEqual([
      ['1', '0.00', [OMEPRAZOLE_PACK], false],
      ['2', '26.40', [CLASS_C_PACK], true],
      ['3', '0.00', IBUPROFEN_PACKS, false]
    ])

    const { settlementId } = statement
    await value(host, 'sale.return', { settlementId, packs: [{ line: '3', codes: ['83600010000000000001'], quantity: '1' }], reason: '多买了' })
    const anew = await settle(host, presence)
    expect([anew.sale?.replaces, anew.sums.total]).toEqual([statement.visit.visitNo, '59.20'])

    await value(host, 'sale.start', {})
    const again = await scan(host, OMEPRAZOLE, text, OMEPRAZOLE_PACK, ...IBUPROFEN_PACKS)
    const kinds = again.lines.map(({ sale }) => sale?.verdict.reasons.filter(({ effect }) => effect === 'forbids').map(({ kind, what }) => [kind, what.zh.includes('0000000000002')]))
    expect(kinds[0]).toEqual(expect.arrayContaining([['already-dispensed', false], ['trace-code-sold', false]]))
    expect(kinds[1]).toEqual([['trace-code-sold', true]])
    const found = await value(host, 'records.search', { from: '2000-01-01', to: '2000-01-02', text: 'no such', state: 'all', after: null, limit: 5 })
    expect(found.rows).toEqual([])
    const byPack = await value(host, 'records.search', { from: '2000-01-01', to: '2000-01-02', text: OMEPRAZOLE_PACK, state: 'all', after: null, limit: 5 })
    expect(byPack.rows.map((row) => [row.settlementId, row.isSale])).toEqual([[anew.settlementId, true]])
  })
  const verified = verifyLedger(join(data, 'ledger.db'))
  expect(verified).toMatchObject({ ok: true, value: { findings: [] } })
  folder.remove()
})

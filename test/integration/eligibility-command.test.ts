import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { mkdirSync, writeFileSync } from 'node:fs'
import { caresettleHere, fixture, temporaryFolder } from '../support/command-line.ts'

let folder: ReturnType<typeof temporaryFolder>
beforeEach(() => {
  folder = temporaryFolder()
})
afterEach(() => folder.remove())

const IBUPROFEN = 'XM01AEB090A001010199999'
const VALSARTAN = 'XC09CAL095A002010199999'

async function asked(...words: string[]) {
  const { exit, stdout, stderr } = await caresettleHere(['eligibility', ...words, '--json'])
  return { exit, stderr, answer: exit === 0 || exit === 1 ? (JSON.parse(stdout) as { readonly on: string; readonly items: readonly { readonly cover: string; readonly reasons: readonly { readonly kind: string }[] }[] }) : undefined }
}

describe('caresettle eligibility', () => {
  it('answers of an item by the general rules, and exits with 1 when it may not be sold', async () => {
    const otc = await asked('--item', IBUPROFEN, '--days', '5')
    expect([otc.exit, otc.answer?.items[0]?.cover]).toEqual([0, 'covered'])
    const rx = await asked('--item', VALSARTAN)
    expect([rx.exit, rx.answer?.items[0]?.reasons[0]?.kind]).toEqual([1, 'prescription-missing'])
  })

  it('answers for the holder of a card, with what is known of the person', async () => {
    const card = folder.path('in-arrears.card')
    expect((await caresettleHere(['card', 'new', '--from', fixture('cards', 'in-service-16k.json'), '--out', card])).exit).toBe(0)
    const { exit, answer } = await asked('--item', IBUPROFEN, '--card', card)
    expect([exit, answer?.items[0]?.cover, answer?.items[0]?.reasons[0]?.kind]).toEqual([0, 'own-money', 'in-arrears'])
  })

  it('takes the delivered people as a file, its days as of today', async () => {
    const card = folder.path('in-arrears.card')
    await caresettleHere(['card', 'new', '--from', fixture('cards', 'in-service-16k.json'), '--out', card])
    const { exit, answer } = await asked('--item', IBUPROFEN, '--card', card, '--people', fixture('people', 'people.json'))
    expect([exit, answer?.items[0]?.reasons[0]?.kind]).toEqual([0, 'in-arrears'])
  })

  it('answers a whole question, on the day that it is asked for', async () => {
    const question = folder.path('question.json')
    const person = { psn_type: '11', insutype: '310', insuplc_admdvs: '999999', gend: '1', brdy: '1990-01-01' }
    const place = { fixmedins_code: 'P99999900001', admdvs: '999999', kind: 'pharmacy', level: 0, pooling: true, dual_channel: false }
    writeFileSync(question, JSON.stringify({ on: '2026-11-27', person, place, med_type: '41', items: [{ med_list_codg: IBUPROFEN, cnt: '1', pric: '6.80' }] }))
    const { exit, answer, stderr } = await asked('--question', question, '--on', '2026-12-01')
    expect([exit, answer?.on, stderr]).toEqual([0, '2026-12-01', ''])
  })

  it('looks an item up in the catalogue of the data folder, unless a file is named', async () => {
    const [own, data] = [folder.path('own.json'), folder.path('data')]
    mkdirSync(data)
    writeFileSync(own, JSON.stringify({ version: 'own', items: [{ med_list_codg: 'OWN-1', name: '本店药(测试)', chrgitm_lv: '03', med_chrgitm_type: '09', rx_flag: '0', pric: '9.00' }] }))
    expect((await asked('--item', 'OWN-1', '--data', data)).stderr).toContain('code "OWN-1" is refused')
    expect((await caresettleHere(['catalogue', 'import', '--data', data, own])).exit).toBe(0)
    const { exit, answer } = await asked('--item', 'OWN-1', '--data', data)
    expect([exit, answer?.items[0]?.reasons[0]?.kind]).toEqual([0, 'class-c'])
    expect((await asked('--item', IBUPROFEN, '--data', data)).stderr).toContain(`code "${IBUPROFEN}" is refused`)
    expect((await asked('--item', IBUPROFEN, '--data', data, '--catalogue', fixture('catalogue', 'demo.json'))).exit).toBe(0)
  })

  it('names what it cannot act on', async () => {
    expect((await asked('--item', 'XXX')).stderr).toContain('code "XXX" is refused')
    expect((await asked('--item', IBUPROFEN, '--on', '2026-02-30')).stderr).toContain('--on "2026-02-30" is refused')
    expect((await asked('--item', IBUPROFEN, '--on', '2010-01-01')).exit).toBe(2)
    expect((await asked()).exit).toBe(2)
  })
})

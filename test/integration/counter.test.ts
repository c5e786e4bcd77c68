/** Every fixture card at the counter of the test hospital: what a cashier meets, from the card's own bytes. */

import { linkSync, readFileSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import { lockFile } from '../../electron/host/file-lock.ts'
import { caresettleHere, fixture, temporaryFolder, type Run } from '../support/command-line.ts'

const folder = temporaryFolder()
const VISIT = fixture('visits', 'outpatient-demo.json')
afterAll(() => folder.remove())

async function newCard(name: string, file = name): Promise<string> {
  const card = folder.path(`${file}.card`)
  const made = await caresettleHere(['card', 'new', '--from', fixture('cards', `${name}.json`), '--out', card])
  expect(made.exit, made.stderr).toBe(0)
  return card
}

const settle = (card: string, pin: string, visit = VISIT): Promise<Run> =>
  caresettleHere(['settle', '--visit', visit, '--card', card, '--pin-stdin', '--ledger', `${card}.db`, '--json'], {
    stdin: `${pin}\n`
  })

const errorKind = (run: Run): string => (JSON.parse(run.stdout) as { error: { kind: string } }).error.kind

describe('cards that settle', () => {
  it.each([
    ['in-service-32k', '246810', '2760.00', '2038.63'],
    ['retired-32k', '246810', '5120.35', '4405.91'],
    ['resident-adult', '246810', undefined, undefined],
    ['child', '135790', undefined, undefined],
    ['rare-name', '246810', undefined, undefined],
    ['v3-contactless', '246810', undefined, undefined],
    ['pboc-profile', '246810', undefined, undefined]
  ])('%s', async (name, pin, before, after) => {
    const run = await settle(await newCard(name), pin)
    expect(run.exit, run.stderr).toBe(0)
    const statement = JSON.parse(run.stdout) as Record<string, string> & { card: { serial_before: number; serial_after: number } }
    if (before !== undefined) expect([statement['balance_before'], statement['balance_after']]).toEqual([before, after])
    expect(fenOf(statement['balance_before']) - fenOf(statement['acct_pay'])).toBe(fenOf(statement['balance_after']))
    expect(statement.card.serial_after).toBe(statement.card.serial_before + 1)
    expect((await caresettleHere(['ledger', 'verify', `${folder.path(name)}.card.db`])).exit).toBe(0)
  })

  it('an empty purse pays nothing, the patient pays cash', async () => {
    const run = await settle(await newCard('empty-purse'), '246810')
    expect(run.exit, run.stderr).toBe(0)
    const statement = JSON.parse(run.stdout) as Record<string, string>
    expect([statement['acct_pay'], statement['psn_cash_pay']]).toEqual(['0.00', statement['psn_part_amt']])
  })

  it('a card of a region that settles online only signs: its account stays untouched', async () => {
    const run = await settle(await newCard('online-mode'), '246810')
    expect(run.exit, run.stderr).toBe(0)
    const statement = JSON.parse(run.stdout) as Record<string, string> & { card: { signed: object } }
    expect([statement['balance_before'], statement['acct_pay']]).toEqual([null, '0.00'])
    expect(statement.card.signed).toMatchObject({ account: '0.00', own: '818.47' })
  })
})

describe('a card with its first PIN', () => {
  it('is refused until the holder has changed it, then settles', async () => {
    const card = await newCard('in-service-16k', 'first-pin')
    expect(errorKind(await settle(card, '1234'))).toBe('first-pin-unchanged')
    expect((await caresettleHere(['card', 'change-pin', card, '--pin-stdin'], { stdin: '1234\n2468\n' })).exit).toBe(0)
    expect((await caresettleHere(['card', 'change-pin', card, '--pin-stdin'], { stdin: '2468\n1234\n' })).exit).toBe(3)
    const run = await settle(card, '2468')
    expect(run.exit, run.stderr).toBe(0)
    expect((JSON.parse(run.stdout) as { card: { evidence: string } }).card.evidence).toBe('debit-answer')
  })
})

describe('a visit that says otherwise than the card or the clock', () => {
  const changed = (name: string, change: object): string => {
    const path = folder.path(`${name}.json`)
    writeFileSync(path, JSON.stringify({ ...(JSON.parse(readFileSync(VISIT, 'utf8')) as object), ...change }))
    return path
  }

  it.each([
    ['a day to come', { begntime: '2099-01-01' }, 'begntime'],
    ['another insurance type', { insured: { insutype: '390' } }, 'insured.insutype'],
    ['another insured place', { insured: { insuplc_admdvs: '370900' } }, 'insured.insuplc_admdvs'],
    ['another patient', { patient: { certno: '000000195503120227' } }, 'certno']
  ])('%s is refused by its field, and costs nothing', async (name, change, field) => {
    const file = name.replaceAll(' ', '-')
    const card = await newCard('in-service-32k', file)
    const run = await settle(card, '246810', changed(file, change))
    expect([run.exit === 2 || run.exit === 3, run.stderr.includes(field)]).toEqual([true, true])
    const shown = await caresettleHere(['card', 'show', card, '--pin-stdin', '--json'], { stdin: '246810\n' })
    expect((JSON.parse(shown.stdout) as { balance: string }).balance).toBe('2760.00')
  })

  it('what the register adds is believed: a suspended person gets no fund money', async () => {
    const card = await newCard('in-service-32k', 'suspended')
    const run = await settle(card, '246810', changed('suspended', { insured: { psn_insu_stas: '2' } }))
    expect(run.exit, run.stderr).toBe(0)
    expect(JSON.parse(run.stdout)).toMatchObject({ fund_pay_sumamt: '0.00', acct_pay: '818.47' })
  })
})

describe('one card file under two names', () => {
  it('a symbolic link is the same card, and the same lock', async () => {
    const card = await newCard('in-service-32k', 'linked')
    const link = folder.path('link.card')
    symlinkSync(card, link)
    expect((await settle(link, '246810')).exit).toBe(0)
    const lock = lockFile(realpathSync(card))
    expect(errorKind(await settle(link, '246810'))).toBe('file-in-use')
    if (lock.ok) lock.value.free()
  })

  it('a hard link is refused: two names, two locks, one purse', async () => {
    const card = await newCard('in-service-32k', 'hard')
    linkSync(card, folder.path('hard-link.card'))
    const run = await settle(card, '246810')
    expect([run.exit, errorKind(run)]).toEqual([2, 'several-names'])
  })
})

describe('a locked card', () => {
  it('is freed by the issuer with the old PIN or a new one', async () => {
    const card = await newCard('pin-locked', 'freed')
    expect((await caresettleHere(['card', 'unlock', card])).exit).toBe(0)
    expect((await caresettleHere(['card', 'unlock', card])).exit).toBe(3)
    expect(errorKind(await settle(card, '000000'))).toBe('wrong-pin')
    for (let tries = 0; tries < 5; tries++) await settle(card, '000000')
    expect(errorKind(await settle(card, '000000'))).toBe('pin-locked')
    expect((await caresettleHere(['card', 'unlock', card, '--pin-stdin'], { stdin: '864200\n' })).exit).toBe(0)
    expect((await settle(card, '864200')).exit).toBe(0)
  })
})

describe('cards that do not', () => {
  it.each([
    ['bank-card', 'not-a-social-security-card'],
    ['blank', 'blank-card'],
    ['counterfeit', 'not-genuine'],
    ['application-blocked', 'card-blocked'],
    ['expired', 'card-expired'],
    ['lost', 'card-lost'],
    ['not-activated', 'card-not-activated'],
    ['pin-locked', 'pin-locked'],
    ['other-region', 'other-region']
  ])('%s is refused as %s, in one line, and nothing is charged', async (name, kind) => {
    const run = await settle(await newCard(name), '123456')
    expect([run.exit, errorKind(run)]).toEqual([3, kind])
    expect(run.stderr.trimEnd().split('\n')).toHaveLength(1)
  })

  it('the last wrong PIN locks the card, then the right one is of no use, and neither is in any output', async () => {
    const card = await newCard('low-tries')
    const wrong = await settle(card, '975310')
    expect([wrong.exit, errorKind(wrong)]).toEqual([3, 'pin-locked'])
    expect(`${wrong.stdout}${wrong.stderr}`).not.toContain('975310')
    const right = await settle(card, '246810')
    expect([right.exit, errorKind(right)]).toEqual([3, 'pin-locked'])
    expect(`${right.stdout}${right.stderr}`).not.toContain('246810')
  })

  it('the PIN counter is the card file\'s: it survives the process', async () => {
    const card = await newCard('in-service-32k', 'counted')
    expect(errorKind(await settle(card, '111111'))).toBe('wrong-pin')
    const shown = await caresettleHere(['card', 'show', card, '--json'])
    expect((JSON.parse(shown.stdout) as { pin_tries_left: number }).pin_tries_left).toBe(5)
  })
})

const fenOf = (text: string | undefined): number => Math.round(Number(text) * 100)

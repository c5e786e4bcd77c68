/**
 * Everything of a card that outlives its supply and that commands can tell, read from a copy of its memory: looking never
 * changes the card that is looked at. Two observations are equal when no terminal can tell the two cards apart.
 */

import { CardUnderTest } from './card-under-test.ts'
import { SAMPLE_CARD } from './sample-card.ts'

export const FIRST_PIN = '123456'
export const SECOND_PIN = '246810'

export type Observation = Readonly<Record<string, string>>

export function observe(image: Uint8Array): Observation {
  const open = (): CardUnderTest => new CardUnderTest(image, { region: SAMPLE_CARD.region })
  const pin = [FIRST_PIN, SECOND_PIN].find((candidate) => open().send(`0020000003${candidate}`) === '9000')
  return {
    'select SSSE': open().selectSsse().slice(-4),
    'select DF04': open().selectMedical().slice(-4),
    'PIN tries': open().send('00200000'),
    PIN: pin ?? 'none that works',
    'PUK tries': wrongAuthentication(open(), '06'),
    'RKSSSE tries': wrongAuthentication(open(), '0A'),
    ...proofs(open()),
    ...(pin === undefined ? {} : account(open(), pin))
  }
}

function wrongAuthentication(card: CardUnderTest, id: string): string {
  card.send('0084000008')
  return card.send(`008200${id}10${'00'.repeat(16)}`)
}

function proofs(card: CardUnderTest): Observation {
  card.selectMedical()
  const asked = ['31', '32'].flatMap((type) => ['0003', '0004', '0005', '0006', '0007'].map((serial) => [type, serial]))
  return Object.fromEntries(
    asked.map(([type, serial]) => [`proof ${type} ${serial}`, card.sendAndFetch(`B02E00${type}02${serial}`)])
  )
}

function account(card: CardUnderTest, pin: string): Observation {
  card.send(`0020000003${pin}`)
  card.selectMedical()
  const seen: Record<string, string> = {
    balance: card.send('B026000104'),
    'own total': card.send('B026000206'),
    'pooled total': card.send('B026000306')
  }
  card.authenticate('RK1DF04', '84')
  for (const [file, records] of [
    ['EF06', ['920000', '930000']],
    ['EF08', ['010400', '020400', '030400']],
    ['EF15', ['010400', '020400', '030400']]
  ] as const) {
    card.send(`00A4000002${file}`)
    for (const record of records) seen[`${file} ${record}`] = card.send(`00B2${record}`)
  }
  card.authenticate('RKSSSE', '0A')
  card.selectSsse()
  card.send('00A4000002EF08')
  seen['photo'] = card.send('00B0000020')
  card.selectMedical()
  seen['purchase serial'] = card.sendAndFetch(`B02801011301${'00'.repeat(12)}999999000001`).slice(0, 4)
  seen['load serial'] = card.sendAndFetch('B02800010B0100000000999999000001').slice(8, 12)
  return seen
}

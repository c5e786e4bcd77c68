/** What the back office says of cards, and asks about them, from the command line. */

import { afterAll, beforeAll, expect, it } from 'vitest'
import { caresettle, caresettleJson, temporaryFolder } from '../support/command-line.ts'

const folder = temporaryFolder()
const db = `sqlite:${folder.path('centre.db')}`
/** Item 01 of the fixture card in-service-32k. */
let card = ''

beforeAll(() => {
  caresettleJson(['centre', 'seed', '--db', db])
  const path = folder.path('card')
  expect(caresettle(['card', 'new', '--from', 'fixtures/cards/in-service-32k.json', '--out', path]).exit).toBe(0)
  card = (caresettleJson(['card', 'show', path]) as { card_id: string }).card_id
})
afterAll(() => folder.remove())

it('a card is lost by telephone, then in person, and found again', () => {
  expect(caresettleJson(['centre', 'report-lost', '--db', db, '--card', card])).toMatchObject({ card_id: card, lost: 'temporary' })
  expect(caresettleJson(['centre', 'report-lost', '--db', db, '--card', card, '--formal'])).toMatchObject({ lost: 'formal' })
  expect(caresettleJson(['centre', 'report-lost', '--db', db, '--card', card, '--found'])).toEqual({ card_id: card, lost: '', since: '' })
})

it('a card is put into use, and is as it was handed out again', () => {
  expect(caresettleJson(['centre', 'activate', '--db', db, '--card', card, '--undo'])).toEqual({ card_id: card, activated: false })
  expect(caresettleJson(['centre', 'activate', '--db', db, '--card', card])).toEqual({ card_id: card, activated: true })
  const unknown = caresettle(['centre', 'activate', '--db', db, '--card', '00', '--json'])
  expect([unknown.exit, (JSON.parse(unknown.stdout) as { error: { kind: string } }).error.kind]).toEqual([2, 'card-unknown'])
})

it('a card that nobody issued, both words at once, and no card are bad input', () => {
  const asked = (...words: string[]) => {
    const run = caresettle(['centre', 'report-lost', '--db', db, ...words, '--json'])
    return [run.exit, (JSON.parse(run.stdout) as { error: { kind: string } }).error.kind]
  }
  expect(asked('--card', '00')).toEqual([2, 'card-unknown'])
  expect(asked('--card', card, '--formal', '--found')).toEqual([2, 'options-exclude'])
  expect(asked()).toEqual([2, 'missing-option'])
})

it('nobody has signed anything yet that was not told of, and no pack was sold twice', () => {
  expect(caresettleJson(['centre', 'gaps', '--db', db])).toEqual([])
  expect(caresettleJson(['centre', 'trace-codes', '--db', db])).toEqual([])
})

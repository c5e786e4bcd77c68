/**
 * The PIN of the card against a model of four fields, under random histories: tries right, wrong and malformed, changes,
 * questions, resets, losses of power inside a command, and the card taken up again from the bytes of its memory.
 */

import fc from 'fast-check'
import { expect, it } from 'vitest'
import { PowerLost } from '../../card/ports.ts'
import { CardUnderTest, cardUnderTest } from './card-under-test.ts'
import { SAMPLE_CARD } from './sample-card.ts'

interface PinModel {
  readonly limit: number
  left: number
  pin: string
  verified: boolean
}

interface Real {
  card: CardUnderTest
}

type PinCommand = fc.Command<PinModel, Real>

const counter = (left: number): string => `63C${left.toString(16).toUpperCase()}`

/** What the card must answer when nothing is tried. */
const answerToQuery = ({ left, verified }: PinModel): string => (left === 0 ? '6983' : verified ? '9000' : counter(left))

/** What one try answers, and what it leaves. */
function tried(model: PinModel, right: boolean, onRight: () => void): string {
  if (model.left === 0) return '6983'
  if (!right) {
    model.left -= 1
    model.verified = false
    return counter(model.left)
  }
  model.left = model.limit
  onRight()
  return '9000'
}

const otherThan = (pin: string): string => (pin === '111111' ? '222222' : '111111')

/** What the card said, and what the model says it should have. */
interface Said {
  readonly answer: string
  readonly expected: string
}

/** After every step the card's own count must be the model's. */
const step = (name: string, act: (model: PinModel, real: Real) => Said | undefined): PinCommand => ({
  check: () => true,
  run(model, real) {
    const said = act(model, real)
    if (said !== undefined && said.answer !== said.expected) throw new Error(`${name}: ${said.answer}, not ${said.expected}`)
    const count = real.card.send('00200000')
    if (count !== answerToQuery(model)) throw new Error(`after ${name}: count ${count}, not ${answerToQuery(model)}`)
  },
  toString: () => name
})

const verifyRight = step('verify the right PIN', (model, { card }) => ({
  answer: card.send(`0020000003${model.pin}`),
  expected: tried(model, true, () => (model.verified = true))
}))

const verifyWrong = step('verify a wrong PIN', (model, { card }) => ({
  answer: card.send(`0020000003${otherThan(model.pin)}`),
  expected: tried(model, false, () => undefined)
}))

const verifyOtherLength = step('verify a wrong PIN of 8 digits', (model, { card }) => ({
  answer: card.send(`0020000004${model.pin}00`),
  expected: tried(model, false, () => undefined)
}))

const verifyMalformed = step('verify one byte', (_, { card }) => ({ answer: card.send('002000000112'), expected: '6700' }))

const change = (pin: string): PinCommand =>
  step(`change to ${pin}`, (model, { card }) => ({
    answer: card.send(`805E010007${model.pin}FF${pin}`),
    expected: tried(model, true, () => (model.pin = pin))
  }))

const changeWrong = step('change with a wrong old PIN', (model, { card }) => ({
  answer: card.send(`805E010007${otherThan(model.pin)}FF333333`),
  expected: tried(model, false, () => undefined)
}))

const changeMalformed = step('change to no PIN', (model, { card }) => ({
  answer: card.send(`805E010007${model.pin}FFABCDEF`),
  expected: '6A80'
}))

const reset = step('reset', (model, { card }) => {
  card.chip.reset()
  model.verified = false
  return undefined
})

const powerCycle = step('power off and on', (model, { card }) => {
  card.powerCycle()
  model.verified = false
  return undefined
})

const reopen = step('take the card up again from its bytes', (model, real) => {
  real.card = new CardUnderTest(real.card.medium.snapshot())
  model.verified = false
  return undefined
})

/** A cut may cost the try of a right PIN and never gives one back; a wrong PIN is counted or was never tried. */
const torn = (right: boolean, bytes: number): PinCommand =>
  step(`${right ? 'right' : 'wrong'} PIN, power lost after ${bytes} bytes`, (model, { card }) => {
    card.medium.cutAfter(bytes)
    const sw = sendUntilCut(card, `0020000003${right ? model.pin : otherThan(model.pin)}`)
    card.medium.restorePower()
    card.powerCycle()
    model.verified = false
    if (sw !== undefined) return { answer: sw, expected: tried(model, right, () => undefined) }
    const answer = card.send('00200000')
    const possible = right ? [model.left, model.left - 1, model.limit] : [model.left, model.left - 1]
    const left = possible.find((candidate) => answerToQuery({ ...model, left: candidate }) === answer)
    if (left === undefined) return { answer, expected: `one of ${possible.join(', ')} tries` }
    model.left = left
    return undefined
  })

/** undefined: the supply went before the answer. */
function sendUntilCut(card: CardUnderTest, command: string): string | undefined {
  try {
    return card.send(command)
  } catch (fault) {
    if (fault instanceof PowerLost) return undefined
    throw fault
  }
}

const DIGITS = fc.stringMatching(/^\d{6}$/)
/** A right VERIFY writes two units of 13 bytes with their marks. */
const CUT_MAX = 30

const history = fc.commands(
  [
    fc.constantFrom(verifyRight, verifyWrong, verifyWrong, verifyOtherLength, verifyMalformed),
    DIGITS.map(change),
    fc.constantFrom(changeWrong, changeMalformed),
    fc.constantFrom(reset, powerCycle, reopen),
    fc.tuple(fc.boolean(), fc.nat(CUT_MAX)).map(([right, bytes]) => torn(right, bytes))
  ],
  { maxCommands: 40 }
)

it('the counter is never wrong and locks exactly at the limit, for limits 1 to 15', () => {
  let locked = 0
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 15 }), history, (limit, commands) => {
      const model: PinModel = { limit, left: limit, pin: '123456', verified: false }
      fc.modelRun(() => {
        const card = cardUnderTest({ ...SAMPLE_CARD, region: '999999', pin: { value: model.pin, triesMax: limit } })
        return { model, real: { card } }
      }, commands)
      if (model.left === 0) locked += 1
    }),
    { numRuns: 400, seed: 20_260_315 }
  )
  // Not vacuous: a good part of the histories does lock the card.
  expect(locked).toBeGreaterThan(40)
})

it.each(Array.from({ length: 15 }, (_, index) => index + 1))('limit %i: so many wrong PINs and not one more', (limit) => {
  const card = cardUnderTest({ ...SAMPLE_CARD, pin: { value: '123456', triesMax: limit } })
  for (let left = limit - 1; left >= 0; left--) {
    expect(card.send('00200000')).toBe(counter(left + 1))
    expect(card.send('0020000003000000')).toBe(counter(left))
    card.powerCycle()
  }
  expect(card.send('0020000003123456')).toBe('6983')
})

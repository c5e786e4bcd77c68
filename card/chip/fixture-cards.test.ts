/** Every card file of the fixtures, proved against its own description: what a reader would see of it. */

import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { cardUnderTest } from '../../test/chip/card-under-test.ts'

const FOLDER = new URL('../../fixtures/cards/', import.meta.url)

const names = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.json'))
  .map((name) => name.slice(0, -'.json'.length))

/** The card of that file, powered, with SSSE selected as a terminal does first. */
const insert = (name: string) => cardUnderTest(JSON.parse(readFileSync(new URL(`${name}.json`, FOLDER), 'utf8')))

describe('the fixture cards', () => {
  it('are at least twelve', () => expect(names.length).toBeGreaterThanOrEqual(12))

  it.each(names)('%s personalises and answers to reset', (name) => {
    expect(insert(name).atr).toMatch(/^3B/)
  })
})

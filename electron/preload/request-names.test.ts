import { describe, expect, it } from 'vitest'
import { REQUESTS } from '../contract/requests.ts'
import { mayPass } from './request-names.ts'

describe('the names that pass the preload', () => {
  it('are those of the contract', () => {
    expect(Object.keys(REQUESTS).filter((name) => !mayPass(name))).toEqual([])
  })

  it.each(['ledger.erase', '', '__proto__', 'constructor', 'toString', 7, null, ['settle']])('are not %j', (name) => {
    expect(mayPass(name)).toBe(false)
  })
})

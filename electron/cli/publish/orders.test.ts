import { describe, expect, it } from 'vitest'
import { parseOrder } from './orders.ts'

describe('orders to a published card', () => {
  it.each([
    ['insert', { order: 'insert' }],
    ['  remove ', { order: 'remove' }],
    ['fault cut-in-debit', { order: 'fault', fault: 'cut-in-debit' }],
    ['faults', { order: 'faults' }],
    ['clear', { order: 'clear' }],
    ['quit', { order: 'quit' }],
    ['{"order": "fault", "fault": "mute"}', { order: 'fault', fault: 'mute' }],
    ['', undefined]
  ])('%s', (line, order) => {
    expect(parseOrder(line)).toEqual({ ok: true, value: order })
  })

  it.each(['eject', 'fault', 'fault nothing', 'fault mute mute', 'insert now', '{"order": "fault"', '{"order": "insert", "slot": 1}'])('%s is none', (line) => {
    expect(parseOrder(line)).toEqual({
      ok: false,
      error:
        `"${line}" is no order; allowed: insert, remove, fault KIND, faults, clear, quit; KIND: mute, lose-answer, truncate, ` +
        'remove-before-debit, remove-after-debit, cut-in-debit, lose-debit-answer, foreign-reset'
    })
  })
})

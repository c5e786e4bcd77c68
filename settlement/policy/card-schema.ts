/** What a place rules about its cards: first PINs, tries, offline debits. No effect on the amounts. */

import { z } from 'zod'
import { amountField, textField } from '../wire/fields.ts'
import { CERTAINTIES } from './policy-parts.ts'

export const cardSchema = z.strictObject({
  first_pins: z
    .array(
      z.string().regex(/^(\d{4,12}|last-6-of-card-number)$/, 'must be 4 to 12 digits or "last-6-of-card-number"'),
      'must be a list'
    )
    .default([])
    .describe('PINs that cards are issued with, to recognise a card whose PIN was never changed.'),
  pin_try_limit: z
    .int('must be a whole number')
    .min(1, 'must be 1 to 15')
    .max(15, 'must be 1 to 15')
    .optional()
    .describe('Wrong tries until the card locks. For texts only: the card itself counts.'),
  settlement: z
    .enum(['online', 'temporary-offline', 'offline'])
    .default('offline')
    .describe(
      'Whether the account on a card may be debited. "online": never. "temporary-offline" and "offline" (the default): what the card\'s own use mode allows.'
    ),
  offline_limit: z
    .strictObject({
      amount: amountField.describe('Most the account may pay in one offline settlement, yuan.'),
      count: z
        .int('must be a whole number')
        .min(0, 'must be at least 0')
        .max(9999, 'must be at most 9999')
        .describe('Offline settlements in a row, at most.')
    })
    .optional()
    .describe('Bounds of an offline debit.'),
  centre_answer_days_max: z
    .int('must be a whole number')
    .min(1, 'must be 1 to 366')
    .max(366, 'must be 1 to 366')
    .optional()
    .describe(
      'For a terminal that is connected to a centre: how many days old what it knows of the centre (policies, lost cards, entitlements) may be. When it is older no fund pays until the centre has answered again. Left out: no limit.'
    ),
  source: textField(300).default('not stated').describe('Where this was published.'),
  certainty: z.enum(CERTAINTIES).default('not stated').describe('How sure it is.')
})

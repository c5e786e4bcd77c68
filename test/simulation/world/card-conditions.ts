/** What kinds of cards wander about, by the fixture that each is made of; the common ones come more often. */

export const CARD_CONDITIONS = [
  'in-service-32k',
  'in-service-16k',
  'retired-32k',
  'resident-adult',
  'child',
  'rare-name',
  'v3-contactless',
  'empty-purse',
  'low-tries',
  'expired',
  'other-region',
  'online-mode',
  'pin-locked',
  'application-blocked',
  'not-activated',
  'lost',
  'pboc-profile',
  'counterfeit',
  'bank-card',
  'blank'
] as const

export type CardCondition = (typeof CARD_CONDITIONS)[number]

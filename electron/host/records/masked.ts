const SHOWN = 4

/** "*****4567": enough to recognise one's own number by. */
export const masked = (number: string): string => number.slice(-SHOWN).padStart(number.length, '*')

/** As long as the number on a card. */
const CODE_SHOWN = 9

/** Of a card that has no number, or none that is known: the end of its own code, which has 32 digits. */
export const maskedCode = (cardId: string): string => masked(cardId.slice(-CODE_SHOWN))

/**
 * How a name lies in the full-text index. Chinese has no spaces, so two neighbouring characters are a word; a part of a name is
 * then a phrase: 莫西林 is "莫西 西林". Single characters have a column of their own.
 */

const bigrams = (characters: readonly string[]): string[] => characters.slice(1).map((character, index) => `${characters[index] ?? ''}${character}`)

export interface Grams {
  readonly name: string
  readonly initials: string
  readonly chars: string
}

export const gramsOf = (name: string, initials: string): Grams => ({
  name: bigrams(Array.from(name)).join(' '),
  initials: bigrams(Array.from(initials)).join(' '),
  chars: [...new Set(name)].join(' ')
})

/** The phrase that finds a part; undefined where there is nothing that a phrase could be made of. */
export function phraseFor(column: 'name' | 'initials', part: string): string | undefined {
  const characters = Array.from(part)
  if (!/[\p{L}\p{N}]/u.test(part)) return undefined
  if (characters.length > 1) return `${column} : "${bigrams(characters).join(' ').replaceAll('"', ' ')}"`
  return column === 'name' ? `chars : "${part}"` : undefined
}

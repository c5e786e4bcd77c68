/** Names, codes and what is typed, brought to one form: full-width and lower-case letters are the same letters. */

export const searchKey = (text: string): string => text.normalize('NFKC').replaceAll(/\s/g, '').toUpperCase()

/** By code units; the same order in both drivers, and on every machine. */
export const byText = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0)

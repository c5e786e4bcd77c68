/** Names for PDFs. What a page asks for names a file in one folder and can neither leave it nor take another's place. */

const NAME_MAX = 80

export const safeName = (name: string): string =>
  name
    .replace(/[^A-Za-z0-9-]+/g, '-')
    .slice(0, NAME_MAX)
    .replace(/^-+|-+$/g, '') || 'statement'

/** statement.pdf, statement-2.pdf, statement-3.pdf ... */
export const numberedName = (name: string, count: number): string => (count === 1 ? `${name}.pdf` : `${name}-${count}.pdf`)

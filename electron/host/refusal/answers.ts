/** What a family of refusals says: the three answers and whose fault it was. Which refusal it is, `refusal-view.ts` adds. */

import type { RefusalView } from '../../contract/refusal-view.ts'
import type { Text } from '../../contract/text.ts'

export type Answers = Omit<RefusalView, 'kind'>

interface Said {
  readonly what: Text
  /** Left out where nobody needs to mend anything. */
  readonly mend?: Text
  /** Left out where the patient only has to wait a moment. */
  readonly today?: Text
  readonly detail?: string | undefined
}

const answers =
  (blame: RefusalView['blame']) =>
  ({ what, mend, today, detail }: Said): Answers => ({ blame, what, mend: mend ?? null, today: today ?? null, ...(detail !== undefined && { detail }) })

export const refused = answers('refusal')
export const outside = answers('outside')
export const badInput = answers('bad-input')

export const say = (zh: string, en: string): Text => ({ zh, en })

/** Joins two clauses of one answer. */
export const and = (first: Text, second: Text): Text => ({ zh: `${first.zh}；${second.zh}`, en: `${first.en}; ${second.en}` })

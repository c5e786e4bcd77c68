/** A refusal for the command line: its three answers on one line, in each language. */

import type { RefusalView } from '../contract/refusal-view.ts'
import type { Text } from '../contract/text.ts'
import type { CounterRefusal } from './counter-refusal.ts'
import { and } from './refusal/answers.ts'
import { refusalView } from './refusal/refusal-view.ts'

export interface RefusalText extends Text {
  /** bad-input: the visit; refusal: card or rules; outside: disk, reader. */
  readonly blame: RefusalView['blame']
}

export const refusalText = (refusal: CounterRefusal): RefusalText => lineOf(refusalView(refusal))

export function lineOf({ blame, what, mend, today }: RefusalView): RefusalText {
  const said = [mend, today].reduce<Text>((line, answer) => (answer === null ? line : and(line, answer)), what)
  return { blame, ...said }
}

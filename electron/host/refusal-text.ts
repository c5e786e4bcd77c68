/** A refusal for the command line: its three answers on one line, in each language. */

import type { RefusalView } from '../contract/refusal-view.ts'
import type { Text } from '../contract/text.ts'
import type { CounterRefusal } from './counter-refusal.ts'
import { and } from './refusal/answers.ts'
import { refusalView } from './refusal/refusal-view.ts'

export type RefusalText = Text & Pick<RefusalView, 'kind' | 'blame'>

export const refusalText = (refusal: CounterRefusal): RefusalText => lineOf(refusalView(refusal))

export function lineOf({ kind, blame, what, mend, today, detail }: RefusalView): RefusalText {
  const named = detail === undefined ? what : { zh: `${what.zh}（${detail}）`, en: `${what.en} (${detail})` }
  const said = [mend, today].reduce<Text>((line, answer) => (answer === null ? line : and(line, answer)), named)
  return { kind, blame, ...said }
}

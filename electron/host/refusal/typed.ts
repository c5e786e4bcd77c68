/** What was typed into a line at this counter: whoever typed it mends it, and no department is asked. */

import type { InputProblem } from '../../../settlement/wire/input-problem.ts'
import type { Text } from '../../contract/text.ts'
import { and, badInput, say, type Answers } from './answers.ts'
import { problemsText } from './problem-text.ts'

interface Cell {
  readonly name: Text
  readonly rule: Text
  readonly mend: Text
}

const AGAIN = say('请重新输入，按 Esc 保留原来的', 'type it again; Esc keeps what was there')

/** By the last name of the path. */
const CELLS: Readonly<Record<string, Cell>> = {
  cnt: {
    name: say('数量', 'quantity'),
    rule: say('不能为 0，最多 4 位小数', 'other than 0, with up to 4 places'),
    mend: and(AGAIN, say('不要这一项的，按 Delete 删除', 'Delete takes the line off'))
  },
  pric: { name: say('单价', 'unit price'), rule: say('不能为负数，最多 6 位小数', 'not below 0, with up to 6 places'), mend: AGAIN }
}

export function typedAnswers(problems: readonly InputProblem[]): Answers {
  const [problem] = problems
  const cell = CELLS[problem?.path.split('.').at(-1) ?? '']
  if (problem === undefined || cell === undefined) return badInput({ what: problemsText(problems), mend: AGAIN })
  const { name, rule, mend } = cell
  const text = typeof problem.value === 'string' ? problem.value.slice(0, 20) : ''
  if (text === '') return badInput({ what: say(`没有填写${name.zh}`, `no ${name.en} was typed`), mend })
  return badInput({ what: say(`${name.zh}“${text}”无效：${rule.zh}`, `${name.en} "${text}" is refused: ${rule.en}`), mend })
}

/** A course that is paid up to so many days, or so much, in a period. */

import { formatQuantity, parseQuantity, type Quantity } from '../money/price.ts'
import type { Ruled } from '../rules/compiled-rules.ts'
import type { RowOf } from '../rules/rules-schema.ts'
import type { BillLine } from './bill-index.ts'
import type { Findings } from './findings.ts'
import type { Matter } from './matter.ts'
import { partOfLine } from './part-of-line.ts'

type CourseRow = Extract<RowOf<'item_rules'>, { rule: 'course' }>

export function addCourseReasons(matter: Matter, line: BillLine, { row, rule }: Ruled<CourseRow>, out: Findings): void {
  if (!line.asks) return
  const { funds } = row
  if (matter.history === undefined) {
    out.addOnce({ kind: 'history-unknown', effect: 'note', funds, rule })
    return
  }
  const used = matter.history.usedIn(line, row.period_months)
  const total = line.drug
  const course = row.days === undefined ? ofQuantity(row, used.quantity, total.quantity) : ofDays(row.days, used.days, total.days)
  if (row.days !== undefined && (used.isUnknown || total.days === undefined)) {
    out.addOnce({ kind: 'days-unknown', effect: 'note', funds, rule })
  }
  const values = { used: course.usedText, limit: course.limitText, unit: row.days === undefined ? 'quantity' : 'days', months: String(row.period_months) }
  const left = course.limit - course.used
  if (left <= 0) {
    out.add({ kind: 'course-used-up', effect: row.effect, funds, rule, values })
  } else if (course.asked > left) {
    const effect = row.effect === 'own-money' ? 'limits' : row.effect
    const limit = partOfLine(line.item, left, course.asked)
    out.add({ kind: 'course-limit', effect, funds, rule, values: { ...values, left: course.leftText(left) }, limit })
  }
}

interface Course {
  readonly limit: number
  readonly used: number
  readonly asked: number
  readonly limitText: string
  readonly usedText: string
  readonly leftText: (left: number) => string
}

const ofDays = (limit: number, used: number, asked: number | undefined): Course => ({
  limit,
  used,
  asked: asked ?? 0,
  limitText: String(limit),
  usedText: String(used),
  leftText: String
})

function ofQuantity({ quantity = '0' }: CourseRow, used: number, asked: number): Course {
  const limit = parseQuantity(quantity) ?? 0
  return { limit, used, asked, limitText: unitsText(limit), usedText: unitsText(used), leftText: unitsText }
}

const unitsText = (value: number): string => formatQuantity(value as Quantity)

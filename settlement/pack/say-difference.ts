/** A difference in plain words, one line each language. */

import type { Difference } from './diff-json.ts'

const LENGTH_MAX = 120

export function sayDifference({ path, before, after }: Difference): { readonly zh: string; readonly en: string } {
  if (before === undefined) return { zh: `${path}：新增 ${shown(after)}`, en: `${path}: new: ${shown(after)}` }
  if (after === undefined) return { zh: `${path}：删除 ${shown(before)}`, en: `${path}: no longer there: ${shown(before)}` }
  return { zh: `${path}：${shown(before)} 改为 ${shown(after)}`, en: `${path}: ${shown(before)} becomes ${shown(after)}` }
}

function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
  return text.length > LENGTH_MAX ? `${text.slice(0, LENGTH_MAX)}...` : text
}

/**
 * Who takes something over, and what about, of one line: "张三：核对挂失时间", "Zhang San: check the report". A line without
 * the two parts is both: whoever reads it finds the name in it.
 */

import { NOTE_LENGTH_MAX, PERSON_LENGTH_MAX } from '../../../settlement/close/resolution.ts'

const PARTS = /^(?<person>[^:：,，;；]+)[:：,，;；]\s*(?<note>.+)$/u

export interface HandOverWords {
  readonly person: string
  readonly note: string
}

export function handOverWords(line: string): HandOverWords {
  const words = line.trim()
  const { person, note } = PARTS.exec(words)?.groups ?? {}
  if (person !== undefined && note !== undefined && person.trim().length <= PERSON_LENGTH_MAX) return { person: person.trim(), note: note.trim() }
  return { person: words.slice(0, PERSON_LENGTH_MAX).trim(), note: words.slice(0, NOTE_LENGTH_MAX + 1) }
}

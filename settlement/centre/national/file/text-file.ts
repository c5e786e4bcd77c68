/** The interface's files: UTF-8 text, columns separated by TAB, a row a line, empties "null", inside a ZIP (H 9101, 9102). */

import { strToU8, unzipSync, zipSync } from 'fflate'
import { ok, refuse, type Result } from '../../../../base/result.ts'
import { utf8 } from '../../../../base/utf8.ts'

/** Of the text inside a ZIP: a file that claims more is not unpacked. */
export const TEXT_BYTES_MAX = 16 * 1024 * 1024
const EMPTY = 'null'

export type TextRow = readonly string[]

export function writeTextFile(name: string, rows: readonly TextRow[]): Uint8Array {
  const text = rows.map((row) => row.map(cellText).join('\t')).join('\n')
  return zipSync({ [name]: strToU8(text === '' ? '' : `${text}\n`) })
}

const cellText = (cell: string): string => (cell === '' ? EMPTY : cell.replaceAll(/[\t\r\n]/g, ' '))

/** A ZIP with one text in it, or the text itself. The rule that the file breaks otherwise. */
export function readTextFile(bytes: Uint8Array): Result<readonly TextRow[], string> {
  const text = isZip(bytes) ? unpacked(bytes) : ok(bytes)
  if (!text.ok) return text
  const decoded = utf8(text.value)
  if (decoded === undefined) return refuse('must be UTF-8 文件编码须为UTF-8')
  return ok(
    decoded
      .split(/\r?\n/)
      .filter((line) => line !== '')
      .map((line) => line.split('\t').map((cell) => (cell === EMPTY ? '' : cell)))
  )
}

const isZip = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b

function unpacked(bytes: Uint8Array): Result<Uint8Array, string> {
  let isTooLarge = false
  try {
    const entries = Object.values(
      unzipSync(bytes, {
        filter: ({ name, originalSize }) => {
          if (originalSize > TEXT_BYTES_MAX) isTooLarge = true
          return !isTooLarge && !name.endsWith('/')
        }
      })
    )
    const [text] = entries
    if (isTooLarge) return refuse(`its text must be at most ${TEXT_BYTES_MAX} bytes 文件过大`)
    return text === undefined || entries.length > 1 ? refuse('the ZIP must hold one text file 压缩包内须有且仅有一个文本文件') : ok(text)
  } catch {
    return refuse('cannot be read as ZIP 压缩文件损坏')
  }
}

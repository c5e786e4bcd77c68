/** A print as the page asks for it, checked by hand: three fields need no schema. */

import type { PrintRequest } from '../../contract/terminal.ts'

const NAME_MAX = 200

export function parsePrintRequest(request: unknown): PrintRequest | undefined {
  if (typeof request !== 'object' || request === null || Object.keys(request).length !== 3) return undefined
  if (!('format' in request) || !('to' in request) || !('name' in request)) return undefined
  const { format, to, name } = request
  if (format !== 'a4' && format !== 'a5' && format !== '80mm') return undefined
  if (to !== 'printer' && to !== 'pdf') return undefined
  return typeof name === 'string' && name.length <= NAME_MAX ? { format, to, name } : undefined
}

/** Makes a new data folder the demonstration's pharmacy. One that is somebody else's stays so, and that is said. */

import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ok, refuse, type Result } from '../../base/result.ts'

/** The refusal is one line. */
export function beginPharmacy(data: string, fixtures: string): Result<null, string> {
  const path = join(data, 'till.json')
  if (existsSync(path)) return isPharmacy(path) ? ok(null) : refuse(`--pharmacy: ${data} is the data of another institution; name a folder of its own with --data`)
  mkdirSync(data, { recursive: true, mode: 0o700 })
  copyFileSync(join(fixtures, 'till', 'pharmacy.json'), path)
  return ok(null)
}

/** A file that cannot be read is the host's to refuse, which says why. */
function isPharmacy(path: string): boolean {
  try {
    const till = JSON.parse(readFileSync(path, 'utf8')) as { readonly institution?: { readonly kind?: unknown } } | null
    return till?.institution?.kind === 'pharmacy'
  } catch (cause) {
    if (cause instanceof SyntaxError) return true
    throw cause
  }
}

/** A symmetric key: 8 bytes DES, 16 bytes two-key 3DES or SM4. Long-lived keys and session keys alike. */

import { invariant } from '../../base/invariant.ts'
import { SecretBytes } from './secret-bytes.ts'

export class Key extends SecretBytes {
  readonly label: string
  readonly name: string

  /** `name` says which key it is ("DPK", "SESPK"), never what it is. */
  constructor(name: string, bytes: Uint8Array) {
    invariant(bytes.length === 8 || bytes.length === 16, `${name} has ${bytes.length} bytes, not 8 or 16`)
    super(bytes)
    this.name = name
    this.label = `key ${name}`
  }
}

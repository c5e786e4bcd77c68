/** How large a pack and its parts may be. A pack comes from outside: nothing in it is believed before it is measured. */

const MIB = 1024 * 1024

/** Of the file, packed. A catalogue of 200,000 items takes a quarter of it. */
export const PACK_BYTES_MAX = 64 * MIB
/** Of everything in it, unpacked. */
export const CONTENTS_BYTES_MAX = 256 * MIB
/** Manifest and signature included: more than a province has districts. */
export const MEMBERS_MAX = 512
export const MANIFEST_BYTES_MAX = 256 * 1024
export const SIGNATURE_BYTES_MAX = 4 * 1024
export const PATH_LENGTH_MAX = 120

export const MEMBER_KINDS = ['rules', 'policy', 'catalogue'] as const
export type MemberKind = (typeof MEMBER_KINDS)[number]

export const MEMBER_BYTES_MAX: Readonly<Record<MemberKind, number>> = {
  policy: 2 * MIB,
  rules: 8 * MIB,
  catalogue: 224 * MIB
}

/** What a file is called inside a pack: by its own name, as far as a member may have it, and by no other member's. */

import type { MemberKind } from '../../settlement/pack/pack-limits.ts'

const FOLDERS: Readonly<Record<MemberKind, string>> = { policy: 'policies', rules: 'rules', catalogue: 'catalogue' }
const NAME_LENGTH_MAX = 80

export function memberPath(kind: MemberKind, name: string, taken: readonly string[]): string {
  const plain = name.replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^[.-]+/, '').slice(-NAME_LENGTH_MAX).replace(/^[.-]+/, '') || 'member'
  const isTaken = (path: string): boolean => taken.some((other) => other.toLowerCase() === path.toLowerCase())
  const first = `${FOLDERS[kind]}/${plain}`
  if (!isTaken(first)) return first
  const free = taken.map((_, index) => `${FOLDERS[kind]}/${index + 2}-${plain}`).find((path) => !isTaken(path))
  return free ?? first
}

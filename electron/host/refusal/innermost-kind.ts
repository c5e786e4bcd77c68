interface Nested {
  readonly kind: string
  readonly refusal?: unknown
}

/** The innermost kind is the one that a script or a test wants to switch on: "wrong-pin" of a `pin` of a `settle`. */
export function innermostKind({ kind, refusal }: Nested): string {
  return isNested(refusal) ? innermostKind(refusal) : kind
}

const isNested = (value: unknown): value is Nested =>
  typeof value === 'object' && value !== null && 'kind' in value && typeof value.kind === 'string'

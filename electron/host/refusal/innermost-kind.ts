interface Nested {
  readonly kind: string
  readonly refusal?: unknown
  /** What is broken on the way to a card or a PSAM. */
  readonly trouble?: unknown
}

/** The innermost kind is the one that a script or a test wants to switch on: "wrong-pin" of a `pin` of a `settle`. */
export function innermostKind({ kind, refusal, trouble }: Nested): string {
  const inner = refusal ?? trouble
  return isNested(inner) ? innermostKind(inner) : kind
}

const isNested = (value: unknown): value is Nested =>
  typeof value === 'object' && value !== null && 'kind' in value && typeof value.kind === 'string'

/**
 * Facts that this ledger has lost and somebody else has kept, written once more as they were: the same contents in the same order, each
 * with all that it does, through the rules that let it in the first time. What lies beside the chain does not come back: a restored
 * hold has no result, of which the chain knows the hash alone.
 */

import { invariant, never } from '../../base/invariant.ts'
import { ok, refuse, type Result } from '../../base/result.ts'
import { extend } from './chain.ts'
import { decodeFact } from './fact-decoding.ts'
import type { Fact } from './fact.ts'
import { sameBytes } from './find-facts.ts'
import type { Ledger } from './ledger.ts'
import type { NumberedContent, WritableStore } from './ledger-store.ts'
import type { RestoreRefusal } from './refusal.ts'

/** All of them or, when one is refused, none. `over`: the rules over a store. How many were written. */
export function restoreFacts(store: WritableStore, links: readonly NumberedContent[], over: (store: WritableStore) => Ledger): Result<number, RestoreRefusal> {
  try {
    return store.transaction(() => {
      for (const link of links) restore(store, link, over)
      return links.length
    })
  } catch (cause) {
    if (cause instanceof NotRestored) return refuse(cause.refusal)
    throw cause
  }
}

/** Takes what was written before it back with it. */
class NotRestored extends Error {
  readonly refusal: RestoreRefusal

  constructor(refusal: RestoreRefusal) {
    super(refusal.kind)
    this.refusal = refusal
  }
}

function restore(store: WritableStore, { sequence, hash, content }: NumberedContent, over: (store: WritableStore) => Ledger): void {
  const next = extend(store.head(), content)
  if (next.sequence !== sequence || !sameBytes(next.hash, hash)) throw new NotRestored({ kind: 'does-not-follow', sequence })
  const ledger = over({
    ...store,
    transaction: (work) => ok(work()),
    // The content is what was kept: of a hold without its result no other could be made.
    append: ({ fact }, effects) => store.append({ sequence, hash, content, fact }, effects)
  })
  const fact = decodeFact(content)
  const written = write(ledger, fact, sequence)
  if (!written.ok) throw new NotRestored({ kind: 'not-allowed', sequence, fact: fact.kind, refusal: written.error.kind })
  invariant(written.value.outcome === 'written', `fact ${sequence} was there already`)
}

function write(ledger: Ledger, fact: Fact, sequence: number): Result<{ readonly outcome: 'written' | 'exists' }, { readonly kind: string }> {
  switch (fact.kind) {
    case 'hold':
      return ledger.hold(fact)
    case 'posting':
      return ledger.post(fact)
    case 'release':
      return ledger.release(fact)
    case 'correction':
      return ledger.correct(fact)
    case 'confirmation':
      return ledger.confirm(fact)
    case 'load-hold':
      return ledger.holdLoad(fact)
    case 'load-posting':
      return ledger.postLoad(fact)
    case 'load-release':
      return ledger.releaseLoad(fact)
    case 'close':
      return ledger.closeDay({ ...fact, upTo: sequence - 1 })
    case 'reopen':
      return ledger.reopenDay(fact)
    default:
      return never(fact)
  }
}

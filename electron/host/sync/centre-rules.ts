/**
 * What the counter works by when a centre is known: the centre's policies where it has given some, the cards that it
 * bars beside those that are known here, and how old all of that is. Read from what was downloaded, once a version.
 */

import { z } from 'zod'
import { ok, type Result } from '../../../base/result.ts'
import { parsePolicy } from '../../../settlement/policy/parse-policy.ts'
import type { Policy } from '../../../settlement/policy/policy-schema.ts'
import { centreAnswers, type CentreAnswers } from '../../../settlement/sync/age.ts'
import type { ReadableSyncStore } from '../../../settlement/sync/sync-store.ts'
import type { Catalogue } from '../../../settlement/catalogue/catalogue.ts'
import { parseCatalogue } from '../../../settlement/catalogue/parse-catalogue.ts'
import { checkDocument } from '../../../settlement/wire/input-problem.ts'
import { EMPTY_REGISTER, type CardRegister, type RegisteredCard } from '../card-register.ts'
import type { CentreFile } from './centre-files.ts'
import type { ToldPerson } from '../told-person.ts'
import { ToldPeople } from './centre-people.ts'

/** More than a province has. */
const POLICIES_MAX = 2_000

const policiesSchema = z.object({ policies: z.array(z.unknown()).max(POLICIES_MAX) })
const catalogueSchema = z.object({ catalogue: z.unknown() })
const listSchema = z.object({ cards: z.array(z.unknown()) })
const cardId = z.string().regex(/^[0-9A-F]{32}$/)
/** A way of being lost that nobody here knows is one, too. */
const lost = z.enum(['temporary', 'formal']).catch('temporary')
const barredSchema = z.union([
  z.object({ card_id: cardId, lost: z.undefined().optional(), activated: z.literal(false) }),
  z.object({ card_id: cardId, lost, activated: z.boolean().catch(true) })
])

type Downloads = Pick<ReadableSyncStore, 'download' | 'downloads'>

export class CentreRules {
  readonly #store: Downloads
  readonly #centre: Pick<CentreFile, 'enrolled_at'>
  #policies: { readonly etag: string; readonly parsed: readonly Policy[] } | undefined
  #people: { readonly etag: string; readonly told: ToldPeople } | undefined
  #barred: { readonly etag: string; readonly register: CardRegister } | undefined

  constructor(store: Downloads, centre: Pick<CentreFile, 'enrolled_at'>) {
    this.#store = store
    this.#centre = centre
  }

  /** How old the oldest answer is that a settlement asks for. */
  get answers(): CentreAnswers {
    return centreAnswers(this.#store.downloads(), this.#centre.enrolled_at)
  }

  /**
   * The centre's, and of those delivered with the terminal only the regions that it says nothing of. A policy that this
   * program cannot read is left out: one that it cannot read is one that it cannot compute.
   */
  policies(delivered: readonly Policy[]): readonly Policy[] {
    const published = this.#published()
    const regions = new Set(published.map(({ region }) => region))
    return [...published, ...delivered.filter(({ region }) => !regions.has(region))]
  }

  /** Lost, or not activated, as soon as the centre or what is known here says so. */
  register(local: CardRegister): CardRegister {
    const barred = this.#barredCards()
    return barred.size === 0 ? local : new Map([...local, ...[...barred].map(([id, card]) => [id, both(card, local.get(id))] as const)])
  }

  /** What the centre said of a person who was here before; undefined: nothing. */
  person(citizenNumber: string, insutype: string): ToldPerson | undefined {
    const etag = this.#store.downloads().find(({ kind }) => kind === 'entitlements')?.etag
    if (etag === undefined) return undefined
    if (this.#people?.etag !== etag) this.#people = { etag, told: new ToldPeople(parsed(this.#store.download('entitlements')?.document ?? '')) }
    return this.#people.told.person(citizenNumber, insutype)
  }

  /** undefined when the centre has given none that can be read. */
  catalogue(): Catalogue | undefined {
    const download = this.#store.download('catalogue')
    const document = download === undefined ? undefined : checkDocument(catalogueSchema, parsed(download.document))
    const catalogue = document?.ok === true ? parseCatalogue(document.value.catalogue) : undefined
    return catalogue?.ok === true ? catalogue.value : undefined
  }

  #published(): readonly Policy[] {
    const download = this.#store.download('policies')
    if (download === undefined) return []
    if (this.#policies?.etag !== download.etag) this.#policies = { etag: download.etag, parsed: policiesOf(download.document) }
    return this.#policies.parsed
  }

  #barredCards(): CardRegister {
    const etag = this.#store.downloads().find(({ kind }) => kind === 'lost-cards')?.etag
    if (etag === undefined) return EMPTY_REGISTER
    if (this.#barred?.etag !== etag) this.#barred = { etag, register: barredIn(this.#store.download('lost-cards')?.document ?? '') }
    return this.#barred.register
  }
}

function policiesOf(text: string): readonly Policy[] {
  const document = checkDocument(policiesSchema, parsed(text))
  if (!document.ok) return []
  return document.value.policies.flatMap((json) => {
    const policy = parsePolicy(json)
    return policy.ok ? policy.value : []
  })
}

function barredIn(text: string): CardRegister {
  const document = checkDocument(listSchema, parsed(text))
  if (!document.ok) return EMPTY_REGISTER
  const cards = document.value.cards.flatMap((json) => barredSchema.safeParse(json).data ?? [])
  return new Map(cards.map((card) => [card.card_id, card]))
}

/** What the centre says of how it was lost goes before what is known here. */
function both(told: RegisteredCard, known: RegisteredCard | undefined): RegisteredCard {
  const how = told.lost ?? known?.lost
  return { card_id: told.card_id, ...(how !== undefined && { lost: how }), activated: told.activated && known?.activated !== false }
}

/** The text was JSON when it came. */
function parsed(text: string): unknown {
  const json = jsonOf(text)
  return json.ok ? json.value : undefined
}

function jsonOf(text: string): Result<unknown, null> {
  try {
    const json: unknown = JSON.parse(text)
    return ok(json)
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause
    return { ok: false, error: null }
  }
}

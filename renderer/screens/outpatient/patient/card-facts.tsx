/** A card that was read: its warnings first, then the holder, the account, what is left of the PIN, the numbers. */

import type { ReactNode } from 'react'
import type { CardView, CardWarning } from '../../../../electron/contract/card-view.ts'
import { Button } from '../../../components/button.tsx'
import { RefusalNote } from '../../../components/refusal-note.tsx'
import { Say } from '../../../components/say.tsx'
import { useWords } from '../../../i18n/use-words.ts'
import { useHotkey } from '../../../keys/hotkeys.tsx'
import { useCounter } from '../counter-context.tsx'
import { AccountBlock } from './account-block.tsx'
import { MaskedNumber } from './masked-number.tsx'

export function CardFacts({ card, notes }: { readonly card: CardView; readonly notes?: ReactNode }): ReactNode {
  const t = useWords('outpatient')
  const { holder, generation, insured, personClass, entitlements, masked, presence } = card
  return (
    <div className="patient" data-presence={presence}>
      <Warnings card={card} />
      {notes}
      <div className="patient__who">
        <strong className="patient__name">{holder.name}</strong>
        <span>
          {holder.sex !== null && <Say text={holder.sex} />}
          {holder.age !== null && ` ${t('age', { count: holder.age })}`}
        </span>
      </div>
      <p className="patient__class">
        <Say text={personClass.name} /> · <Say text={insured.insutypeName} />
      </p>
      {entitlements.length > 0 && (
        <ul className="patient__entitlements" aria-label={t('entitlements')}>
          {entitlements.map((entitlement) => (
            <li key={entitlement.zh}>
              <Say text={entitlement} />
            </li>
          ))}
        </ul>
      )}
      <AccountBlock card={card} />
      <dl className="facts">
        <Fact name={t('insured-region')}>
          {insured.regionName !== null && <Say text={insured.regionName} />} <span className="facts__code">{insured.region}</span>
        </Fact>
        <Fact name={t('generation')}>
          <Say text={generation.name} />
        </Fact>
        <Fact name={t('card-number')}>
          <MaskedNumber presence={presence} item="card-number" masked={masked['card-number']} />
        </Fact>
        <Fact name={t('citizen-number')}>
          <MaskedNumber presence={presence} item="citizen-number" masked={masked['citizen-number']} />
        </Fact>
        <Fact name={t('account-number')}>
          <MaskedNumber presence={presence} item="account-number" masked={masked['account-number']} />
        </Fact>
        <Fact name={t('issued')}>{card.issueDate ?? '\u2014'}</Fact>
        <Fact name={t('expires')}>{card.expiryDate ?? '\u2014'}</Fact>
      </dl>
    </div>
  )
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }): ReactNode {
  return (
    <div className="facts__row">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

/** What blocks comes before what only warns. */
function Warnings({ card }: { readonly card: CardView }): ReactNode {
  const t = useWords('outpatient')
  const { store } = useCounter()
  const hasFirstPin = card.warnings.some(({ kind }) => kind === 'first-pin')
  const changePin = (): void => store.setState({ onTop: 'change-pin' })
  useHotkey('Shift+F9', t('change-pin'), changePin, card.triesLeft !== 0)
  if (card.warnings.length === 0) return null
  const sorted: readonly CardWarning[] = card.warnings.toSorted((left, right) => Number(right.blocks) - Number(left.blocks))
  return (
    <div className="patient__warnings">
      {sorted.map(({ kind, blocks, refusal }) => (
        <RefusalNote key={kind} refusal={refusal} tone={blocks ? 'error' : 'warning'} />
      ))}
      {hasFirstPin && (
        <Button hotkey="Shift+F9" onClick={changePin}>
          {t('change-pin')}
        </Button>
      )}
    </div>
  )
}

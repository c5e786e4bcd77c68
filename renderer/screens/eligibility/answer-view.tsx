/** The answer: the light large enough to be turned to the customer, then every reason, and what is covered instead. */

import type { ReactNode } from 'react'
import type { EligibilityView, ReasonView } from '../../../electron/contract/sale-view.ts'
import { Amount } from '../../components/amount.tsx'
import { LightMark } from '../../components/light-mark.tsx'
import { ReasonList } from '../../components/reason-list.tsx'
import { Say } from '../../components/say.tsx'
import { SubstituteRow } from '../../components/substitute-row.tsx'
import { useWords } from '../../i18n/use-words.ts'

/** What stands against the person is said once, of the person. */
export const ofDrug = ({ person, verdict }: EligibilityView): readonly ReasonView[] =>
  verdict.reasons.filter(({ kind, what }) => !person.some((own) => own.kind === kind && own.what.zh === what.zh))

export const isUnpaid = ({ verdict, isWithinDeductible }: EligibilityView): boolean => isWithinDeductible && verdict.light === 'covered'

export function AnswerView({ answer }: { readonly answer: EligibilityView }): ReactNode {
  const t = useWords('eligibility')
  const c = useWords('common')
  const { item, verdict, isWithinDeductible, person, substitutes, rules, on, place, holder, insured } = answer
  const reasons = ofDrug(answer)
  return (
    <div className="answer" role="region" aria-label={t('answer')} tabIndex={0}>
      <div className="answer__head" role="status">
        <p className="answer__drug">
          <strong>{item.name}</strong> {item.spec} <Amount of={item.price} mark />
        </p>
        <LightMark of={verdict.light} large isWithinDeductible={isWithinDeductible} />
        <p className="answer__sentence">
          <Say text={verdict.sentence} />
          {isUnpaid(answer) && ` \u00b7 ${c('within-deductible-pays')}`}
        </p>
      </div>
      <p className="answer__for">
        {holder !== '' && `${holder} \u00b7 `}
        <Say text={insured} /> · {place} · {on}
      </p>
      {verdict.payableQuantity !== null && <p className="answer__payable">{t('payable', { n: verdict.payableQuantity })}</p>}
      <ul className="answer__funds" aria-label={t('funds')}>
        {verdict.funds.map(({ name, light }) => (
          <li key={name.zh}>
            <Say text={name} /> <LightMark of={light} isWithinDeductible={isWithinDeductible} />
          </li>
        ))}
      </ul>
      {person.length > 0 && (
        <section>
          <h3>{t('person')}</h3>
          <ReasonList reasons={person} label={t('person')} />
        </section>
      )}
      {reasons.length > 0 && (
        <section>
          <h3>{t('reasons')}</h3>
          <ReasonList reasons={reasons} label={t('reasons')} />
        </section>
      )}
      {substitutes.length > 0 && (
        <section>
          <h3>{t('substitutes')}</h3>
          <ul className="substitutes answer__substitutes" aria-label={t('substitutes')}>
            {substitutes.map((one) => (
              <li key={one.code} className="substitutes__row">
                <SubstituteRow of={one} />
              </li>
            ))}
          </ul>
        </section>
      )}
      <p className="answer__rules">
        <Say text={rules.name} /> · {t('rules', { id: rules.id, version: rules.version })}
      </p>
    </div>
  )
}

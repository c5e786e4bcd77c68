/** The answer as it is handed over: person, drug, light, reasons with their sources, day, place and rules. A5 or a roll of 80 mm. */

import type { ReactNode } from 'react'
import type { EligibilityView, ReasonView } from '../../../electron/contract/sale-view.ts'
import { Say } from '../../components/say.tsx'
import { useWords } from '../../i18n/use-words.ts'
import { isUnpaid, ofDrug } from './answer-view.tsx'
import '../../statement/statement.css'
import './answer-sheet.css'

interface AnswerSheetProps {
  readonly answer: EligibilityView
  readonly format: 'a5' | '80mm'
}

export function AnswerSheet({ answer, format }: AnswerSheetProps): ReactNode {
  const t = useWords('eligibility')
  const c = useWords('common')
  const { item, verdict, person, substitutes, rules, place, holder, insured, on, askedAt, quantity, days } = answer
  return (
    <article className={`sheet sheet--${format} answer-sheet`}>
      <header className="sheet__head">
        <div>
          <h1 className="sheet__title">{place}</h1>
          <p className="sheet__subtitle">{t('sheet-title')}</p>
        </div>
        <p className="sheet__marks">
          <strong className="sheet__mark">{c(`light-${verdict.light}`)}</strong>
          {isUnpaid(answer) && <strong className="sheet__mark">{c('within-deductible')}</strong>}
        </p>
      </header>
      <dl className="answer-sheet__facts">
        <Fact name={t('holder')}>
          {holder !== '' && `${holder} \u00b7 `}
          <Say text={insured} />
        </Fact>
        <Fact name={t('drug')}>
          {item.name} {item.spec} · {item.code} · {c(`class-${CLASSES[item.chargeClass] ?? '03'}`)}
          {item.price !== null && ` · ¥${item.price}`}
        </Fact>
        <Fact name={t('quantity')}>
          {quantity}
          {days !== null && ` · ${t('n-days', { count: Number(days) })}`}
        </Fact>
        <Fact name={t('on')}>{on}</Fact>
      </dl>
      <p className="answer-sheet__sentence">
        <Say text={verdict.sentence} />
        {isUnpaid(answer) && ` · ${c('within-deductible-pays')}`}
        {verdict.payableQuantity !== null && ` · ${t('payable', { n: verdict.payableQuantity })}`}
      </p>
      <Reasons reasons={[...person, ...ofDrug(answer)]} />
      {substitutes.length > 0 && (
        <section>
          <h2>{t('substitutes')}</h2>
          <ul>
            {substitutes.map(({ code, name, spec, price, light, sentence }) => (
              <li key={code}>
                {name} {spec} {price !== null && `¥${price}`} · {c(`light-${light}`)} · <Say text={sentence} />
              </li>
            ))}
          </ul>
        </section>
      )}
      <footer className="answer-sheet__foot">
        <p>
          <Say text={rules.name} /> · {t('rules', { id: rules.id, version: rules.version })} · {t('asked-at', { at: askedAt })}
        </p>
        <p>{t('sheet-note')}</p>
      </footer>
    </article>
  )
}

const CLASSES: Readonly<Record<string, '01' | '02' | '03' | '04'>> = { '01': '01', '02': '02', '03': '03', '04': '04' }

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }): ReactNode {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function Reasons({ reasons }: { readonly reasons: readonly ReasonView[] }): ReactNode {
  const t = useWords('eligibility')
  const c = useWords('common')
  if (reasons.length === 0) return null
  return (
    <section>
      <h2>{t('reasons')}</h2>
      <ol>
        {reasons.map(({ kind, effect, what, mend, today, source, certainty, isUncertain }) => (
          <li key={`${kind} ${what.zh}`}>
            <strong>
              [{c(`effect-${effect}`)}] <Say text={what} />
            </strong>
            {mend !== null && (
              <span>
                {c('mend')}: <Say text={mend} />
              </span>
            )}
            {today !== null && (
              <span>
                {c('today')}: <Say text={today} />
              </span>
            )}
            <small>
              {c('reason-source')}: <Say text={source} /> · {isUncertain && `${c('reason-uncertain')} · `}
              <Say text={certainty} />
            </small>
          </li>
        ))}
      </ol>
    </section>
  )
}

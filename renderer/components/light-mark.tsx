/** The traffic light of a drug: colour, shape and word say the same, so that nobody has to tell colours apart. Covered within the deductible promises no money: it is not green. */

import type { ReactNode } from 'react'
import type { Light } from '../../electron/contract/sale-view.ts'
import { useWords } from '../i18n/use-words.ts'
import './light.css'

interface LightMarkProps {
  readonly of: Light
  readonly large?: boolean
  readonly isWithinDeductible?: boolean
}

export function LightMark({ of, large = false, isWithinDeductible = false }: LightMarkProps): ReactNode {
  const t = useWords('common')
  const isUnpaid = isWithinDeductible && of === 'covered'
  const classes = ['signal', `signal--${of}`, large && 'signal--large', isUnpaid && 'signal--unpaid']
  return (
    <span className={classes.filter(Boolean).join(' ')} data-light={of}>
      <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" focusable="false">
        {SHAPES[of]}
      </svg>
      <span>{t(`light-${of}`)}</span>
      {isUnpaid && <small className="signal__unpaid">{t('within-deductible')}</small>}
    </span>
  )
}

/** Circle with a tick, triangle with a bar, square with the sign of money, octagon with a cross. */
const SHAPES: Readonly<Record<Light, ReactNode>> = {
  covered: (
    <>
      <circle className="signal__shape" cx="10" cy="10" r="9" />
      <path className="signal__sign" d="m5.8 10.4 2.9 2.9 5.5-6" />
    </>
  ),
  limited: (
    <>
      <path className="signal__shape" d="M10 1.5 19.2 18H.8z" />
      <path className="signal__sign" d="M10 7.2v5M10 14.6v.8" />
    </>
  ),
  'own-money': (
    <>
      <rect className="signal__shape" x="1.5" y="1.5" width="17" height="17" rx="2" />
      <path className="signal__sign" d="m6 4.8 4 5.2 4-5.2M10 10v5.6M6.8 10.6h6.4M6.8 13h6.4" />
    </>
  ),
  forbidden: (
    <>
      <path className="signal__shape" d="M6.3 1h7.4L19 6.3v7.4L13.7 19H6.3L1 13.7V6.3z" />
      <path className="signal__sign" d="m6.4 6.4 7.2 7.2m0-7.2-7.2 7.2" />
    </>
  )
}

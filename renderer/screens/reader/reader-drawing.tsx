/** The reader from the front: a card stands in its slot or does not, a PSAM sits beside it. The words beside it say the same. */

import type { ReactNode } from 'react'
import type { TrayCard } from '../../../electron/contract/reader-view.ts'

export type Led = 'off' | 'reading' | 'ready' | 'blocked' | 'refused' | 'none'

interface ReaderDrawingProps {
  readonly led: Led
  /** null: the slot is empty. */
  readonly card: TrayCard['kind'] | null
  readonly hasPsam: boolean
}

export function ReaderDrawing({ led, card, hasPsam }: ReaderDrawingProps): ReactNode {
  return (
    <svg className="device" viewBox="0 0 240 190" width="240" height="190" aria-hidden="true" focusable="false">
      <clipPath id="device-mouth">
        <rect x="0" y="0" width="240" height="104" />
      </clipPath>
      <g clipPath="url(#device-mouth)">
        <g className={card === null ? 'device__card device__card--out' : `device__card device__card--${card}`}>
          <rect x="40" y="22" width="160" height="101" rx="9" />
          <path className="device__print" d="M124 44h56M124 56h40" />
          <rect className="device__chip" x="58" y="44" width="30" height="23" rx="4" />
          <path className="device__contacts" d="M58 55.500h30M68 44v23M78 44v23" />
        </g>
      </g>
      <ellipse className="device__shadow" cx="120" cy="178" rx="104" ry="6" />
      <path className="device__body" d="M26 92h188a12 12 0 0 1 12 12v48a22 22 0 0 1-22 22H36a22 22 0 0 1-22-22v-48a12 12 0 0 1 12-12z" />
      <path className="device__edge" d="M26 92h188a12 12 0 0 1 12 12v4H14v-4a12 12 0 0 1 12-12z" />
      <rect className="device__mouth" x="32" y="98" width="176" height="6" rx="3" />
      <g className="device__psam">
        <rect x="152" y="128" width="46" height="28" rx="4" />
        {hasPsam && (
          <>
            <path className="device__sim" d="M160 133h24l8 7v11h-32z" />
            <rect className="device__chip" x="166" y="138" width="13" height="10" rx="2" />
          </>
        )}
      </g>
      <circle className={`device__led device__led--${led}`} cx="42" cy="142" r="5" />
      <path className="device__label" d="M60 136h52M60 146h34" />
    </svg>
  )
}

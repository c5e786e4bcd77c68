/** A new PIN: the old one, the new one, the new one again. The three go to the card together or not at all. */

import type { ReactNode } from 'react'
import type { CardView } from '../../electron/contract/card-view.ts'
import { Dialog } from '../components/dialog.tsx'
import { useWords } from '../i18n/use-words.ts'
import { useTerminal } from '../terminal/terminal-context.tsx'
import { useOwnPin } from './own-pin.ts'
import { PadDialog } from './pad-dialog.tsx'
import { PinHead } from './pin-head.tsx'
import { PinStepsForm } from './pin-steps.tsx'
import { usePinSteps } from './use-pin-steps.ts'

interface ChangePinDialogProps {
  readonly card: CardView
  readonly changed: () => void
  readonly close: () => void
}

export function ChangePinDialog(props: ChangePinDialogProps): ReactNode {
  const { card, changed, close } = props
  return card.pinOn === 'pad' ? <PadDialog act="change" card={card} done={changed} close={close} /> : <TypedChange {...props} />
}

function TypedChange({ card, changed, close }: ChangePinDialogProps): ReactNode {
  const t = useWords('pin')
  const terminal = useTerminal()
  useOwnPin()
  const pins = usePinSteps({
    steps: ['old', 'new', 'again'],
    triesLeft: card.triesLeft,
    send: async ({ from, to }) => {
      const answer = await terminal.call('card.change-pin', { presence: card.presence, from: from ?? '', to: to ?? '', lastTry: card.triesLeft === 1 })
      if (!answer.ok) return answer.error
      changed()
      return null
    }
  })
  return (
    <Dialog title={t('change-title')} width="25rem" close={close}>
      <PinHead card={card} />
      <PinStepsForm pins={pins} words={{ last: t('change'), busy: t('changing') }} close={close} />
    </Dialog>
  )
}

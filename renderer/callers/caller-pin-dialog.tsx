/**
 * Another program wants the holder's PIN: it is typed here and goes to the card, the program never sees it. The dialog opens over whatever
 * is shown, without anybody having asked for it, so it is deaf until the keys have rested: what a person was typing elsewhere is no PIN.
 * It goes as soon as the program waits no more, and waits itself while the window asks for a PIN of its own.
 */

import { useEffect, useState, type ReactNode } from 'react'
import { useStore } from 'zustand'
import type { CardView } from '../../electron/contract/card-view.ts'
import type { PinAskedView } from '../../electron/contract/driver-view.ts'
import { CloseButton } from '../components/close-button.tsx'
import { Dialog } from '../components/dialog.tsx'
import { callers as words } from '../i18n/callers.ts'
import { useWords } from '../i18n/use-words.ts'
import { addWords } from '../i18n/words.ts'
import { KeyLayer } from '../keys/hotkeys.tsx'
import { useIsOwnPin } from '../pin/own-pin.ts'
import { PinHead } from '../pin/pin-head.tsx'
import { PinStepsForm } from '../pin/pin-steps.tsx'
import { usePinSteps, type PinStepsOptions } from '../pin/use-pin-steps.ts'
import { useStores, useTerminal } from '../terminal/terminal-context.tsx'

addWords('callers', words)

/** Above every dialog of the window: none stands on another on another. */
const RISE = 4

/** ms. Longer than between two keys of a person who types, shorter than it takes to read what the dialog says. */
export const DEAF_MS = 600

const STEPS: Readonly<Record<PinAskedView['purpose'], PinStepsOptions['steps']>> = {
  verify: ['old'],
  change: ['old', 'new', 'again'],
  reload: ['new', 'again']
}

export function CallerPinDialog(): ReactNode {
  const t = useWords('callers')
  const stores = useStores()
  const terminal = useTerminal()
  const asked = useStore(stores.driver, (driver) => driver?.asked ?? null)
  const card = useStore(stores.panel, (panel) => (panel?.state === 'ready' ? panel.card : null))
  const isOwn = useIsOwnPin()
  if (asked === null || isOwn) return null
  const { number, caller, purpose } = asked
  const cancel = (): void => void terminal.call('driver.cancel', { number })
  const isLocked = card?.triesLeft === 0 && purpose !== 'reload'
  return (
    <KeyLayer key={number} rise={RISE}>
      <Dialog title={t('ask-title', { caller })} width="25rem" close={cancel}>
        <p className="asked__what">{t(`ask-${purpose}`, { caller })}</p>
        {card === null ? <NoCard /> : <PinHead card={card} />}
        {card === null || isLocked ? <CloseButton close={cancel} /> : <AskedPins key={card.presence} asked={asked} card={card} close={cancel} />}
      </Dialog>
    </KeyLayer>
  )
}

function NoCard(): ReactNode {
  const t = useWords('callers')
  return (
    <div className="refusal" role="alert">
      <p className="refusal__what">{t('ask-no-card')}</p>
      <p className="pin__after">{t('ask-no-card-mend')}</p>
    </div>
  )
}

interface AskedPinsProps {
  readonly asked: PinAskedView
  readonly card: CardView
  readonly close: () => void
}

/** Made anew for every card: digits meant for one never reach another. */
function AskedPins({ asked: { number, purpose }, card, close }: AskedPinsProps): ReactNode {
  const t = useWords('callers')
  const tPin = useWords('pin')
  const terminal = useTerminal()
  const deaf = useDeaf()
  const pins = usePinSteps({
    steps: STEPS[purpose],
    triesLeft: purpose === 'reload' ? null : card.triesLeft,
    // What comes of it is the program's to say; the dialog goes with the question.
    send: async ({ from, to }) => {
      const answer = await terminal.call('driver.answer', { number, from, to })
      return answer.ok ? null : answer.error
    }
  })
  const last = { verify: tPin('verify'), change: tPin('change'), reload: t('set') }[purpose]
  return <PinStepsForm pins={pins} words={{ last, busy: t('handing') }} deaf={deaf} close={close} />
}

/** Every key that comes meanwhile belongs to what was being typed: the time begins anew. */
function useDeaf(): boolean {
  const [deaf, setDeaf] = useState(true)
  useEffect(() => {
    if (!deaf) return undefined
    let timer: ReturnType<typeof setTimeout> | undefined
    const begin = (): void => {
      clearTimeout(timer)
      timer = setTimeout(() => setDeaf(false), DEAF_MS)
    }
    begin()
    document.addEventListener('keydown', begin, true)
    return () => {
      clearTimeout(timer)
      document.removeEventListener('keydown', begin, true)
    }
  }, [deaf])
  return deaf
}

import type { ReactNode } from 'react'
import { Button } from '../../../components/button.tsx'
import { useWords } from '../../../i18n/use-words.ts'
import { useHotkey } from '../../../keys/hotkeys.tsx'
import { useCounter } from '../counter-context.tsx'

/** Opens the steps of the calculation. */
export function WhyButton({ ready }: { readonly ready: boolean }): ReactNode {
  const t = useWords('outpatient')
  const { store } = useCounter()
  const open = (): void => store.setState({ onTop: 'why' })
  useHotkey('Shift+F1', t('why'), open, ready)
  return (
    <Button look="quiet" hotkey="Shift+F1" disabled={!ready} onClick={open}>
      {t('why')}
    </Button>
  )
}

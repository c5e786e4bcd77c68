/** The frame around every screen: which screens there are, whose till it is, and at the foot how everything stands. */

import { lazy, Suspense, useState, type ReactNode } from 'react'
import { useStore } from 'zustand'
import { CallerQuestion } from '../callers/caller-question.tsx'
import { Button, KeyCap } from '../components/button.tsx'
import { FaultBoundary } from '../components/fault-boundary.tsx'
import { Say } from '../components/say.tsx'
import { useWords } from '../i18n/use-words.ts'
import { addWords } from '../i18n/words.ts'
import { common } from '../i18n/common.ts'
import { useHotkey } from '../keys/hotkeys.tsx'
import { OutpatientScreen } from '../screens/outpatient/outpatient-screen.tsx'
import { useIsPharmacy, useStores } from '../terminal/terminal-context.tsx'
import { Choices } from './choices.tsx'
import { GoToContext, type Place, type ScreenName } from './go-to.ts'
import { lazyScreen } from './lazy-screen.tsx'
import { StatusBar } from './status-bar.tsx'

addWords('common', common)

const RecordsScreen = lazyScreen(async () => (await import('../screens/records/records-screen.tsx')).RecordsScreen)
const SyncScreen = lazyScreen(async () => (await import('../screens/sync/sync-screen.tsx')).SyncScreen)
const CloseScreen = lazyScreen(async () => (await import('../screens/close/close-screen.tsx')).CloseScreen)
const ReaderScreen = lazyScreen(async () => (await import('../screens/reader/reader-screen.tsx')).ReaderScreen)

const KeyOverview = lazy(async () => ({ default: (await import('./key-overview.tsx')).KeyOverview }))

const PharmacyScreen = lazy(async () => ({ default: (await import('../screens/pharmacy/pharmacy-screen.tsx')).PharmacyScreen }))
const EligibilityScreen = lazy(async () => ({ default: (await import('../screens/eligibility/eligibility-screen.tsx')).EligibilityScreen }))

const SCREENS = [
  { screen: 'counter', word: 'outpatient', key: 'F2' },
  { screen: 'eligibility', word: 'eligibility', key: 'F11' },
  { screen: 'records', word: 'records', key: 'F3' },
  { screen: 'reader', word: 'reader', key: 'F4' },
  { screen: 'sync', word: 'sync', key: 'Shift+F3' },
  { screen: 'close', word: 'day-close', key: 'F12' }
] as const satisfies readonly { readonly screen: ScreenName; readonly [rest: string]: string }[]

export function Frame(): ReactNode {
  const t = useWords('common')
  const [{ screen: shown, record }, goTo] = useState<Place>({ screen: 'counter' })
  const [keysOpen, setKeysOpen] = useState(false)
  const isPharmacy = useIsPharmacy()
  useHotkey('F1', t('keys'), () => setKeysOpen(true))
  return (
    <div className="frame">
      <header className="frame__bar">
        <h1 className="frame__brand">CareSettle</h1>
        <nav className="frame__tabs" aria-label={t('screens')}>
          {SCREENS.map(({ screen, word, key }) => (
            <Tab key={screen} label={t(screen === 'counter' && isPharmacy ? 'pharmacy' : word)} hotkey={key} shown={shown === screen} open={() => goTo({ screen })} />
          ))}
        </nav>
        <TillName />
        <Button look="quiet" hotkey="F1" onClick={() => setKeysOpen(true)}>
          {t('keys')}
        </Button>
        <Choices />
      </header>
      <main className="frame__screen">
        <FaultBoundary key={shown} fallback={Broken}>
          <GoToContext value={goTo}>
            <Suspense fallback={<p className="frame__loading">{t('loading')}</p>}>
              {shown === 'counter' && (isPharmacy ? <PharmacyScreen /> : <OutpatientScreen />)}
              {shown === 'eligibility' && <EligibilityScreen />}
              {shown === 'records' && <RecordsScreen key={record} {...(record !== undefined && { record })} />}
              {shown === 'sync' && <SyncScreen />}
              {shown === 'close' && <CloseScreen />}
              {shown === 'reader' && <ReaderScreen layout="screen" />}
            </Suspense>
          </GoToContext>
        </FaultBoundary>
      </main>
      <StatusBar openInDoubt={() => goTo({ screen: 'counter' })} openSync={() => goTo({ screen: 'sync' })} openReader={() => goTo({ screen: 'reader' })} />
      <CallerQuestion />
      <Suspense fallback={null}>{keysOpen && <KeyOverview close={() => setKeysOpen(false)} />}</Suspense>
    </div>
  )
}

interface TabProps {
  readonly label: string
  readonly hotkey: string
  readonly shown: boolean
  readonly open: () => void
}

function Tab({ label, hotkey, shown, open }: TabProps): ReactNode {
  useHotkey(hotkey, label, open)
  return (
    <button type="button" className="tab" aria-current={shown ? 'page' : undefined} aria-keyshortcuts={hotkey} onClick={open}>
      {label}
      <KeyCap>{hotkey}</KeyCap>
    </button>
  )
}

function TillName(): ReactNode {
  const till = useStore(useStores().till)
  if (till === null) return <span className="frame__till" />
  return (
    <span className="frame__till">
      <strong>{till.institution.name}</strong>
      <span>
        <Say text={till.region.name} />
      </span>
    </span>
  )
}

function Broken({ again }: { readonly again: () => void }): ReactNode {
  const t = useWords('common')
  return (
    <div className="frame__loading" role="alert">
      <p>{t('screenFailed')}</p>
      <Button onClick={again}>{t('retry')}</Button>
    </div>
  )
}

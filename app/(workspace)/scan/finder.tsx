'use client'

import { useTranslations } from 'next-intl'
import { formatReference } from '@/lib/core/custody/reference.ts'
import { useCamera } from './use-camera.ts'

type FinderProps = {
  onCodes: (texts: readonly string[]) => void
  /** Nothing was read for half a minute; it goes on looking. */
  onLate: () => void
  /** The reference that was read; the page is on its way. */
  read: string | undefined
  /** A person is choosing: the picture stays, nothing is looked for. */
  isResting: boolean
}

/** The camera's picture with the frame to hold a label into; or why there is none. */
export function Finder({ onCodes, onLate, read, isResting }: FinderProps) {
  const t = useTranslations()
  const { video, state, hasLamp, isLit, switchLamp, start } = useCamera({ onCodes, onLate, isResting })
  if (state !== 'starting' && state !== 'looking')
    return (
      <section className="notice grid justify-items-start gap-2" role="status" data-camera={state}>
        <div>
          <strong className="block">{t(`scan.camera.${state}.title`)}</strong>
          <p>{t(`scan.camera.${state}.text`)}</p>
        </div>
        {state !== 'insecure' && state !== 'unsupported' && (
          <button type="button" className="btn" onClick={start}>
            {t('scan.tryAgain')}
          </button>
        )}
      </section>
    )
  return (
    <div className="finder" data-camera={state}>
      <video ref={video} playsInline muted autoPlay aria-label={t('scan.picture')} />
      <svg
        className="finder-frame"
        viewBox="0 0 100 100"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.6"
        strokeLinecap="round"
        aria-hidden="true"
      >
        <path d="M4 20V8a4 4 0 0 1 4-4h12M80 4h12a4 4 0 0 1 4 4v12M96 80v12a4 4 0 0 1-4 4H80M20 96H8a4 4 0 0 1-4-4V80" />
      </svg>
      <div className="finder-said">
        <p role="status">
          {read === undefined ? (
            t(state === 'starting' ? 'scan.starting' : 'scan.looking')
          ) : (
            <>
              {t('scan.read')}{' '}
              <bdi dir="ltr" className="code">
                {formatReference(read)}
              </bdi>
            </>
          )}
        </p>
        {hasLamp && (
          <button type="button" className="btn" aria-pressed={isLit} onClick={switchLamp}>
            {t(isLit ? 'scan.lampOff' : 'scan.lampOn')}
          </button>
        )}
      </div>
    </div>
  )
}

import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import type { Refusal } from '@/lib/core/custody/refusals.ts'
import { paths } from '@/lib/paths.ts'
import { ClientWords } from '../_ui/client-words.tsx'
import { WorkspaceFrame } from '../_ui/frame.tsx'
import { SIGN_WORDS } from '../_ui/sign-words.ts'
import { WhenReady } from '../_ui/when-ready.tsx'
import type { ActProps } from './act-props.ts'
import { ActSwitch } from './act-switch.tsx'
import { ConsignmentHead } from './consignment-head.tsx'
import type { OpenedAct } from './open-act.ts'

const BRANCHES = ['act', 'units', 'reasons', 'condition', 'kinds', ...SIGN_WORDS] as const

type Props = {
  opened: OpenedAct
  title: ReactNode
  lead?: ReactNode
  /** What keeps this very act from being signed, beside what keeps the kind from it. */
  refusal?: Refusal | undefined
  /** The form, given what every form is given; not shown where the act cannot be signed. */
  children: (props: ActProps) => ReactNode
}

/** The page of one act: what it is about, and its form, or why there is none and what can be done instead. */
export async function ActPage({ opened, title, lead, refusal, children }: Props) {
  const t = await getTranslations()
  const { actor, as, reference, desk, state, head, parties } = opened
  const why = refusal ?? opened.refusal
  return (
    <WorkspaceFrame actor={actor} room="consignments">
      <div className="mx-auto grid w-full max-w-[40rem] gap-4">
        <ConsignmentHead reference={reference} as={as} title={title} lead={lead} />
        {!desk || !opened.maySign ? (
          <Instead opened={opened} why={undefined} />
        ) : (
          <>
            <noscript>
              <p className="notice">{t('act.needsScripts')}</p>
            </noscript>
            <ClientWords branches={BRANCHES}>
              <ActSwitch isRefused={why !== undefined} instead={<Instead opened={opened} why={why} />}>
                <WhenReady>
                  <div className="grid gap-4">{children({ desk, reference, state, head, parties, as })}</div>
                </WhenReady>
              </ActSwitch>
            </ClientWords>
          </>
        )}
      </div>
    </WorkspaceFrame>
  )
}

/** Why not, and what can be done instead. */
async function Instead({ opened, why }: { opened: OpenedAct; why: Refusal | undefined }) {
  const t = await getTranslations()
  const { reference, as, possible, kind, maySign, state } = opened
  const others = maySign ? possible.filter(each => each !== kind) : []
  return (
    <section className="sheet panel grid gap-4">
      <div className="notice">
        <strong className="block">{t('act.cannot.title')}</strong>
        <p>{why ? t(`refusals.${why}`) : t('act.cannot.viewer')}</p>
        {state.mode === 'reported' && <p className="mt-1">{t('act.cannot.reported')}</p>}
      </div>
      {others.length > 0 && (
        <div>
          <h2 className="mb-2">{t('act.cannot.instead')}</h2>
          <ul className="flex flex-wrap gap-2">
            {others.map(each => (
              <li key={each}>
                <a className="btn" href={paths.act(reference, each, as)}>
                  {t(`act.do.${each}`)}
                </a>
              </li>
            ))}
          </ul>
        </div>
      )}
      <p>
        <a href={paths.consignment(reference, as)}>{t('act.cannot.back')}</a>
      </p>
    </section>
  )
}

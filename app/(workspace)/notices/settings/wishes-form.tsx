'use client'

import { useTranslations } from 'next-intl'
import { useActionState } from 'react'
import type { FormState } from '../../_forms/form-state.ts'
import { chooseNotices } from '../actions.ts'

type Channel = 'mail' | 'push'
type Props = {
  readonly as: string
  readonly groups: readonly {
    readonly name: string
    readonly kinds: readonly {
      readonly kind: string
      readonly label: string
      readonly wish: Readonly<Record<Channel, boolean>>
    }[]
  }[]
  /** Those this server has. */
  readonly channels: readonly { readonly channel: Channel; readonly label: string }[]
  readonly words: { readonly kind: string; readonly save: string }
}

/** A table of kinds by channels, a checkbox each; works without scripts. A channel that this server lacks keeps what was chosen for it. */
export function WishesForm({ as, groups, channels, words }: Props) {
  const t = useTranslations()
  const [state, send, isSending] = useActionState<FormState, FormData>(chooseNotices, {})
  const absent = (['mail', 'push'] as const).filter(each => channels.every(({ channel }) => channel !== each))
  return (
    <form action={send} className="grid justify-items-start gap-4">
      <input type="hidden" name="as" value={as} />
      {state.code !== undefined && (
        <p role="alert" className="notice w-full">
          {t(`noticeForm.problems.${state.code}`)}
        </p>
      )}
      {groups.map(({ name, kinds }) => (
        <table key={name} className="wishes">
          <caption>{name}</caption>
          <thead>
            <tr>
              <th scope="col">
                <span className="sr-only">{words.kind}</span>
              </th>
              {channels.map(({ channel, label }) => (
                <th key={channel} scope="col">
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {kinds.map(({ kind, label, wish }) => (
              <tr key={kind}>
                <th scope="row">
                  {label}
                  {absent.map(
                    channel =>
                      wish[channel] && <input key={channel} type="hidden" name={`${channel}:${kind}`} value="on" />,
                  )}
                </th>
                {channels.map(({ channel, label: where }) => (
                  <td key={channel}>
                    <label>
                      <input type="checkbox" name={`${channel}:${kind}`} defaultChecked={wish[channel]} />
                      <span className="sr-only">
                        {label}: {where}
                      </span>
                    </label>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      ))}
      <button type="submit" className="btn primary" aria-disabled={isSending}>
        {words.save}
      </button>
    </form>
  )
}

'use client'

import { useTranslations } from 'next-intl'
import { hexEncode } from '@/lib/core/bytes.ts'
import type { DeskProps } from '@/lib/device/desk.ts'
import { type DeviceKey, proveKey, type Signer } from '@/lib/device/key.ts'
import { SignButton } from '../_ui/sign-button.tsx'

/** The printed key enrols this device's new one. */
export function EnrolRecovered({ desk, own, signer }: { desk: DeskProps; own: DeviceKey; signer: Signer }) {
  const t = useTranslations()
  const { party } = desk
  return (
    <SignButton
      desk={desk}
      label={t('firstRun.recover.enrol')}
      options={{ signWith: signer }}
      act={async () => ({
        about: 'key',
        id: own.key,
        kind: 'enrol',
        after: '',
        body: {
          party,
          publicKey: hexEncode(own.publicKey),
          role: 'admin',
          held: 'device',
          proof: await proveKey(own, 'admin'),
        },
      })}
    />
  )
}

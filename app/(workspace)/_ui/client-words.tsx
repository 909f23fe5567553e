import { NextIntlClientProvider } from 'next-intl'
import { getMessages } from 'next-intl/server'
import type { ReactNode } from 'react'

/** Gives the client components inside the branches of messages that they name, and no others: each costs every visitor its bytes. */
export async function ClientWords({ branches, children }: { branches: readonly string[]; children: ReactNode }) {
  const messages = await getMessages()
  const picked = Object.fromEntries(branches.map(branch => [branch, messages[branch]]))
  return <NextIntlClientProvider messages={picked}>{children}</NextIntlClientProvider>
}

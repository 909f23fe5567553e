'use server'

import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { auth } from '@/lib/auth/auth.ts'
import { paths } from '@/lib/paths.ts'

/** Ends this browser's session. Its device keys stay where they are: they are the device's, not the session's. */
export async function signOut(): Promise<void> {
  await (await auth()).api.signOut({ headers: await headers() })
  redirect(paths.home())
}

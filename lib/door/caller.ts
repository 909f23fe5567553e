import { networkOf } from './address.ts'

/** Who is counted as one caller, from a request's headers as door.ts left them; empty where nobody knows. */
export function callerIn(headers: Pick<Headers, 'get'> | undefined): string {
  return networkOf(headers?.get('x-forwarded-for')?.split(',').at(-1)?.trim() ?? '')
}

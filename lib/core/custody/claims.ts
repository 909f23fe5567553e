import type { Role } from './state.ts'

/** What a new key signs to prove that whoever enrols it holds it (PROTOCOL §3). */
export function enrolMessage({ origin, party, role }: { origin: string; party: string; role: Role }): string {
  return `throughline/key/v1\n${origin}\n${party}\n${role}\n`
}

/** What the one-time key of an open release signs for its taker, so that a receipt seen by others takes nothing (PROTOCOL §4). */
export function claimMessage({ release, party, key }: { release: string; party: string; key: string }): string {
  return `throughline/claim/v1\n${release}\n${party}\n${key}\n`
}

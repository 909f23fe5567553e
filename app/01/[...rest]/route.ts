import { resolveGs1 } from '../../00/[...rest]/resolve.ts'
import { unlessAway } from '../../api/unless-away.ts'

/** The address of a trade item on a label, `/01/<GTIN>`, with its lot and serial number where they are known. */
export const GET = unlessAway(resolveGs1)

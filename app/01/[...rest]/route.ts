import { resolveGs1 } from '../../00/[...rest]/resolve.ts'

/** The address of a trade item on a label, `/01/<GTIN>`, with its lot and serial number where they are known. */
export function GET(request: Request): Promise<Response> {
  return resolveGs1(request)
}

let asked = 0

/** The header by which a proxy says that this request is from an address that nobody had before: what is counted by address begins anew with it. */
export function fromElsewhere(): { readonly 'x-forwarded-for': string } {
  asked += 1
  return { 'x-forwarded-for': `198.18.${(asked >> 8) & 255}.${asked & 255}` }
}

export interface DeclaredHub {
  /** Of the ERP. */
  baseUrl: string
  secret: string
  /** Settings of the ERP's connection beside the address. */
  erp?: Record<string, unknown>
}

export const SHOP = 'acme.myshopify.com'

/** A configuration as people declare it: one shop, one generic ERP, orders from one to the other. */
export const declaredHub = ({ baseUrl, secret, erp = {} }: DeclaredHub) => ({
  tenants: [{ id: 'acme', name: 'Acme Outdoor' }],
  connections: [
    {
      id: 'acme-shopify',
      tenant: 'acme',
      connector: 'shopify',
      settings: { shop: SHOP },
      secrets: { webhookSecret: secret },
    },
    { id: 'acme-erp', tenant: 'acme', connector: 'rest-erp', settings: { baseUrl, ...erp } },
  ],
  flows: [{ resource: 'order', from: ['acme-shopify'], to: ['acme-erp'] }],
  security: { allowPrivateHosts: ['127.0.0.1'] },
})

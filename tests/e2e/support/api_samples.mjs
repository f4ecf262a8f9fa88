// A right request for every operation of the API, to be made wrong in one way at a time.
import { restaurant } from "./api_program.mjs";

export const NOBODYS_ID = "0b7e3c1e-6f0e-4d1b-9d2a-6f4f6a1f2c33";

let made = 0;

/** {operationId: {method, path, body?, headers?}}. `venue` is an id and its ETag; `bundle` an id. */
export function samples({ venue, etag, bundle }) {
  const at = `/api/v1/venues/${venue}`;
  const named = () => restaurant(`見本 ${process.pid}-${made++}`);
  const document = (name) => ({ method: "GET", path: `${at}/documents/${name}` });
  return {
    getDescription: { method: "GET", path: "/api/v1/openapi.json" },
    explainProblem: { method: "GET", path: "/api/v1/problems/venue-not-found" },
    getCatalogue: { method: "GET", path: "/api/v1/catalogue" },
    startRegistration: { method: "POST", path: "/api/v1/registrations", body: { ...named(), email: `sample-${made++}@example.jp` } },
    getBusiness: { method: "GET", path: "/api/v1/business" },
    listVenues: { method: "GET", path: "/api/v1/venues" },
    addVenue: { method: "POST", path: "/api/v1/venues", body: named() },
    getVenue: { method: "GET", path: at },
    replaceVenue: { method: "PUT", path: at, body: named(), headers: { "If-Match": etag } },
    changeVenue: { method: "PATCH", path: at, body: { name_consent: true }, headers: { "If-Match": etag } },
    replaceCode: { method: "POST", path: `${at}/code`, body: { grace_days: 1 } },
    setState: { method: "PUT", path: `${at}/state`, body: { state: "open" } },
    countVisits: { method: "GET", path: `${at}/visits` },
    getCertificate: document("certificate.pdf"),
    getPoster: document("poster.pdf"),
    getTableTent: document("table-tent.pdf"),
    getStickers: document("stickers.pdf"),
    getQrSvg: document("qr.svg"),
    getQrPng: document("qr.png"),
    importVenues: { method: "POST", path: "/api/v1/imports", body: [named()] },
    startBundle: { method: "POST", path: "/api/v1/bundles", body: { document: "poster", format: "pdf" } },
    getBundle: { method: "GET", path: `/api/v1/bundles/${bundle}` },
    getBundleZip: { method: "GET", path: `/api/v1/bundles/${bundle}/file.zip` },
    getBundlePdf: { method: "GET", path: `/api/v1/bundles/${bundle}/file.pdf` },
  };
}

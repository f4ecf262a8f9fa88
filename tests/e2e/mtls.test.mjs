// Who may call what: each method of each service against each identity. The table below is the policy
// as people agreed on it; a new RPC without a row fails here.
import assert from "node:assert/strict";
import path from "node:path";
import { describe, test } from "node:test";

import grpc from "@grpc/grpc-js";

import { callStatus, credentials, issue, methods, rawClient, reasonOf, strangersCertificates } from "./support/grpc.mjs";
import { stackForTests } from "./support/stacks.mjs";

// officer-a may submit and approve, the auditor reads audit logs, the operator enrols, the desk looks
// after the register.
const OFFICER = ["officer-a"];
const DESK = ["desk"];
const KEEPERS = ["operator", "desk"];
const POLICY = {
  registry: {
    RegisterVenue: ["gateway", ...KEEPERS],
    ListCodeChanges: ["gateway"],
    LookupVenueCode: ["gateway", ...OFFICER, ...KEEPERS],
    ListCodeChanges: ["gateway"],
    BatchGetVenues: ["notifier", ...OFFICER, "auditor", ...KEEPERS],
    FindVenues: [...OFFICER, ...KEEPERS],
    ReplaceVenueCode: ["gateway", ...KEEPERS],
    SetVenueState: [...OFFICER, ...KEEPERS],
    GetOuterKeys: ["checkin"],
    ReleaseOuterKeys: ["notifier"],
    VoidStatement: ["notifier"],
    EnrolOfficer: ["operator"],
    RevokeOfficer: ["operator"],
    GetOfficer: ["notifier", ...OFFICER, "auditor", ...KEEPERS],
    ListOfficers: ["auditor", "operator"],
    ListAuditEntries: ["auditor"],
    // BusinessService: for whom the gateway acts is told by a credential.
    StartRegistration: ["gateway"],
    CheckLink: ["gateway"],
    OpenSession: ["gateway"],
    CloseSession: ["gateway"],
    RequestUpkeepLink: ["gateway"],
    GetBusiness: ["gateway"],
    ListOwnVenues: ["gateway"],
    GetOwnVenue: ["gateway"],
    AddVenue: ["gateway"],
    UpdateVenue: ["gateway"],
    ReplaceOwnVenueCode: ["gateway"],
    SetOwnVenueState: ["gateway"],
    ImportVenues: ["gateway"],
    RenderDocument: ["gateway"],
    StartBundle: ["gateway"],
    GetBundle: ["gateway"],
    DownloadBundle: ["gateway"],
    // PublicService: what anybody may ask.
    GetCertificate: ["gateway"],
    SearchListedVenues: ["gateway"],
    StreamListedVenues: ["gateway"],
    SubmitEnquiry: ["gateway"],
    SubmitReport: ["gateway"],
    // DeskService: the register desk's own work.
    SearchRegister: DESK,
    GetEntry: DESK,
    CorrectEntry: DESK,
    RegisterOnBehalf: DESK,
    DrawDocument: DESK,
    RecordInspection: DESK,
    WithdrawCertificate: DESK,
    MailBusiness: DESK,
    ListLetters: DESK,
    CloseLetter: DESK,
    CountRegister: DESK,
    ExportRegister: DESK,
    ReissueCertificates: DESK,
    IssueApiKey: DESK,
    ListApiKeys: DESK,
    RevokeApiKey: DESK,
  },
  checkin: {
    AdmitVisits: ["gateway"],
    RecordVisits: ["gateway"],
    CountVisits: ["notifier"],
    CountVenueDays: ["gateway"],
    StreamSealedVisits: ["notifier"],
  },
  notifier: {
    GetDayKeys: ["gateway"],
    RecordFollowChange: ["gateway"],
    PrepareCase: OFFICER,
    PreviewCase: OFFICER,
    SubmitCase: OFFICER,
    ApproveCase: OFFICER,
    RejectCase: OFFICER,
    CancelCase: OFFICER,
    // Whoever runs the suite may see how sending goes and stop it, and nothing else.
    PauseCase: [...OFFICER, "operator"],
    ResumeCase: OFFICER,
    SettleCase: OFFICER,
    GetCase: [...OFFICER, "auditor", "operator"],
    ListCases: [...OFFICER, "auditor", "operator"],
    WatchCase: [...OFFICER, "auditor", "operator"],
    ListAuditEntries: ["auditor"],
  },
};
const IDENTITIES = ["gateway", "registry", "checkin", "notifier", "officer-a", "auditor", "operator", "desk"];

describe("mutual TLS", () => {
  const stack = stackForTests();
  const ca = () => path.join(stack.env.TLS_DIR, "ca.crt");
  const certificate = (name) => path.join(stack.env.TLS_DIR, name);
  const address = (service) => stack.env[`${service.toUpperCase()}_ADDR`];

  /** Every method of every service with these credentials: those that answered anything but a refusal. */
  async function answered(creds) {
    const found = [];
    for (const service of Object.keys(POLICY)) {
      const client = rawClient(address(service), creds);
      for (const method of methods().filter((each) => each.service === service)) {
        const status = await callStatus(client, method);
        const turnedAway = status.code === grpc.status.UNAVAILABLE || status.code === grpc.status.UNAUTHENTICATED ||
          ["CALLER_NOT_ALLOWED", "NO_IDENTITY"].includes(reasonOf(status));
        if (!turnedAway) found.push(`${service}/${method.path.split("/").pop()}`);
      }
      client.close();
    }
    return found.sort();
  }

  function allowed(identity) {
    return Object.entries(POLICY).flatMap(([service, rows]) =>
      Object.entries(rows).filter(([, callers]) => callers.includes(identity)).map(([name]) => `${service}/${name}`)).sort();
  }

  test("every method has a row", () => {
    const rows = Object.entries(POLICY).flatMap(([service, names]) => Object.keys(names).map((name) => `${service}/${name}`));
    assert.deepEqual(methods().map(({ service, path: full }) => `${service}/${full.split("/").pop()}`).sort(), rows.sort());
  });

  for (const identity of IDENTITIES) {
    test(`${identity} is answered exactly where the policy says`, async () => {
      assert.deepEqual(await answered(credentials(ca(), certificate(identity))), allowed(identity));
    });
  }

  test("nobody is answered without a certificate, in plaintext, or with an expired one", async () => {
    await issue(stack, "expired", "--uri", "spiffe://services.oshirase/gateway", "--expired");
    assert.deepEqual(await answered(credentials(ca())), []);
    assert.deepEqual(await answered(grpc.credentials.createInsecure()), []);
    assert.deepEqual(await answered(credentials(ca(), certificate("expired"))), []);
  });

  test("a certificate of another authority is nobody's, whatever it says", async () => {
    const strangers = await strangersCertificates();
    for (const name of ["gateway", "notifier", "officer-a", "operator"]) {
      assert.deepEqual(await answered(credentials(ca(), path.join(strangers, name))), []);
    }
  });

  test("the services' authority cannot make an officer, nor the officers' a service", async () => {
    await issue(stack, "forged-officer", "--uri", "spiffe://officers.oshirase/officer-a", "--ca", "services");
    await issue(stack, "forged-service", "--uri", "spiffe://services.oshirase/notifier", "--ca", "officers");
    assert.deepEqual(await answered(credentials(ca(), certificate("forged-officer"))), []);
    assert.deepEqual(await answered(credentials(ca(), certificate("forged-service"))), []);
  });

  test("an officer who is not enrolled is answered nowhere", async () => {
    await issue(stack, "officer-z", "--uri", "spiffe://officers.oshirase/officer-z", "--ca", "officers");
    assert.deepEqual(await answered(credentials(ca(), certificate("officer-z"))), []);
  });

  test("the plaintext health ports answer health and nothing else", async () => {
    for (const entry of stack.env.HEALTH_ADDRS.split(" ")) {
      const [name, target] = entry.split("=");
      const client = rawClient(target, grpc.credentials.createInsecure());
      const health = await callStatus(client, { path: "/grpc.health.v1.Health/Check" });
      assert.equal(health.code, grpc.status.OK, name);
      for (const method of methods()) {
        assert.equal((await callStatus(client, method)).code, grpc.status.UNIMPLEMENTED, `${name} ${method.path}`);
      }
      client.close();
    }
  });
});

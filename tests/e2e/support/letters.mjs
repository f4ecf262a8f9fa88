// The letter boxes of the public site, and the mails that come back.

/** Sends /enquiry or /report, filled in as a person would; the number on the page that follows. */
export async function sendLetter(stack, box, fields) {
  const site = stack.env.GATEWAY_URL;
  const form = await (await fetch(`${site}/${box}`)).text();
  const page = /name="page" value="([^"]+)"/.exec(form)[1];
  const sent = await fetch(`${site}/${box}`, {
    method: "POST", redirect: "manual", headers: { origin: new URL(site).origin },
    body: new URLSearchParams({ page, ...fields }),
  });
  if (sent.status !== 303) throw new Error(`POST /${box}: ${sent.status}`);
  const thanks = await (await fetch(new URL(sent.headers.get("location"), site))).text();
  return /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]/.exec(thanks)[0];
}

/** Waits for a mail to `email` that `wanted` picks. */
export async function mailTo(stack, email, wanted = () => true) {
  for (const end = Date.now() + 30_000; Date.now() < end; ) {
    const messages = await (await fetch(`${stack.env.MAIL_URL}/api/messages`)).json();
    const found = messages.find((mail) => JSON.stringify(mail.to).includes(email) && wanted(mail));
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error("the mail did not come");
}

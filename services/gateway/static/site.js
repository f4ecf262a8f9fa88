// What makes pages a little quicker where scripts run. Every page works without this file.

// A second press while the first is on its way would only be answered later.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
  setTimeout(() => delete form.dataset.sent, 5000);
});
// The way back in a browser shows the page as it was left.
addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent;
});

// The address of a postal code without a new page; any trouble leaves the button to the form.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-fill]");
  if (!button || button.dataset.tried) return;
  const form = button.form;
  const code = form.elements.postal_code.value.normalize("NFKC").replace(/[^0-9]/g, "");
  if (code.length !== 7) return;
  event.preventDefault();
  try {
    const answer = await fetch(`/postal-codes/${code}`);
    const found = answer.ok && (await answer.json());
    if (!found || found.several_towns) throw new Error("the page has words for this");
    form.elements.municipality.value = found.municipality;
    if (!form.elements.address.value.startsWith(found.address)) form.elements.address.value = found.address;
    form.elements.address.focus();
  } catch {
    button.dataset.tried = "yes";
    button.click();
  }
});

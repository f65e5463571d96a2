// Keys, focus, and what is drafted but not saved. No page needs it: every form and link works without.
"use strict";
(() => {
  const KEY = "grader-review-keys";
  const ALSO = { j: "n", k: "p" };
  const $ = (query) => document.querySelector(query);

  const say = (words) => {
    const place = $("#say");
    if (place) place.textContent = words;
  };
  const areOn = () => {
    try { return localStorage.getItem(KEY) !== "off"; } catch { return true; }
  };
  const setOn = (on) => {
    try { localStorage.setItem(KEY, on ? "on" : "off"); } catch { /* kept for this page only */ }
  };
  const isField = (node) =>
    node instanceof HTMLTextAreaElement || node instanceof HTMLSelectElement || node?.isContentEditable ||
    (node instanceof HTMLInputElement && !["checkbox", "radio", "button", "submit"].includes(node.type));

  // A mark by its digit: given or not; in a group it goes round.
  const toggle = (digit) => {
    const mark = $(`.mark[data-digit="${digit}"]`);
    if (mark) {
      if (mark.type === "checkbox") mark.checked = !mark.checked;
      else mark.value = Number(mark.value) > 0 ? "0" : mark.dataset.points;
      mark.dispatchEvent(new Event("input", { bubbles: true }));
      const given = mark.type === "checkbox" ? mark.checked : Number(mark.value) > 0;
      say(`${mark.name.replace("mark.", "")} ${given ? "given" : "not given"}, not saved yet`);
      return true;
    }
    const set = $(`fieldset[data-digit="${digit}"]`);
    if (!set) return false;
    const radios = [...set.querySelectorAll("input[type=radio]")];
    const next = radios[(radios.findIndex((radio) => radio.checked) + 1) % radios.length];
    next.checked = true;
    next.dispatchEvent(new Event("input", { bubbles: true }));
    say(`${next.name.replace("mark.", "")} ${next.parentElement.textContent.trim()}, not saved yet`);
    return true;
  };

  const draw = () => {
    document.querySelectorAll(".mark").forEach((mark) => {
      const now = mark.type === "checkbox" && !mark.checked ? "0" : mark.value;
      const is = now !== mark.dataset.was; // not of the page as it came: that may be a form that was refused
      mark.closest("tr").classList.toggle("draft", is);
    });
    document.querySelectorAll("tr fieldset[data-digit]").forEach((set) => {
      const chosen = [...set.querySelectorAll("input[type=radio]")].find((radio) => radio.checked);
      const part = set.querySelector("input[type=number]");
      const is = Boolean((chosen && chosen.value) || (part && part.value));
      set.closest("tr").classList.toggle("draft", is);
    });
  };
  const drafted = () => document.querySelector("tr.draft") !== null;

  const submit = (button) => {
    const why = $("#why");
    const needs = button.value !== "confirm" && why && button.form === why.form && !why.value.trim();
    if (needs) {
      why.focus();
      say("Say why first");
      why.classList.add("needed");
      return;
    }
    button.click();
  };

  const press = (key) => {
    if (/^[1-9]$/.test(key)) return toggle(key);
    if (key === "?") { $("#help")?.showModal(); return true; }
    if (key === "/") { const find = $("#find"); find?.focus(); find?.select(); return Boolean(find); }
    if (key === "w") { $("#why")?.focus(); return Boolean($("#why")); }
    if (key === "m") { $("#note")?.focus(); return Boolean($("#note")); }
    if (key === "a") { $("#equal")?.click(); return Boolean($("#equal")); }
    const node = $(`[data-key="${CSS.escape(ALSO[key] ?? key)}"]`);
    if (!node) return false;
    if (node instanceof HTMLButtonElement) submit(node);
    else node.click();
    return true;
  };

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && isField(event.target)) { event.target.blur(); return; }
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return;
    if (isField(event.target) || $("dialog[open]") || (event.key !== "?" && !areOn())) return;
    if (press(event.key)) event.preventDefault();
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("#help-open")) $("#help")?.showModal();
  });
  document.addEventListener("input", (event) => {
    if (event.target.id === "keys-on") setOn(event.target.checked);
    if (event.target.id === "why") event.target.classList.remove("needed");
    draw();
  });

  const arrive = () => {
    const box = $("#keys-on");
    if (box) box.checked = areOn();
    draw();
    document.documentElement.dataset.at = document.title; // the page is there and may be used
  };
  document.addEventListener("DOMContentLoaded", arrive);
  // A page that came by htmx: those who hear it are told where they are, and the keyboard starts at its head.
  document.addEventListener("htmx:afterSettle", (event) => {
    arrive();
    if (!event.detail.boosted) return; // a page that renews itself leaves the reader where they are
    $("#main")?.focus({ preventScroll: true });
    window.scrollTo(0, 0);
    say(document.title);
  });
  document.addEventListener("htmx:sendError", () => say("The server does not answer"));
  document.addEventListener("htmx:beforeRequest", (event) => {
    const leaving = event.detail.requestConfig?.verb === "get" && drafted();
    if (leaving && !window.confirm("What you changed here is not saved. Leave it?")) event.preventDefault();
  });
  window.addEventListener("beforeunload", (event) => { if (drafted()) event.preventDefault(); });
})();

/**
 * What script adds to pages that work without it: the chosen theme, a button that shows a password, its length, a hint
 * at caps lock, a code that submits itself once, a busy button, and focus where the eye should go.
 */
export const SCRIPT = `'use strict';
(function () {
  var root = document.documentElement;
  try {
    var kept = JSON.parse(localStorage.getItem('tollgate.preferences') || '{}');
    if (kept.theme === 'light' || kept.theme === 'dark') root.dataset.theme = kept.theme;
  } catch (_) { /* storage may be closed to us */ }

  function make(tag, className, text) {
    var element = document.createElement(tag);
    element.className = className;
    if (text) element.textContent = text;
    return element;
  }

  function describe(input, element) {
    element.id = element.id || input.id + '-' + element.className;
    var ids = (input.getAttribute('aria-describedby') || '').split(' ').filter(Boolean);
    if (ids.indexOf(element.id) < 0) input.setAttribute('aria-describedby', ids.concat(element.id).join(' '));
  }

  function password(input) {
    var button = make('button', 'toggle', 'Show');
    button.type = 'button';
    button.setAttribute('aria-controls', input.id);
    button.setAttribute('aria-pressed', 'false');
    button.setAttribute('aria-label', 'Show password');
    button.addEventListener('click', function () {
      var shown = input.type === 'text';
      input.type = shown ? 'password' : 'text';
      button.textContent = shown ? 'Show' : 'Hide';
      button.setAttribute('aria-pressed', String(!shown));
      input.focus();
    });
    input.classList.add('input-toggle');
    input.parentNode.appendChild(button);

    var caps = make('p', 'hint', '');
    caps.id = input.id + '-caps';
    caps.setAttribute('aria-live', 'polite');
    input.parentNode.parentNode.appendChild(caps);
    input.addEventListener('keyup', function (event) {
      caps.textContent = event.getModifierState && event.getModifierState('CapsLock') ? 'Caps lock is on' : '';
    });
  }

  function length(input) {
    var meter = make('div', 'meter', '');
    meter.appendChild(document.createElement('i'));
    meter.setAttribute('aria-hidden', 'true');
    input.parentNode.after(meter);
    input.addEventListener('input', function () {
      meter.firstChild.style.setProperty('--part', String(Math.min(1, Array.from(input.value).length / 12)));
    });
  }

  function code(input) {
    var sent = '';
    input.addEventListener('input', function () {
      var digits = input.value.replace(/[\\s-]/g, '');
      if (/^\\d{6}$/.test(digits) && digits !== sent && !document.querySelector('[role=alert],[aria-invalid]')) {
        sent = digits;
        input.form.requestSubmit();
      }
    });
  }

  function busy(form) {
    form.addEventListener('submit', function (event) {
      var button = form.querySelector('button[type=submit]');
      if (form.dataset.sent) { event.preventDefault(); return; }
      form.dataset.sent = 'yes';
      button.setAttribute('aria-busy', 'true');
      if (button.dataset.busy) button.firstElementChild.textContent = button.dataset.busy;
    });
  }

  document.addEventListener('DOMContentLoaded', function () {
    document.querySelectorAll('input[type=password]').forEach(password);
    document.querySelectorAll('[data-look=new-password] input').forEach(length);
    document.querySelectorAll('[data-look=code] input').forEach(code);
    document.querySelectorAll('form').forEach(busy);
    var wrong = document.querySelector('[aria-invalid=true]');
    var alert = document.querySelector('[role=alert]');
    if (wrong) { wrong.focus(); wrong.select(); }
    else if (alert) alert.focus();
    else if (matchMedia('(hover: hover)').matches) {
      var first = document.querySelector('main input:not([type=hidden]):not([readonly]):placeholder-shown, main input.input:not([readonly])');
      if (first && !first.value) first.focus();
    }
  });

  // Back to a page that was left while it was sending: its button works again.
  addEventListener('pageshow', function (event) {
    if (!event.persisted) return;
    document.querySelectorAll('form').forEach(function (form) {
      delete form.dataset.sent;
      var button = form.querySelector('[aria-busy]');
      if (button) button.removeAttribute('aria-busy');
    });
  });
})();
`;

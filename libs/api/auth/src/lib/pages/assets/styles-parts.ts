/** Forms, notices, steps. Nothing moves for people who asked for less motion. */
export const PARTS = `
.form{display:grid;gap:20px;margin-top:24px}
.form+.form,.form+.more{margin-top:16px}
.field label{display:block;margin-bottom:6px;font-weight:550;font-size:.875rem;line-height:1.25rem}
.optional{font-weight:400;color:var(--muted)}
.control{position:relative}
.input{display:block;width:100%;height:48px;padding:0 14px;font:inherit;font-size:1rem;color:var(--text);background:var(--field);border:1px solid var(--edge);border-radius:10px;outline:none;transition:border-color .1s,box-shadow .1s}
.input:hover{border-color:var(--text)}
.input:focus-visible{border-color:var(--primary);box-shadow:0 0 0 3px color-mix(in srgb,var(--primary) 28%,transparent);outline:2px solid transparent}
.field-wrong .input{border-color:var(--danger)}
.input-code{font-family:var(--mono);font-size:1.5rem;letter-spacing:.24em;height:60px;text-align:center;padding:0 8px}
.input-mono{font-family:var(--mono);font-size:.9375rem}
.input[readonly]{background:transparent;border-style:dashed;color:var(--muted)}
.input-toggle{padding-right:76px}
.toggle{position:absolute;inset:4px 4px 4px auto;min-width:64px;padding:0 12px;border:0;border-radius:7px;background:transparent;color:var(--primary);font:inherit;font-size:.875rem;font-weight:550;cursor:pointer}
.toggle:hover{background:color-mix(in srgb,var(--primary) 10%,transparent)}
.hint,.error{margin:6px 0 0;font-size:.8125rem;line-height:1.125rem;color:var(--muted)}
.error{color:var(--danger);font-weight:500}
.meter{height:4px;margin-top:8px;border-radius:2px;background:var(--line);overflow:hidden}
.meter i{display:block;height:100%;width:100%;border-radius:2px;background:var(--primary);transform-origin:left;transform:scaleX(var(--part,0));transition:transform .15s}
.button{display:flex;align-items:center;justify-content:center;gap:10px;width:100%;min-height:48px;padding:10px 20px;border:1px solid transparent;border-radius:10px;background:var(--primary);color:var(--on-primary);font:inherit;font-weight:600;font-size:.9375rem;text-decoration:none;cursor:pointer;transition:background .1s}
.button:hover{background:var(--primary-hover);color:var(--on-primary)}
.button-quiet{background:transparent;color:var(--primary);border-color:var(--edge)}
.button-quiet:hover{background:color-mix(in srgb,var(--primary) 8%,transparent);color:var(--primary-hover)}
.button[aria-busy=true]{cursor:progress;opacity:.85}
.button[aria-busy=true]::after{content:"";width:16px;height:16px;border:2px solid currentColor;border-right-color:transparent;border-radius:50%;animation:turn .8s linear infinite}
@keyframes turn{to{transform:rotate(1turn)}}
:is(a,button,summary,.notice):focus-visible{outline:2px solid var(--primary);outline-offset:2px}
.notice{display:flex;gap:12px;align-items:flex-start;margin:16px 0 0;padding:12px 14px;border-radius:10px;font-size:.875rem;line-height:1.25rem}
.notice p:last-child,.notice ul:last-child{margin:0}
.notice .icon{width:20px;height:20px;flex:none}
.notice-danger{background:var(--danger-bg);color:var(--on-danger)}
.notice-info{background:var(--info-bg);color:var(--on-info)}
.notice-warning{background:var(--warning-bg);color:var(--on-warning)}
.notice-success{background:var(--success-bg);color:var(--on-success)}
.notice a{color:inherit}
.more{margin-top:16px;border-top:1px solid var(--line);padding-top:12px}
.more summary{cursor:pointer;color:var(--primary);font-weight:550;font-size:.875rem;padding:6px 0;border-radius:6px;min-height:24px}
.more .form{margin-top:12px}
.more .field{margin-top:8px}
.in-form{margin:0;padding-top:4px}
.foot{margin:24px 0 0;font-size:.875rem;color:var(--muted)}
.facts{display:grid;gap:1px;margin:20px 0 0;border:1px solid var(--line);border-radius:10px;background:var(--line);overflow:hidden}
.facts>div{display:grid;gap:2px;padding:10px 14px;background:var(--panel)}
.facts dt{font-size:.8125rem;line-height:1.125rem;color:var(--muted)}
.facts dd{margin:0;font-weight:550;overflow-wrap:anywhere}
.step-name{margin:0 0 6px;font-size:.8125rem;line-height:1.125rem;font-weight:550;color:var(--primary)}
.steps{list-style:none;margin:0;padding:0}
.steps li{position:relative;display:flex;gap:14px;align-items:center;min-height:32px;padding-bottom:20px;color:#a9cfce;font-weight:500}
.steps li:not(:last-child)::before{content:"";position:absolute;left:15px;top:32px;bottom:0;width:2px;background:#ffffff2e}
.steps .dot{display:grid;place-items:center;width:32px;height:32px;flex:none;border-radius:50%;border:2px solid #ffffff4d;font-size:.875rem;font-weight:600}
.steps .dot .icon{width:18px;height:18px}
.steps [aria-current] {color:#fff}
.steps [aria-current] .dot{background:#ffb960;border-color:#ffb960;color:#3a2100}
.steps .done{color:#e3fffe}
.steps .done .dot{background:#e3fffe;border-color:#e3fffe;color:#003737}
.side .wizard{margin:auto 0}
.wizard-title{font-size:1.5rem;line-height:1.875rem;font-weight:650;letter-spacing:-.02em;color:#fff;margin-bottom:28px}
.secret{display:block;padding:12px 14px;border-radius:10px;background:var(--ground);border:1px solid var(--line);font-family:var(--mono);font-size:.8125rem;line-height:1.25rem;overflow-wrap:anywhere;white-space:pre-wrap;user-select:all}
.plain{margin:0 0 8px;padding-left:20px;display:grid;gap:8px}
.stack{display:grid;gap:16px;margin-top:20px}
.row{display:grid;gap:12px;margin-top:16px}
@media (min-width:600px){.row{grid-template-columns:1fr 1fr}}
.choice{display:flex;gap:12px;align-items:flex-start;padding:12px 14px;border:1px solid var(--edge);border-radius:10px;cursor:pointer}
.choices{display:grid;gap:10px}
@media (min-width:600px){.choices{grid-template-columns:1fr 1fr}}
a.choice{color:inherit;text-decoration:none}
a.choice:hover{border-color:var(--primary);color:inherit}
.choice:has(:checked),.choice[aria-current]{border-color:var(--primary);box-shadow:inset 0 0 0 1px var(--primary)}
.choice input{width:20px;height:20px;margin:1px 0 0;accent-color:var(--primary);flex:none}
.choice small{display:block;font-size:.8125rem;line-height:1.125rem;color:var(--muted)}
fieldset{border:0;margin:0;padding:0;display:grid;gap:10px;min-width:0}
legend{padding:0;margin-bottom:8px;font-weight:550;font-size:.875rem}
@media (prefers-reduced-motion:reduce){*,::before,::after{transition:none!important;animation-duration:3s!important}}
@media (prefers-contrast:more){.input,.panel,.choice{border-color:var(--text)}.hint,.lead,.muted{color:var(--text)}}
@media (forced-colors:active){.button{border-color:ButtonText}.notice{border:1px solid}}
`;

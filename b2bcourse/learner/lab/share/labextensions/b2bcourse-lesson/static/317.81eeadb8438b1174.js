"use strict";(self.rspackChunkb2bcourse_lesson=self.rspackChunkb2bcourse_lesson||[]).push([[317],{984(e,t,n){var a=n(601),o=n.n(a),i=n(314),s=(n.n(i))()(o());s.push([e.id,`/* A lesson of the course in JupyterLab: one bar, one column, nothing that jumps. Sizes after the course's look. */

body {
  --b2b-ink: #1f1f1f;
  --b2b-ink2: #616161;
  --b2b-accent: #1565c0;
  --b2b-line: #e0e0e0;
  --b2b-control: #767676;
  --b2b-paper: #ffffff;
  --b2b-edge: max(24px, calc((100% - 1096px) / 2));
}

body[data-jp-theme-light="false"] {
  --b2b-ink: #e4e4e4;
  --b2b-ink2: #a8a8a8;
  --b2b-accent: #6cb4f5;
  --b2b-line: #333333;
  --b2b-control: #8a8a8a;
  --b2b-paper: #111111;
}

/* ---------------------------------------------------------------- the bar */

#jp-header-panel:has(.b2b-bar:not(.lm-mod-hidden)) {
  min-height: 44px;
}

.b2b-bar {
  min-height: 44px;
  box-sizing: border-box;
  border-bottom: 1px solid var(--b2b-line);
  background: var(--b2b-paper);
  color: var(--b2b-ink2);
  font: 12px / 1.5 var(--b2b-face);
}

.b2b-bar,
.b2b-notice,
.b2b-lesson {
  --b2b-face: var(--jp-ui-font-family), "Apple SD Gothic Neo", "Malgun Gothic", "Noto Sans KR", NanumGothic, sans-serif;
}

.b2b-bar:lang(ko),
.b2b-notice:lang(ko),
.b2b-lesson :lang(ko) {
  --b2b-face: "Apple SD Gothic Neo", "Malgun Gothic", "Noto Sans KR", NanumGothic, system-ui, sans-serif;
}

.b2b-bar-in {
  display: flex;
  gap: 16px;
  align-items: center;
  box-sizing: border-box;
  height: 43px;
  padding: 0 var(--b2b-edge);
  white-space: nowrap;
}

.b2b-bar-title {
  overflow: hidden;
  min-width: 64px;
  color: var(--b2b-ink);
  font-size: 14px;
  font-weight: 700;
  text-overflow: ellipsis;
}

.b2b-bar :is(a, button) {
  display: inline-flex;
  flex: none;
  gap: 4px;
  align-items: center;
  min-height: 28px;
  padding: 0;
  border: 0;
  border-radius: 2px;
  background: none;
  color: inherit;
  cursor: pointer;
  font: inherit;
  text-decoration: none;
}

.b2b-bar :is(a, button):hover {
  color: var(--b2b-ink);
  text-decoration: underline;
}

.b2b-bar :is(a, button):focus-visible,
.b2b-notice button:focus-visible {
  outline: 2px solid var(--b2b-accent);
  outline-offset: 2px;
}

.b2b-bar-gap {
  flex: 1;
}

.b2b-bar-marks {
  display: flex;
  flex: none;
  gap: 24px;
  align-self: stretch;
}

.b2b-bar-marks:empty {
  display: none;
}

.b2b-bar-part {
  display: flex;
  gap: 4px;
  align-items: center;
  border-bottom: 2px solid transparent;
  border-top: 2px solid transparent;
}

.b2b-bar-part.is-here {
  border-bottom-color: var(--b2b-accent);
}

.b2b-mark {
  flex: none;
  width: 12px;
  height: 12px;
  color: var(--b2b-accent);
}

.b2b-mark:is(.is-not-yet, .is-back, .is-next) {
  color: var(--b2b-ink2);
}

.b2b-mark .is-filled {
  fill: currentcolor;
}

.b2b-mark .is-line {
  fill: none;
  stroke: currentcolor;
  stroke-width: 1.2;
}

@media (width < 1100px) {
  .b2b-bar-marks {
    gap: 12px;
  }
}

@media (width < 900px) {
  .b2b-bar-told {
    display: none;
  }

  .b2b-bar-marks {
    gap: 8px;
  }

  .b2b-bar-part {
    gap: 2px;
  }
}

@media (width < 760px) {
  .b2b-bar-marks {
    display: none;
  }
}

@media (width < 560px) {
  .b2b-bar-in {
    gap: 12px;
    padding: 0 12px;
  }

  .b2b-bar-words {
    display: none;
  }
}

/* ---------------------------------------------------------------- a sentence and a button */

.b2b-notice {
  border-bottom: 1px solid var(--b2b-line);
  background: var(--b2b-paper);
  color: var(--b2b-ink);
  font: 14px / 1.5 var(--b2b-face);
}

.b2b-notice-in {
  display: flex;
  flex-wrap: wrap;
  gap: 8px 16px;
  align-items: center;
  padding: 8px 24px;
}

.b2b-calm .b2b-notice-in {
  padding: 8px var(--b2b-edge);
}

.b2b-notice p {
  flex: 1 1 320px;
  max-width: 640px;
  margin: 0;
  text-wrap: pretty;
  word-break: keep-all;
  overflow-wrap: anywhere;
}

.b2b-notice button {
  min-height: 32px;
  padding: 0 16px;
  border: 1px solid var(--b2b-accent);
  border-radius: 2px;
  background: none;
  color: var(--b2b-accent);
  cursor: pointer;
  font: inherit;
}

/* ---------------------------------------------------------------- what is not seen in a calm lesson */

.b2b-calm
  :is(
    #jp-top-panel,
    #jp-menu-panel,
    #jp-bottom-panel,
    .jp-SideBar,
    #jp-main-dock-panel > .lm-DockPanel-tabBar,
    .b2b-lesson > .jp-Toolbar
  ) {
  display: none !important;
  min-width: 0 !important;
  /* Lumino reads 0 as \xabno limit\xbb. */
  max-width: 0.02px !important;
  min-height: 0 !important;
  max-height: 0.02px !important;
}

.b2b-calm #jp-main-dock-panel {
  padding: 0 !important;
}

.b2b-calm
  .b2b-lesson
  :is(
    .jp-InputPrompt,
    .jp-OutputPrompt,
    .jp-OutputArea-promptOverlay,
    .jp-Collapser,
    .jp-cell-toolbar,
    .jp-collapseHeadingButton,
    .jp-expand-indicator,
    .jp-CodeCell .jp-Cell-inputWrapper,
    .jp-Notebook-footer,
    .jp-CellHeader,
    .jp-CellFooter,
    .jp-InternalAnchorLink
  ),
.b2b-calm .b2b-lesson .b2b-press,
.b2b-alive .b2b-press {
  display: none !important;
}

.b2b-calm .b2b-lesson {
  border: 0 !important;
}

.b2b-calm .b2b-lesson .jp-WindowedPanel-outer {
  box-sizing: border-box;
  width: 100%;
  padding: 32px var(--b2b-edge) 64px !important;
  background: var(--b2b-paper);
}

.b2b-calm .b2b-lesson .jp-WindowedPanel-viewport {
  padding: 0;
}

.b2b-calm .b2b-lesson .jp-Notebook .jp-Cell {
  padding: 0;
  border: 0;
  background: none;
}

/* In a calm lesson a cell of text is no control: keys scroll, and Tab goes from exercise to exercise. */
.b2b-calm .b2b-lesson .jp-Notebook .jp-Cell:focus-visible {
  box-shadow: none !important;
}

/* An exercise keeps 4 px free at its left for the ring of the focus: it and the text share an edge all the same. */
.b2b-calm .b2b-lesson .jp-Notebook .jp-Cell .jp-Cell-outputWrapper {
  margin: 0 0 0 -4px !important;
}

.b2b-calm .b2b-lesson .jp-OutputArea-output {
  padding: 0 0 0 4px;
  border: 0;
}

/* All outputs but widgets tell their type. */
.b2b-calm .b2b-lesson .jp-OutputArea-output:not([data-mime-type]) {
  padding: 0;
}

.b2b-calm .b2b-lesson .jp-MarkdownCell .jp-RenderedMarkdown {
  padding: 0;
  border: 0;
  background: none;
}

.b2b-calm .b2b-lesson :is(.jp-mod-active, .jp-mod-selected) .jp-Collapser-child,
.b2b-calm .b2b-lesson .jp-Cell::before {
  background: none;
}

/* ---------------------------------------------------------------- text */

.b2b-lesson .jp-RenderedHTMLCommon {
  word-break: keep-all;
  overflow-wrap: break-word;
}

.b2b-calm .b2b-lesson .jp-MarkdownCell .jp-RenderedHTMLCommon {
  max-width: 640px;
  padding-right: 0;
  color: var(--b2b-ink);
  font: 14px / 1.5 var(--b2b-face);
  text-wrap: pretty;
}

.b2b-calm .b2b-lesson .jp-MarkdownCell :is(h1, h2, h3) {
  margin: 0 0 8px;
  color: var(--b2b-ink);
  font-size: 17px;
  font-weight: 700;
  line-height: 1.3;
}

.b2b-calm .b2b-lesson .jp-MarkdownCell h3 {
  font-size: 14px;
}

.b2b-calm .b2b-lesson .jp-MarkdownCell .jp-RenderedHTMLCommon > :last-child {
  margin-bottom: 0;
}

.b2b-calm .b2b-lesson .jp-MarkdownCell table {
  margin: 8px 0;
  font-size: 14px;
}

.b2b-calm .b2b-lesson .jp-MarkdownCell tr:nth-child(even) {
  background: none;
}

.b2b-calm .b2b-lesson .jp-MarkdownCell :is(th, td) {
  padding: 6px 12px 6px 0;
  border-bottom: 1px solid var(--b2b-line);
  line-height: 1.5;
  text-align: start;
}

.b2b-calm .b2b-lesson .jp-MarkdownCell tr:hover {
  background: none;
}

.b2b-calm .b2b-lesson .jp-Cell + .jp-Cell {
  margin-top: 32px;
}

/* What a former kernel has left is gone; until its cell has run again nothing is told of it. */
:is(.b2b-waking, .b2b-unmet) .jp-OutputArea-output:not([data-mime-type]) {
  display: none;
}

@media (width < 900px) {
  .b2b-calm .b2b-lesson .jp-WindowedPanel-outer {
    padding-top: 24px !important;
  }
}

@media (width < 560px) {
  .b2b-calm .b2b-lesson .jp-WindowedPanel-outer {
    padding-right: 12px !important;
    padding-left: 12px !important;
  }
}

@media (forced-colors: active) {
  .b2b-mark {
    color: CanvasText;
  }
}
`,""]),n.d(t,{},{A:s})},314(e){e.exports=function(e){var t=[];return t.toString=function(){return this.map(function(t){var n="",a=void 0!==t[5];return t[4]&&(n+="@supports (".concat(t[4],") {")),t[2]&&(n+="@media ".concat(t[2]," {")),a&&(n+="@layer".concat(t[5].length>0?" ".concat(t[5]):""," {")),n+=e(t),a&&(n+="}"),t[2]&&(n+="}"),t[4]&&(n+="}"),n}).join("")},t.i=function(e,n,a,o,i){"string"==typeof e&&(e=[[null,e,void 0]]);var s={};if(a)for(var r=0;r<this.length;r++){var l=this[r][0];null!=l&&(s[l]=!0)}for(var d=0;d<e.length;d++){var c=[].concat(e[d]);a&&s[c[0]]||(void 0!==i&&(void 0===c[5]||(c[1]="@layer".concat(c[5].length>0?" ".concat(c[5]):""," {").concat(c[1],"}")),c[5]=i),n&&(c[2]&&(c[1]="@media ".concat(c[2]," {").concat(c[1],"}")),c[2]=n),o&&(c[4]?(c[1]="@supports (".concat(c[4],") {").concat(c[1],"}"),c[4]=o):c[4]="".concat(o)),t.push(c))}},t}},601(e){e.exports=function(e){return e[1]}},72(e){var t=[];function n(e){for(var n=-1,a=0;a<t.length;a++)if(t[a].identifier===e){n=a;break}return n}function a(e,a){for(var o={},i=[],s=0;s<e.length;s++){var r=e[s],l=a.base?r[0]+a.base:r[0],d=o[l]||0,c="".concat(l," ").concat(d);o[l]=d+1;var b=n(c),p={css:r[1],media:r[2],sourceMap:r[3],supports:r[4],layer:r[5]};if(-1!==b)t[b].references++,t[b].updater(p);else{var u=function(e,t){var n=t.domAPI(t);return n.update(e),function(t){t?(t.css!==e.css||t.media!==e.media||t.sourceMap!==e.sourceMap||t.supports!==e.supports||t.layer!==e.layer)&&n.update(e=t):n.remove()}}(p,a);a.byIndex=s,t.splice(s,0,{identifier:c,updater:u,references:1})}i.push(c)}return i}e.exports=function(e,o){var i=a(e=e||[],o=o||{});return function(e){e=e||[];for(var s=0;s<i.length;s++){var r=n(i[s]);t[r].references--}for(var l=a(e,o),d=0;d<i.length;d++){var c=n(i[d]);0===t[c].references&&(t[c].updater(),t.splice(c,1))}i=l}}},659(e){var t={};e.exports=function(e,n){var a=function(e){if(void 0===t[e]){var n=document.querySelector(e);if(window.HTMLIFrameElement&&n instanceof window.HTMLIFrameElement)try{n=n.contentDocument.head}catch(e){n=null}t[e]=n}return t[e]}(e);if(!a)throw Error("Couldn't find a style target. This probably means that the value for the 'insert' parameter is invalid.");a.appendChild(n)}},540(e){e.exports=function(e){var t=document.createElement("style");return e.setAttributes(t,e.attributes),e.insert(t,e.options),t}},56(e,t,n){e.exports=function(e){var t=n.nc;t&&e.setAttribute("nonce",t)}},825(e){e.exports=function(e){if("u"<typeof document)return{update:function(){},remove:function(){}};var t=e.insertStyleElement(e);return{update:function(n){var a,o,i;a="",n.supports&&(a+="@supports (".concat(n.supports,") {")),n.media&&(a+="@media ".concat(n.media," {")),(o=void 0!==n.layer)&&(a+="@layer".concat(n.layer.length>0?" ".concat(n.layer):""," {")),a+=n.css,o&&(a+="}"),n.media&&(a+="}"),n.supports&&(a+="}"),(i=n.sourceMap)&&"u">typeof btoa&&(a+="\n/*# sourceMappingURL=data:application/json;base64,".concat(btoa(unescape(encodeURIComponent(JSON.stringify(i))))," */")),e.styleTagTransform(a,t,e.options)},remove:function(){var e;null===(e=t).parentNode||e.parentNode.removeChild(e)}}}},113(e){e.exports=function(e,t){if(t.styleSheet)t.styleSheet.cssText=e;else{for(;t.firstChild;)t.removeChild(t.firstChild);t.appendChild(document.createTextNode(e))}}},780(e,t,n){n.r(t),n.d(t,{default:()=>eb});var a=n(647),o=n(267),i=n(444),s=n(560);let r=/\/(?:lab|doc)(?:\/workspaces\/[^/]+)?\/tree\/(.+\.ipynb)$/;function l(){let e=r.exec(window.location.pathname);try{return e?decodeURIComponent(e[1]):null}catch{return null}}let d="number"==typeof window.history.state?.b2b?window.history.state.b2b:0;var c=n(660);let b="http://www.w3.org/2000/svg",p={right:["M6 2a4 4 0 1 1 0 8 4 4 0 0 1 0-8z"],half:["M6 2a4 4 0 1 1 0 8z","M6 2a4 4 0 1 1 0 8 4 4 0 0 1 0-8z"],"not yet":["","M6 2.1a3.9 3.9 0 1 1 0 7.8 3.9 3.9 0 0 1 0-7.8z"],back:["","M7.5 2.5 4 6l3.5 3.5"],next:["","M4.5 2.5 8 6l-3.5 3.5"]};function u(e){let t=document.createElementNS(b,"svg");t.setAttribute("viewBox","0 0 12 12"),t.setAttribute("class",`b2b-mark is-${e.replace(" ","-")}`),t.setAttribute("aria-hidden","true");let[n,a]=p[e];for(let[e,o]of[[n,"is-filled"],[a,"is-line"]]){if(!e)continue;let n=document.createElementNS(b,"path");n.setAttribute("d",e),n.setAttribute("class",o),t.append(n)}return t}class h extends c.Widget{#e=null;constructor(e){super({node:document.createElement("nav")}),this.deeds=e,this.id="b2b-bar",this.addClass("b2b-bar")}tell(e,t,n){let{words:a,bar:o}=e;this.#e=e,this.node.lang=e.lang,this.node.setAttribute("aria-label",a.where);let i=f("div","b2b-bar-in");i.append(m(a.home,()=>this.deeds.page("home"))),i.append(f("b","b2b-bar-title",o?.title??"")),o?.back&&i.append(this.#t(o.back,t,"back")),o?.next&&i.append(this.#t(o.next,t,"next")),i.append(f("div","b2b-bar-marks"),f("span","b2b-bar-told"),f("span","b2b-bar-gap"));let s=e.hand_in;s&&i.append(m(a.hand_in,()=>this.deeds.page(s))),e.other&&i.append(this.#n(e.other)),i.append(m(n?a.calm:a.tools,this.deeds.tools)),this.node.replaceChildren(i),this.mark(e)}mark(e){let t=this.node.querySelector(".b2b-bar-marks"),n=this.node.querySelector(".b2b-bar-told");t&&n&&e.bar&&(n.textContent=e.bar.told,t.setAttribute("role","img"),t.setAttribute("aria-label",e.words.marks.replace("{told}",e.bar.told)),t.replaceChildren(...e.bar.parts.map(g)))}here(e){let t=this.#e?.bar?.parts.findIndex(t=>t.some(t=>t.cell===e))??-1;for(let[e,n]of this.node.querySelectorAll(".b2b-bar-part").entries())n.classList.toggle("is-here",e===t)}#t(e,t,n){let a=t?`${t}/${e.name}`:e.name,o=f("a","b2b-bar-way"),[i,s=""]=(this.#e?.words[n]??"").split("{number}"),r=f("span","b2b-bar-words",i),l=f("span","",e.number+s);return o.append(..."back"===n?[u("back"),r,l]:[r,l,u("next")]),o.setAttribute("aria-label",`${i}${e.number}${s} ${e.title}`),this.#a(o,a,this.deeds.open)}#n(e){let t=f("a","b2b-bar-language",this.#e?.words.language??"");return t.lang=this.#e?.lang==="ko"?"en":"ko",this.#a(t,e,this.deeds.turn)}#a(e,t,n){return e.href=this.deeds.address(t),e.addEventListener("click",e=>{e.ctrlKey||e.metaKey||e.shiftKey||(e.preventDefault(),e.stopPropagation(),n(t))}),e}}function g(e){let t=f("span","b2b-bar-part");return t.append(...e.map(e=>u(e.mark))),t}function m(e,t){let n=f("button","b2b-bar-button",e);return n.type="button",n.addEventListener("click",t),n}function f(e,t,n=""){let a=document.createElement(e);return t&&(a.className=t),a.textContent=n,a}var w=n(81);let v="b2b-calm",x="b2b-lesson",y="b2b-tools";class k{constructor(e){this.shell=e,this.panel=null}get hasTools(){return null!==window.sessionStorage.getItem(y)}set hasTools(e){e?window.sessionStorage.setItem(y,""):window.sessionStorage.removeItem(y),this.#o()}show(e,t){e&&e!==this.panel&&this.#i(e,t),this.panel=e,this.#o()}#o(){let e=null!==this.panel&&!this.hasTools;document.body.classList.toggle(v,e),e&&this.shell.collapseLeft(),e&&this.shell.collapseRight(),function e(t,n=6){if(w.MessageLoop.postMessage(t,c.Widget.Msg.FitRequest),n)for(let a of t.children())e(a,n-1)}(this.shell)}#i(e,t){if(e.hasClass(x))return;e.addClass(x),e.content.node.lang=t;let n=()=>document.body.classList.contains(v);e.node.addEventListener("dblclick",e=>n()&&e.target instanceof Element&&null!==e.target.closest(".jp-MarkdownCell")&&e.stopPropagation(),!0),e.node.addEventListener("keydown",e=>n()&&e.stopPropagation())}}var C=n(522);function j(e){return e.content.widgets.filter(e=>e instanceof C.CodeCell).filter(e=>S(e).trim())}let S=e=>e.model.sharedModel.getSource();function M(e,t){return t.size?e.filter(e=>{var n;let a=Array.from({length:(n=e).model.outputs.length},(e,t)=>n.model.outputs.get(t)).map(e=>e.data["application/vnd.jupyter.widget-view+json"]?.model_id).filter(Boolean);return 0===e.model.outputs.length||a.some(e=>!t.has(e))}):e}async function A(e){let t=await e.sessionContext.session?.kernel?.requestCommInfo({target_name:"jupyter.widget"}),n=t?.content;return new Set(n?.status==="ok"?Object.keys(n.comms):[])}async function T(e,t){try{await C.CodeCell.execute(e,t.sessionContext,{deletedCells:[]})}catch{}}class R extends c.Widget{constructor(){super(),this.addClass("b2b-notice"),this.node.setAttribute("role","status"),this.hide(),this.fitting=new ResizeObserver(([{target:e}])=>{this.node.style.minHeight=`${e.getBoundingClientRect().height+1}px`,this.parent&&w.MessageLoop.postMessage(this.parent,c.Widget.Msg.FitRequest)}),this.disposed.connect(()=>this.fitting.disconnect())}say(e,t,n,a){let o=f("div","b2b-notice-in"),i=f("button","b2b-notice-button",n);i.type="button",i.addEventListener("click",()=>{this.hide(),a()}),o.append(f("p","",t),i),this.node.lang=e,this.node.replaceChildren(o),this.fitting.disconnect(),this.fitting.observe(o),this.show()}}function N(e,t,n){let a=e.getBoundingClientRect().top,o=n??[...t()].find(e=>e.getBoundingClientRect().bottom>a+1);if(!o||0===e.scrollTop)return()=>{};let i=o.getBoundingClientRect().top,s=()=>{if(!o.isConnected)return;let t=o.getBoundingClientRect().top-i;Math.abs(t)>=1&&(e.scrollTop+=t)},r=new ResizeObserver(s);for(let e of t())r.observe(e);let l=new AbortController,d=()=>{r.disconnect(),l.abort()};for(let t of["wheel","touchmove","keydown","pointerdown"])e.addEventListener(t,d,{capture:!0,passive:!0,signal:l.signal});return()=>{s(),d()}}let L=["wheel","touchmove","keydown","pointerdown"],E=e=>`b2b-place:${o.PageConfig.getBaseUrl()}${e}`;function P(e){try{let t=JSON.parse(window.localStorage.getItem(E(e))??"null");return"string"==typeof t?.cell&&Number.isFinite(t.above)?t:null}catch{return null}}function I(e,t){try{t?window.localStorage.setItem(E(e),JSON.stringify(t)):window.localStorage.removeItem(E(e))}catch{}}let B=e=>e.model.sharedModel.getId();function W(e){return JSON.stringify((e.content.model?.sharedModel.cells??[]).map(e=>[e.cell_type,e.getSource()]))}let D="b2b-waking",O=new Set(["restarting","autorestarting"]),z=new Set(["dead","terminating"]),G=["pointerdown","keydown","visibilitychange"],$=e=>new Promise(t=>window.setTimeout(t,e));class U{#s=!1;#r=!1;#l=!1;#d=!1;#c=0;#b=()=>{};constructor(e,t,n){this.panel=e,this.ask=t,this.tell=n}begin(e){this.#p(),e.runs&&this.#u(j(this.panel)),this.#h(e)}async #h(e){let{sessionContext:t}=this.panel;await t.ready,t.session?.kernel&&await this.#g(e)}async wake(){this.#d=!1,await this.#m(j(this.panel)),this.tell("alive",null)}async again(e){this.#f(),this.#r?await this.revive():await this.#m(j(this.panel).filter(e))}#f(){let e=this.panel.sessionContext.session?.kernel;e?.connectionStatus==="disconnected"&&e.reconnect().catch(()=>{})}async revive(){if(!this.#r||this.#l)return;this.#l=!0;let{sessionContext:e}=this.panel,t=e.kernelPreference.name??"python3";for(let t=0;e.session&&t<6e3;t+=100)await $(100);try{this.panel.isDisposed||await e.changeKernel({name:t})}catch{this.#w()}finally{this.#l=!1}}#p(){let{panel:e}=this;e.sessionContext.statusChanged.connect((e,t)=>{O.has(t)?this.#s=!0:z.has(t)?this.#w():"idle"===t&&this.#s?this.#v():"idle"===t&&this.#d&&this.#x()}),e.sessionContext.kernelChanged.connect((e,{oldValue:t,newValue:n})=>{!n&&t?this.#w():n&&this.#y()});let t=new AbortController;for(let n of G){let a=()=>{"visible"===document.visibilityState&&e.isVisible&&(this.#f(),this.revive())};document.addEventListener(n,a,{capture:!0,signal:t.signal})}e.disposed.connect(()=>t.abort())}async #x(){var e;let t,n=await A(this.panel);this.#d&&!this.panel.isDisposed&&(e=j(this.panel),t=e.filter(e=>S(e).includes("b2bcourse")),n.size>0&&t.length>0&&0===M(t,n).length)&&(this.#d=!1,this.tell("alive",null))}#y(){this.#s=!0,this.#r=!1}#w(){this.panel.isDisposed||(this.#r=!0,this.tell("asleep",null))}async #v(){this.#s=!1,this.#r=!1;let e=await this.ask();e&&!this.panel.isDisposed&&await this.#g(e)}async #g(e){let t,{panel:n}=this,a=j(n);if(this.#s=!1,!e.runs||(t=new Set(e.sources),!a.every(e=>t.has(S(e))))){this.#k(a),this.#d=!0,this.tell("asked",e),await this.#x();return}this.#d=!1,this.tell("opening",e);let o=await A(n);await this.#m(M(a,o)),this.#k(a),n.isDisposed||this.tell("alive",e)}async #m(e){let{panel:t}=this,n=t.content.outerNode,a=++this.#c;this.#b(),this.#b=N(n,()=>t.content.widgets.map(e=>e.node)),this.#u(e),await Promise.all((function(e,t){let{top:n,bottom:a}=t.getBoundingClientRect();return e.map(e=>{let t;return{cell:e,at:(t=e.node.getBoundingClientRect()).bottom<n?2:+(t.top>a)}}).sort((e,t)=>e.at-t.at).map(({cell:e})=>e)})(e,n).map(async e=>{await T(e,t),e.removeClass(D)})),window.setTimeout(()=>a===this.#c&&this.#b(),800)}#u(e){for(let t of e)t.addClass(D)}#k(e){for(let t of e)t.removeClass(D)}}let q=/\bb2b\.(progress|gain)\(\)$/,H=".b2b-saved[data-lost]";class _{told=null;#C=null;#j=null;#S=!1;constructor(e,t,n){this.panel=e,this.services=t,this.ask=n,this.notice=new R}async learn(){return this.told=await this.ask(),null!==this.told&&!this.panel.isDisposed}async begin(e,t){let{panel:n,told:a}=this;if(!a||(await n.context.ready,n.isDisposed||!e)||(this.#C=t,n.contentHeader.addWidget(this.notice),a.calm&&(this.#j=function(e,t,n){let a,o=W(e);async function i(){let{context:a}=e;!e.isDisposed&&a.model.dirty&&W(e)===o&&(n&&await async function(e,t){let n=e.context.contentsModel;try{let a=await t.contents.get(e.context.path,{content:!1,hash:!0});return a.hash&&n?.hash?a.hash===n.hash:a.last_modified===n?.last_modified}catch{return!1}}(e,t)?await a.save().catch(()=>{}):a.model.dirty=!1)}function s(){window.clearTimeout(a),a=window.setTimeout(i,1500)}return e.context.model.stateChanged.connect((t,n)=>{"dirty"===n.name&&(n.newValue&&W(e)===o?s():n.newValue||(o=W(e)))}),e.context.model.contentChanged.connect(()=>{e.context.model.dirty&&s()}),e.disposed.connect(()=>window.clearTimeout(a)),{flush:async function(){let{context:t}=e;await i(),W(e)===o?t.model.dirty=!1:t.model.dirty&&n&&await t.save().catch(()=>{})}}}(n,this.services,a.writable)),await n.revealed,n.isDisposed))return;a.calm&&function(e){let t,n=e.content.outerNode,a=new AbortController,o=!1,i=()=>{window.clearTimeout(t),t=window.setTimeout(()=>e.isVisible&&I(e.context.path,function(e){let t=e.content.outerNode;if(t.scrollTop<1)return null;let n=t.getBoundingClientRect().top,a=e.content.widgets.find(e=>e.node.getBoundingClientRect().bottom>n+1);return a?{cell:B(a),above:n-a.node.getBoundingClientRect().top}:null}(e)),400)},s=()=>{o=!0,i()};for(let t of L)e.node.addEventListener(t,s,{capture:!0,passive:!0,signal:a.signal});n.addEventListener("scroll",()=>o&&i(),{passive:!0,signal:a.signal}),e.disposed.connect(()=>{a.abort(),window.clearTimeout(t)}),window.location.hash||function(e,t,n){let a=e.content.outerNode,o=t&&e.content.widgets.find(e=>B(e)===t.cell);if(!t||!o||n()||a.scrollTop>0)return;let i=a.getBoundingClientRect().top;a.scrollTop+=o.node.getBoundingClientRect().top-i+t.above;let s=N(a,()=>e.content.widgets.map(e=>e.node),o.node);window.setTimeout(s,4e3)}(e,P(e.context.path),()=>o)}(n);let o=new U(n,this.ask,(e,t)=>this.#M(e,t,o));a.bar?.parts.length&&this.#A(),this.#T(o),o.begin(a)}async leave(){await this.#j?.flush()}follow(e){let t=this.#R();t&&e.here(t)}#M(e,t,n){let a=t??this.told;if(!a)return;let{words:o}=a;if(this.#S="asked"===e||"asleep"===e,this.panel.toggleClass("b2b-alive","alive"===e||"opening"===e),"asked"===e){let{text:e,button:t}=a.notice??{text:o.unlike,button:o.open};this.notice.say(a.lang,e,t,()=>void n.wake())}else"asleep"===e?this.notice.say(a.lang,o.asleep,o.wake,()=>void n.revive()):this.notice.hide()}#T(e){let t=this.panel.content.node,n=!1,a=new MutationObserver(()=>{let{told:a}=this;if(!a||this.#S)return;let o=null!==t.querySelector(H);o!==n&&(n=o,o?this.notice.say(a.lang,a.words.unsaved,a.words.again,()=>{n=!1,e.again(e=>null!==e.node.querySelector(H))}):this.notice.hide())});a.observe(t,{subtree:!0,attributes:!0,attributeFilter:["data-lost"]}),this.panel.disposed.connect(()=>a.disconnect())}#A(){let e,{panel:t}=this;t.sessionContext.statusChanged.connect((t,n)=>{"idle"===n&&(window.clearTimeout(e),e=window.setTimeout(()=>void this.#N(),600))});let n=!1,a=()=>{n||(n=!0,requestAnimationFrame(()=>{n=!1,this.#C&&t.isVisible&&this.follow(this.#C)}))};t.content.outerNode.addEventListener("scroll",a,{passive:!0}),t.disposed.connect(()=>window.clearTimeout(e))}async #N(){let e=this.panel.isDisposed?null:await this.ask();if(!e||!this.panel.isVisible)return;let t=JSON.stringify(e.bar?.parts)!==JSON.stringify(this.told?.bar?.parts);this.told=e,this.#C?.mark(e),this.#C&&this.follow(this.#C),t&&e.runs&&await this.#L(e)}async #L(e){let t=new Set(e.sources);for(let e of j(this.panel)){let n=e.model.sharedModel.getSource();q.test(n)&&t.has(n)&&await T(e,this.panel)}}#R(){let e=new Set(this.told?.bar?.parts.flat().map(e=>e.cell)),t=this.panel.content.widgets.filter(t=>e.has(t.model.sharedModel.getId())),n=this.panel.content.outerNode.getBoundingClientRect(),a=n.top+n.height/3,o=t.filter(e=>e.node.getBoundingClientRect().top<=a);return(o.at(-1)??t[0])?.model.sharedModel.getId()}}var F=n(954);let J=[500,1500,4e3,8e3];async function V(e,t){if(t.includes(":"))return null;let n=`${o.URLExt.join(e.baseUrl,"b2bcourse","lesson")}?path=${encodeURIComponent(t)}`;for(let t of[...J,null]){let a=await F.ServerConnection.makeRequest(n,{},e).catch(()=>null);if(a?.ok){let e=await a.json().catch(()=>null);return e?.ours?e:null}if(null===t||a&&a.status<500)break;await new Promise(e=>window.setTimeout(e,t))}return null}var K=n(72),Q=n.n(K),X=n(825),Y=n.n(X),Z=n(659),ee=n.n(Z),et=n(56),en=n.n(et),ea=n(540),eo=n.n(ea),ei=n(113),es=n.n(ei),er=n(984),el={};el.styleTagTransform=es(),el.setAttributes=en(),el.insert=ee().bind(null,"head"),el.domAPI=Y(),el.insertStyleElement=eo(),Q()(er.A,el),er.A&&er.A.locals&&er.A.locals;let ed="b2bcourse-lesson:plugin",ec="b2b-unmet",eb={id:ed,description:"A lesson of the course opens alive and calm.",autoStart:!0,requires:[i.INotebookTracker,a.ILabShell],optional:[s.ISettingRegistry],activate:async function(e,t,n,a){let i=await async function(e){let t=await e?.load(ed).catch(()=>null);return{alive:t?.get("alive").composite!==!1,calm:t?.get("calm").composite!==!1}}(a),s=new k(n),r=new Map,c=new h({open:e=>void b(e),turn:e=>{t.currentWidget&&I(e,P(t.currentWidget.context.path)),b(e)},address:e=>o.URLExt.join(o.PageConfig.getBaseUrl(),"lab/tree",o.URLExt.encodeParts(e)),tools:()=>{s.hasTools=!s.hasTools,u()},page:e=>void async function(e){await Promise.all([...r.values()].map(e=>e.leave())),window.location.assign(e)}(`${o.URLExt.join(o.PageConfig.getBaseUrl(),"b2bcourse")}/${e}`)});async function b(n){let a=t.currentWidget;await e.commands.execute("docmanager:open",{path:n,factory:"Notebook"}),a&&a!==t.currentWidget&&await p(a)}async function p(e){await r.get(e)?.leave(),e.close()}function u(){let e=t.currentWidget,a=null!==e&&e===n.currentWidget?r.get(e):void 0,b=a?.told,p=!!(b?.calm&&i.calm);s.show(p?e:null,b?.lang??""),c.setHidden(!p),p&&b&&e&&c.tell(b,o.PathExt.dirname(e.context.path),s.hasTools),a?.follow(c),p&&e&&window.setTimeout(()=>g()===e.context.path&&function(e){let{history:t,location:n}=window;if(l()===e&&t.state?.b2b===d)return;t.state?.b2b!==d&&(d+=1);let a=o.URLExt.parse(o.PageConfig.getUrl({treePath:e})).pathname,i=l()===e?n.href:a;t.replaceState({...t.state,b2b:d},"",i),o.PageConfig.setOption("treePath",e)}(e.context.path))}n.add(c,"header",{rank:0}),c.hide();let g=()=>s.panel?.isDisposed===!1?s.panel.context.path:null;window.addEventListener("popstate",e=>{let t=d;d="number"==typeof e.state?.b2b?e.state.b2b:d;let[n,a]=[g(),l()];n&&a&&(a!==n?(e=>b(e))(a):d<t&&window.history.back())}),t.widgetAdded.connect((e,t)=>t.addClass(ec)),t.forEach(e=>e.addClass(ec));let m=l();function f(){m=null,w()}e.restored.then(()=>window.setTimeout(f,3e3));let w=()=>{u();let a=t.currentWidget;!a||a!==n.currentWidget||m&&a.context.path!==m||(m=null,async function(n){if(r.has(n))return;let a=new _(n,e.serviceManager,()=>V(e.serviceManager.serverSettings,n.context.path));r.set(n,a),n.disposed.connect(()=>r.delete(n)),await a.learn()&&u(),n.isDisposed||(a.told&&await a.begin(i.alive,c),n.removeClass(ec),await e.restored,s.panel===n&&(u(),await async function(n){let a=[];for(let o of(t.forEach(e=>e!==n&&a.push(e)),a)){let t=r.get(o)?.told??await V(e.serviceManager.serverSettings,o.context.path);!(o.isDisposed||o.isVisible||s.panel!==n||s.hasTools)&&t?.calm&&!o.context.model.dirty&&await p(o)}}(n)))}(a))};n.currentChanged.connect(w),t.currentChanged.connect(w),w(),e.restored.then(w)}}}}]);
"use strict";(self.rspackChunkb2bcourse_lesson=self.rspackChunkb2bcourse_lesson||[]).push([[891],{786(e,t,n){var i=n(601),a=n.n(i),s=n(314),o=(n.n(s))()(a());o.push([e.id,`/* Handing in beside an assignment, where the window is wide: a column of 364 px behind one hairline. */

.b2b-handin {
  position: absolute;
  z-index: 1;
  top: 32px;
  right: var(--b2b-edge);
  box-sizing: border-box;
  width: 396px;
  height: calc(100% - 48px);
  border: 0;
  border-left: 1px solid var(--b2b-line);
  background: var(--b2b-paper);
  color-scheme: light dark;
}

@media (width >= 1280px) {
  .b2b-calm .b2b-lesson.b2b-has-handin .jp-WindowedPanel-outer {
    padding-right: calc(var(--b2b-edge) + 420px) !important;
  }
}
`,""]),n.d(t,{},{A:o})},984(e,t,n){var i=n(601),a=n.n(i),s=n(314),o=(n.n(s))()(a());o.push([e.id,`/* A lesson of the course in JupyterLab: one bar, one column, nothing that jumps. Sizes after the course's look. */

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

/* A line in small print is where a busy person decides. */
.b2b-lesson .b2b-sitting {
  margin-top: 24px;
  border-bottom: 1px solid var(--b2b-line);
  padding-bottom: 4px;
  color: var(--b2b-ink2);
  font-size: 12px;
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
`,""]),n.d(t,{},{A:o})},314(e){e.exports=function(e){var t=[];return t.toString=function(){return this.map(function(t){var n="",i=void 0!==t[5];return t[4]&&(n+="@supports (".concat(t[4],") {")),t[2]&&(n+="@media ".concat(t[2]," {")),i&&(n+="@layer".concat(t[5].length>0?" ".concat(t[5]):""," {")),n+=e(t),i&&(n+="}"),t[2]&&(n+="}"),t[4]&&(n+="}"),n}).join("")},t.i=function(e,n,i,a,s){"string"==typeof e&&(e=[[null,e,void 0]]);var o={};if(i)for(var r=0;r<this.length;r++){var l=this[r][0];null!=l&&(o[l]=!0)}for(var d=0;d<e.length;d++){var c=[].concat(e[d]);i&&o[c[0]]||(void 0!==s&&(void 0===c[5]||(c[1]="@layer".concat(c[5].length>0?" ".concat(c[5]):""," {").concat(c[1],"}")),c[5]=s),n&&(c[2]&&(c[1]="@media ".concat(c[2]," {").concat(c[1],"}")),c[2]=n),a&&(c[4]?(c[1]="@supports (".concat(c[4],") {").concat(c[1],"}"),c[4]=a):c[4]="".concat(a)),t.push(c))}},t}},601(e){e.exports=function(e){return e[1]}},72(e){var t=[];function n(e){for(var n=-1,i=0;i<t.length;i++)if(t[i].identifier===e){n=i;break}return n}function i(e,i){for(var a={},s=[],o=0;o<e.length;o++){var r=e[o],l=i.base?r[0]+i.base:r[0],d=a[l]||0,c="".concat(l," ").concat(d);a[l]=d+1;var b=n(c),p={css:r[1],media:r[2],sourceMap:r[3],supports:r[4],layer:r[5]};if(-1!==b)t[b].references++,t[b].updater(p);else{var h=function(e,t){var n=t.domAPI(t);return n.update(e),function(t){t?(t.css!==e.css||t.media!==e.media||t.sourceMap!==e.sourceMap||t.supports!==e.supports||t.layer!==e.layer)&&n.update(e=t):n.remove()}}(p,i);i.byIndex=o,t.splice(o,0,{identifier:c,updater:h,references:1})}s.push(c)}return s}e.exports=function(e,a){var s=i(e=e||[],a=a||{});return function(e){e=e||[];for(var o=0;o<s.length;o++){var r=n(s[o]);t[r].references--}for(var l=i(e,a),d=0;d<s.length;d++){var c=n(s[d]);0===t[c].references&&(t[c].updater(),t.splice(c,1))}s=l}}},659(e){var t={};e.exports=function(e,n){var i=function(e){if(void 0===t[e]){var n=document.querySelector(e);if(window.HTMLIFrameElement&&n instanceof window.HTMLIFrameElement)try{n=n.contentDocument.head}catch(e){n=null}t[e]=n}return t[e]}(e);if(!i)throw Error("Couldn't find a style target. This probably means that the value for the 'insert' parameter is invalid.");i.appendChild(n)}},540(e){e.exports=function(e){var t=document.createElement("style");return e.setAttributes(t,e.attributes),e.insert(t,e.options),t}},56(e,t,n){e.exports=function(e){var t=n.nc;t&&e.setAttribute("nonce",t)}},825(e){e.exports=function(e){if("u"<typeof document)return{update:function(){},remove:function(){}};var t=e.insertStyleElement(e);return{update:function(n){var i,a,s;i="",n.supports&&(i+="@supports (".concat(n.supports,") {")),n.media&&(i+="@media ".concat(n.media," {")),(a=void 0!==n.layer)&&(i+="@layer".concat(n.layer.length>0?" ".concat(n.layer):""," {")),i+=n.css,a&&(i+="}"),n.media&&(i+="}"),n.supports&&(i+="}"),(s=n.sourceMap)&&"u">typeof btoa&&(i+="\n/*# sourceMappingURL=data:application/json;base64,".concat(btoa(unescape(encodeURIComponent(JSON.stringify(s))))," */")),e.styleTagTransform(i,t,e.options)},remove:function(){var e;null===(e=t).parentNode||e.parentNode.removeChild(e)}}}},113(e){e.exports=function(e,t){if(t.styleSheet)t.styleSheet.cssText=e;else{for(;t.firstChild;)t.removeChild(t.firstChild);t.appendChild(document.createTextNode(e))}}},814(e,t,n){n.r(t),n.d(t,{default:()=>ew});var i=n(647),a=n(267),s=n(444),o=n(560),r=n(904);let l=/\/(?:lab|doc)(?:\/workspaces\/[^/]+)?\/tree\/(.+\.ipynb)$/;function d(e){let t=l.exec(e);try{return t?decodeURIComponent(t[1]):null}catch{return null}}var c=n(660);let b="http://www.w3.org/2000/svg",p={right:["M6 2a4 4 0 1 1 0 8 4 4 0 0 1 0-8z"],half:["M6 2a4 4 0 1 1 0 8z","M6 2a4 4 0 1 1 0 8 4 4 0 0 1 0-8z"],"not yet":["","M6 2.1a3.9 3.9 0 1 1 0 7.8 3.9 3.9 0 0 1 0-7.8z"],back:["","M7.5 2.5 4 6l3.5 3.5"],next:["","M4.5 2.5 8 6l-3.5 3.5"]};function h(e){let t=document.createElementNS(b,"svg");t.setAttribute("viewBox","0 0 12 12"),t.setAttribute("class",`b2b-mark is-${e.replace(" ","-")}`),t.setAttribute("aria-hidden","true");let[n,i]=p[e];for(let[e,a]of[[n,"is-filled"],[i,"is-line"]]){if(!e)continue;let n=document.createElementNS(b,"path");n.setAttribute("d",e),n.setAttribute("class",a),t.append(n)}return t}class u extends c.Widget{#e=null;constructor(e){super({node:document.createElement("nav")}),this.deeds=e,this.id="b2b-bar",this.addClass("b2b-bar")}tell(e,t,n){let{words:i,bar:a}=e;this.#e=e,this.node.lang=e.lang,this.node.setAttribute("aria-label",i.where);let s=w("div","b2b-bar-in");s.append(m(i.home,()=>this.deeds.page("home"))),s.append(w("b","b2b-bar-title",a?.title??"")),a?.back&&s.append(this.#t(a.back,t,"back")),a?.next&&s.append(this.#t(a.next,t,"next")),s.append(w("div","b2b-bar-marks"),w("span","b2b-bar-told"),w("span","b2b-bar-gap"));let o=e.hand_in;o&&s.append(m(i.hand_in,()=>this.deeds.page(o))),e.other&&s.append(this.#n(e.other)),s.append(m(n?i.calm:i.tools,this.deeds.tools)),this.node.replaceChildren(s),this.mark(e)}mark(e){let t=this.node.querySelector(".b2b-bar-marks"),n=this.node.querySelector(".b2b-bar-told");t&&n&&e.bar&&(n.textContent=e.bar.told,t.setAttribute("role","img"),t.setAttribute("aria-label",e.words.marks.replace("{told}",e.bar.told)),t.replaceChildren(...e.bar.parts.map(g)))}here(e){let t=this.#e?.bar?.parts.findIndex(t=>t.some(t=>t.cell===e))??-1;for(let[e,n]of this.node.querySelectorAll(".b2b-bar-part").entries())n.classList.toggle("is-here",e===t)}#t(e,t,n){let i=t?`${t}/${e.name}`:e.name,a=w("a","b2b-bar-way"),[s,o=""]=(this.#e?.words[n]??"").split("{number}"),r=w("span","b2b-bar-words",s),l=w("span","",e.number+o);return a.append(..."back"===n?[h("back"),r,l]:[r,l,h("next")]),a.setAttribute("aria-label",`${s}${e.number}${o} ${e.title}`),this.#i(a,i,this.deeds.open)}#n(e){let t=w("a","b2b-bar-language",this.#e?.words.language??"");return t.lang=this.#e?.lang==="ko"?"en":"ko",this.#i(t,e,this.deeds.turn)}#i(e,t,n){return e.href=this.deeds.address(t),e.addEventListener("click",e=>{e.ctrlKey||e.metaKey||e.shiftKey||(e.preventDefault(),e.stopPropagation(),n(t))}),e}}function g(e){let t=w("span","b2b-bar-part");return t.append(...e.map(e=>h(e.mark))),t}function m(e,t){let n=w("button","b2b-bar-button",e);return n.type="button",n.addEventListener("click",t),n}function w(e,t,n=""){let i=document.createElement(e);return t&&(i.className=t),i.textContent=n,i}var f=n(656),v=n(81);let x="b2b-calm",k="b2b-lesson",y="b2b-tools";class C{constructor(e){this.shell=e,this.panel=null}get hasTools(){return null!==window.sessionStorage.getItem(y)}set hasTools(e){e?window.sessionStorage.setItem(y,""):window.sessionStorage.removeItem(y),this.#a()}show(e,t){e&&e!==this.panel&&this.#s(e,t),this.panel=e,this.#a()}#a(){let e=null!==this.panel&&!this.hasTools;document.body.classList.toggle(x,e),e&&this.shell.collapseLeft(),e&&this.shell.collapseRight(),function e(t,n=6){if(v.MessageLoop.postMessage(t,c.Widget.Msg.FitRequest),n)for(let i of t.children())e(i,n-1)}(this.shell)}#s(e,t){if(e.hasClass(k))return;e.addClass(k),e.content.node.lang=t;let n=()=>document.body.classList.contains(x);e.node.addEventListener("dblclick",e=>n()&&e.target instanceof Element&&null!==e.target.closest(".jp-MarkdownCell")&&e.stopPropagation(),!0),e.node.addEventListener("keydown",e=>n()&&e.stopPropagation())}}var j=n(72),S=n.n(j),A=n(825),T=n.n(A),M=n(659),R=n.n(M),E=n(56),L=n.n(E),N=n(540),P=n.n(N),I=n(113),W=n.n(I),D=n(786),B={};B.styleTagTransform=W(),B.setAttributes=L(),B.insert=R().bind(null,"head"),B.domAPI=T(),B.insertStyleElement=P(),S()(D.A,B),D.A&&D.A.locals&&D.A.locals;let O=window.matchMedia("(width >= 1280px)");class ${constructor(e,t){this.panel=e,this.page=t,this.frame=document.createElement("iframe"),this.frame.className="b2b-handin",this.timer=void 0;let n=()=>this.fit();O.addEventListener("change",n),window.addEventListener("message",this.heard),e.sessionContext.statusChanged.connect(this.changed),e.disposed.connect(()=>{O.removeEventListener("change",n),window.removeEventListener("message",this.heard),window.clearTimeout(this.timer)})}show(e,t){this.isCalm=e,this.frame.title=t,this.fit()}fit(){let e=!!(this.isCalm&&O.matches);this.panel.node.classList.toggle("b2b-has-handin",e),e?this.frame.isConnected||(this.frame.src=`${a.URLExt.join(a.PageConfig.getBaseUrl(),"b2bcourse")}/${this.page}&panel=1`,this.panel.node.append(this.frame)):this.frame.remove()}changed=(e,t)=>{"idle"===t&&this.frame.isConnected&&(window.clearTimeout(this.timer),this.timer=window.setTimeout(()=>this.tell("b2b-changed"),1500))};tell(e){this.frame.contentWindow?.postMessage({what:e},window.location.origin)}get isShown(){return this.frame.isConnected}focus(){let e=["form[action$='handin'] button","summary","a"].flatMap(e=>[...this.frame.contentDocument?.querySelectorAll(e)??[]]).find(e=>e.checkVisibility());this.frame.focus(),e?.focus(),e?.scrollIntoView({block:"center"})}async save(){this.panel.context.model.dirty&&!this.panel.context.model.readOnly&&await this.panel.context.save().catch(()=>void 0),this.tell("b2b-saved")}heard=e=>{if(e.origin!==window.location.origin||e.source!==this.frame.contentWindow)return;e.data?.what==="b2b-save"&&this.save();let t=e.data?.what==="b2b-go"?String(e.data.item):"",n=t&&this.panel.node.querySelector(`[data-item="${CSS.escape(t)}"]`);if(!n)return;n.scrollIntoView({block:"start"});let i=["textarea","[tabindex='0']","input, button"].map(e=>n.querySelector(e)).find(Boolean);window.focus(),i?.focus({preventScroll:!0})}}var z=n(522);function G(e){return e.content.widgets.filter(e=>e instanceof z.CodeCell).filter(e=>U(e).trim())}let U=e=>e.model.sharedModel.getSource();function q(e,t){return t.size?e.filter(e=>{var n;let i=Array.from({length:(n=e).model.outputs.length},(e,t)=>n.model.outputs.get(t)).map(e=>e.data["application/vnd.jupyter.widget-view+json"]?.model_id).filter(Boolean);return 0===e.model.outputs.length||i.some(e=>!t.has(e))}):e}async function _(e){let t=await e.sessionContext.session?.kernel?.requestCommInfo({target_name:"jupyter.widget"}),n=t?.content;return new Set(n?.status==="ok"?Object.keys(n.comms):[])}async function H(e,t){try{await z.CodeCell.execute(e,t.sessionContext,{deletedCells:[]})}catch{}}class V extends c.Widget{constructor(){super(),this.addClass("b2b-notice"),this.node.setAttribute("role","status"),this.hide(),this.fitting=new ResizeObserver(([{target:e}])=>{this.node.style.minHeight=`${e.getBoundingClientRect().height+1}px`,this.parent&&v.MessageLoop.postMessage(this.parent,c.Widget.Msg.FitRequest)}),this.disposed.connect(()=>this.fitting.disconnect())}say(e,t,n,i){let a=w("div","b2b-notice-in"),s=w("button","b2b-notice-button",n);s.type="button",s.addEventListener("click",()=>{this.hide(),i()}),a.append(w("p","",t),s),this.node.lang=e,this.node.replaceChildren(a),this.fitting.disconnect(),this.fitting.observe(a),this.show()}}let F=new WeakSet;function J(e,t,n){if(!n&&F.has(e))return()=>{};let i=e.getBoundingClientRect().top,a=n?.part??[...t()].find(e=>e.getBoundingClientRect().bottom>i+1);if(!a||!n&&0===e.scrollTop)return()=>{};n&&F.add(e);let s=n?.top??a.getBoundingClientRect().top,o=()=>{if(!a.isConnected)return;let t=a.getBoundingClientRect().top-s;Math.abs(t)>=1&&(e.scrollTop+=t)},r=new ResizeObserver(o);for(let e of t())r.observe(e);let l=new AbortController,d=()=>{r.disconnect(),l.abort(),n&&F.delete(e)};for(let t of["wheel","touchmove","keydown","pointerdown"])e.addEventListener(t,d,{capture:!0,passive:!0,signal:l.signal});return n&&o(),()=>{l.signal.aborted||o(),d()}}let K=["wheel","touchmove","keydown","pointerdown"],Q=e=>`b2b-place:${a.PageConfig.getBaseUrl()}${e}`;function X(e){try{let t=JSON.parse(window.localStorage.getItem(Q(e))??"null");return"string"==typeof t?.cell&&Number.isFinite(t.above)?t:null}catch{return null}}function Y(e,t){try{t?window.localStorage.setItem(Q(e),JSON.stringify(t)):window.localStorage.removeItem(Q(e))}catch{}}let Z=e=>e.model.sharedModel.getId();function ee(e){return JSON.stringify((e.content.model?.sharedModel.cells??[]).map(e=>[e.cell_type,e.getSource()]))}let et="b2b-waking",en=new Set(["restarting","autorestarting"]),ei=new Set(["dead","terminating"]),ea=["pointerdown","keydown","visibilitychange"],es=e=>new Promise(t=>window.setTimeout(t,e));class eo{#o=!1;#r=!1;#l=!1;#d=!1;#c=!1;#b=!1;#p=0;#h=Promise.resolve();#u=Promise.resolve();#g=()=>{};constructor(e,t,n){this.panel=e,this.ask=t,this.tell=n}begin(e){this.#m(),e.runs&&this.#w(G(this.panel)),this.#f(e)}async #f(e){let{sessionContext:t}=this.panel;await t.ready,t.session?.kernel&&!this.panel.isDisposed&&await (this.#h=this.#v(e))}async wake(){this.#b=!1,await this.#x(G(this.panel)),this.tell("alive",null)}async again(e){this.reach(),this.#r?await this.revive():await this.#x(G(this.panel).filter(e))}reach(){let e=this.panel.sessionContext.session?.kernel;e&&!this.#r&&"connected"!==e.connectionStatus&&(this.#d=!0,e.isDisposed||"disconnected"!==e.connectionStatus||e.reconnect().catch(()=>{}),this.#k())}async #k(){if(!this.#c){this.#c=!0;for(let e=0;e<30&&this.#d&&!this.#r&&!this.panel.isDisposed;e+=1)await this.#y(),await es(2e3);this.#c=!1}}#y(){return this.panel.sessionContext.sessionManager.refreshRunning().catch(()=>{})}async revive(){if(!this.#r||this.#l)return;this.#l=!0;let{sessionContext:e}=this.panel,t=e.kernelPreference.name??"python3";this.#y();for(let t=0;e.session&&t<6e3;t+=100)await es(100);try{this.panel.isDisposed||await e.changeKernel({name:t})}catch{this.#C()}finally{this.#l=!1}}settled(){return Promise.race([(async()=>{await this.panel.sessionContext.ready,await this.#h,await this.#u})(),es(3e4)])}#m(){let{panel:e}=this;e.sessionContext.statusChanged.connect((e,t)=>{en.has(t)?this.#o=!0:ei.has(t)?this.#C():"idle"===t&&this.#o?this.#j():"idle"===t&&this.#b&&this.#S()}),e.sessionContext.kernelChanged.connect((e,{oldValue:t,newValue:n})=>{!n&&t?this.#C():n&&this.#A()}),e.sessionContext.connectionStatusChanged.connect((e,t)=>{"connected"===t&&(this.#d=!1)});let t=new AbortController;for(let n of ea){let i=()=>{"visible"===document.visibilityState&&e.isVisible&&(this.reach(),this.revive())};document.addEventListener(n,i,{capture:!0,signal:t.signal})}e.disposed.connect(()=>t.abort())}async #S(){var e;let t,n=await _(this.panel);this.#b&&!this.panel.isDisposed&&(e=G(this.panel),t=e.filter(e=>U(e).includes("b2bcourse")),n.size>0&&t.length>0&&0===q(t,n).length)&&(this.#b=!1,this.tell("alive",null))}#A(){this.#d=!1,this.#o=!0,this.#r=!1}#C(){!this.panel.isDisposed&&(this.#r=!0,this.tell("asleep",null),this.#d&&this.revive())}async #j(){this.#o=!1,this.#r=!1;let e=await this.ask();e&&!this.panel.isDisposed&&await (this.#h=this.#v(e))}async #v(e){let t,{panel:n}=this,i=G(n);if(this.#o=!1,!e.runs||(t=new Set(e.sources),!i.every(e=>t.has(U(e))))){this.#T(i),this.#b=!0,this.tell("asked",e),await this.#S();return}this.#b=!1,this.tell("opening",e);let a=await _(n);!n.isDisposed&&(await this.#x(q(i,a)),this.#T(i),n.isDisposed||this.tell("alive",e))}async #x(e){let{panel:t}=this,n=t.content.outerNode,i=++this.#p;this.#g(),this.#g=J(n,()=>t.content.widgets.map(e=>e.node)),this.#w(e);let a=Promise.all((function(e,t){let{top:n,bottom:i}=t.getBoundingClientRect();return e.map(e=>{let t;return{cell:e,at:(t=e.node.getBoundingClientRect()).bottom<n?2:+(t.top>i)}}).sort((e,t)=>e.at-t.at).map(({cell:e})=>e)})(e,n).map(async e=>{await H(e,t),e.removeClass(et)}));this.#u=a.then(()=>es(800)).then(()=>i===this.#p&&this.#g()),await a}#w(e){for(let t of e)t.addClass(et)}#T(e){for(let t of e)t.removeClass(et)}}let er=/\bb2b\.(progress|gain)\(\)$/,el=".b2b-saved[data-lost]";class ed{told=null;#M=null;#R=null;#E=null;#S=()=>{};#L=!1;constructor(e,t,n){this.panel=e,this.services=t,this.ask=n,this.notice=new V}async learn(){return this.told=await this.ask(),null!==this.told&&!this.panel.isDisposed}async begin(e,t){let n,{panel:i,told:a}=this;if(!a||(await i.context.ready,i.isDisposed||!e)||(this.#M=t,i.contentHeader.addWidget(this.notice),a.calm&&(this.#R=function(e,t,n){let i,a=ee(e),s=Promise.resolve(),o=e=>s=s.then(e).catch(()=>{});async function r(){let{context:i}=e;!e.isDisposed&&i.model.dirty&&ee(e)===a&&(n&&await async function(e,t){let n=e.context.contentsModel;try{let i=await t.contents.get(e.context.path,{content:!1,hash:!0});return i.hash&&n?.hash?i.hash===n.hash:i.last_modified===n?.last_modified}catch{return!1}}(e,t)?await i.save().catch(()=>{}):i.model.dirty=!1)}function l(){window.clearTimeout(i),i=window.setTimeout(()=>void o(r),1500)}async function d(){let{context:t}=e;await r(),ee(e)===a?t.model.dirty=!1:t.model.dirty&&n&&await t.save().catch(()=>{})}return e.context.model.stateChanged.connect((t,n)=>{"dirty"===n.name&&(n.newValue&&ee(e)===a?l():n.newValue||(a=ee(e)))}),e.context.model.contentChanged.connect(()=>{e.context.model.dirty&&l()}),e.disposed.connect(()=>window.clearTimeout(i)),{flush:()=>o(d)}}(i,this.services,a.writable)),await i.revealed,i.isDisposed))return;a.calm&&function(e){let t,n=e.content.outerNode,i=new AbortController,a=!1,s=()=>{window.clearTimeout(t),t=window.setTimeout(()=>e.isVisible&&Y(e.context.path,function(e){let t=e.content.outerNode;if(t.scrollTop<1)return null;let n=t.getBoundingClientRect().top,i=e.content.widgets.find(e=>e.node.getBoundingClientRect().bottom>n+1);return i?{cell:Z(i),above:n-i.node.getBoundingClientRect().top}:null}(e)),400)},o=()=>{a=!0,s()};for(let t of K)e.node.addEventListener(t,o,{capture:!0,passive:!0,signal:i.signal});n.addEventListener("scroll",()=>a&&s(),{passive:!0,signal:i.signal}),e.disposed.connect(()=>{i.abort(),window.clearTimeout(t)}),window.location.hash||function(e,t,n){let i=e.content.outerNode,a=t&&e.content.widgets.find(e=>Z(e)===t.cell);if(!t||!a||n()||i.scrollTop>0)return;let s=i.getBoundingClientRect().top-t.above,o=J(i,()=>e.content.widgets.map(e=>e.node),{part:a.node,top:s});window.setTimeout(o,4e3)}(e,X(e.context.path),()=>a)}(i),a.calm&&a.runs&&"function"==typeof(n=i._onSessionStatusChanged)&&i.sessionContext.statusChanged.disconnect(n,i);let s=new eo(i,this.ask,(e,t)=>this.#N(e,t,s));a.bar?.parts.length&&this.#P(),this.#E=s,this.#I(s),this.#W(s),s.begin(a)}async leave(){await this.#R?.flush()}async rest(){await (this.#E?.settled()??this.panel.sessionContext.ready),await this.leave()}follow(e){let t=this.#D();t&&e.here(t)}#N(e,t,n){let i=t??this.told;if(!i)return;let{words:a}=i;if(this.#L="asked"===e||"asleep"===e,this.panel.toggleClass("b2b-alive","alive"===e||"opening"===e),"asked"===e){let{text:e,button:t}=i.notice??{text:a.unlike,button:a.open};this.notice.say(i.lang,e,t,()=>void n.wake())}else"asleep"===e?this.notice.say(i.lang,a.asleep,a.wake,()=>void n.revive()):this.notice.hide()}#W(e){let t,{panel:n}=this,i=!1,a=()=>{let{told:s}=this;!s||this.#L||n.isDisposed||n.sessionContext.session?.kernel?.connectionStatus!=="connected"&&(i=this.#L=!0,this.notice.say(s.lang,s.words.lost,s.words.reach,()=>{this.#L=i=!1,e.reach(),window.clearTimeout(t),t=window.setTimeout(a,15e3)}))};n.sessionContext.connectionStatusChanged.connect((e,n)=>{window.clearTimeout(t),"connected"!==n?t=window.setTimeout(a,3e3):i&&(i=this.#L=!1,this.notice.hide(),this.#S())}),n.disposed.connect(()=>window.clearTimeout(t))}#I(e){let t=this.panel.content.node,n=!1;this.#S=()=>{let{told:i}=this;if(!i||this.#L)return;let a=null!==t.querySelector(el);a!==n&&(n=a,a?this.notice.say(i.lang,i.words.unsaved,i.words.again,()=>{n=!1,e.again(e=>null!==e.node.querySelector(el))}):this.notice.hide())};let i=new MutationObserver(()=>this.#S());i.observe(t,{subtree:!0,attributes:!0,attributeFilter:["data-lost"]}),this.panel.disposed.connect(()=>i.disconnect())}#P(){let e,{panel:t}=this;t.sessionContext.statusChanged.connect((t,n)=>{"idle"===n&&(window.clearTimeout(e),e=window.setTimeout(()=>void this.#B(),600))});let n=!1,i=()=>{n||(n=!0,requestAnimationFrame(()=>{n=!1,this.#M&&t.isVisible&&this.follow(this.#M)}))};t.content.outerNode.addEventListener("scroll",i,{passive:!0}),t.disposed.connect(()=>window.clearTimeout(e))}async #B(){let e=this.panel.isDisposed?null:await this.ask();if(!e||!this.panel.isVisible)return;let t=JSON.stringify(e.bar?.parts)!==JSON.stringify(this.told?.bar?.parts);this.told=e,this.#M?.mark(e),this.#M&&this.follow(this.#M),t&&e.runs&&await this.#O(e)}async #O(e){let t=new Set(e.sources);for(let e of G(this.panel)){let n=e.model.sharedModel.getSource();er.test(n)&&t.has(n)&&await H(e,this.panel)}}#D(){let e=new Set(this.told?.bar?.parts.flat().map(e=>e.cell)),t=this.panel.content.widgets.filter(t=>e.has(t.model.sharedModel.getId())),n=this.panel.content.outerNode.getBoundingClientRect(),i=n.top+n.height/3,a=t.filter(e=>e.node.getBoundingClientRect().top<=i);return(a.at(-1)??t[0])?.model.sharedModel.getId()}}var ec=n(954);let eb=[500,1500,4e3,8e3];async function ep(e,t){if(t.includes(":"))return null;let n=`${a.URLExt.join(e.baseUrl,"b2bcourse","lesson")}?path=${encodeURIComponent(t)}`;for(let t of[...eb,null]){let i=await ec.ServerConnection.makeRequest(n,{},e).catch(()=>null);if(i?.ok){let e=await i.json().catch(()=>null);return e?.ours?e:null}if(null===t||i&&i.status<500)break;await new Promise(e=>window.setTimeout(e,t))}return null}var eh=n(984),eu={};eu.styleTagTransform=W(),eu.setAttributes=L(),eu.insert=R().bind(null,"head"),eu.domAPI=T(),eu.insertStyleElement=P(),S()(eh.A,eu),eh.A&&eh.A.locals&&eh.A.locals;let eg="b2bcourse-lesson:plugin",em="b2b-unmet",ew={id:eg,description:"A lesson of the course opens alive and calm.",autoStart:!0,requires:[s.INotebookTracker,i.ILabShell],optional:[o.ISettingRegistry,i.IRouter,r.ITranslator],activate:async function(e,t,n,i,s,o){var l,c,b,p;let h,g=await async function(e){let t=await e?.load(eg).catch(()=>null);return{alive:t?.get("alive").composite!==!1,calm:t?.get("calm").composite!==!1}}(i),m=new C(n),w=new Map,v=new WeakMap,x=new u({open:e=>void S(e),turn:e=>{t.currentWidget&&Y(e,X(t.currentWidget.context.path)),S(e)},address:e=>a.URLExt.join(a.PageConfig.getBaseUrl(),"lab/tree",a.URLExt.encodeParts(e)),tools:()=>{m.hasTools=!m.hasTools,T()},page:e=>{var n;let i;return n=e,i=t.currentWidget&&v.get(t.currentWidget),!!i?.isShown&&i.page===n&&(i.focus(),!0)||void async function(e){await Promise.all([...w.values()].map(e=>e.leave())),window.location.assign(e)}(`${a.URLExt.join(a.PageConfig.getBaseUrl(),"b2bcourse")}/${e}`)}});n.add(x,"header",{rank:0}),x.hide();let k=null,y=new Map,j=Promise.resolve();function S(n){return k=n,j=j.then(()=>(async function(n){if(n!==k)return;await y.get(n);let i=t.currentWidget;try{if(i?.context.path===n)return;await e.commands.execute("docmanager:open",{path:n,factory:"Notebook"})}finally{n===k&&(k=null)}i&&i!==t.currentWidget&&A(i)})(n)).catch(()=>{})}async function A(e){let{path:n}=e.context;if(await w.get(e)?.rest(),e.isDisposed||e===t.currentWidget||n===k)return;let i=new Promise(t=>e.disposed.connect(()=>t(void 0)));e.close();let a=new Promise(e=>window.setTimeout(e,3e3));y.set(n,Promise.race([i,a])),await y.get(n),y.delete(n)}function T(){var e,i;let s,o=t.currentWidget,r=null!==o&&o===n.currentWidget?w.get(o):void 0,l=r?.told,c=!!(l?.calm&&g.calm);m.show(c?o:null,l?.lang??""),x.setHidden(!c),c&&l&&o&&x.tell(l,a.PathExt.dirname(o.context.path),m.hasTools),r?.follow(x),o&&l?.hand_in&&l.beside&&(e=o,i=l.hand_in,s=v.get(e)??new $(e,i),v.set(e,s),s).show(c&&!m.hasTools,l.words.hand_in),c&&o&&window.setTimeout(()=>!k&&M()===o.context.path&&function(e){if(d(window.location.pathname)===e)return;let t=a.URLExt.parse(a.PageConfig.getUrl({treePath:e})).pathname;window.history.replaceState(window.history.state,"",t),a.PageConfig.setOption("treePath",e)}(o.context.path))}let M=()=>m.panel?.isDisposed===!1?m.panel.context.path:null;l=(o??r.nullTranslator).load("jupyterlab").__("Server Connection Error"),f.Dialog.tracker.widgetAdded.connect((e,t)=>{t.node.getAttribute("aria-label")?.startsWith(l)&&(()=>null!==M())()&&t.ready.then(()=>t.reject())});c={shown:M,isOurs:()=>g.calm&&!m.hasTools&&[...w.values()].some(e=>e.told?.calm),goal:()=>k},s&&(b=s,p=c,h=b.navigate.bind(b),b.navigate=(e,t)=>{let{pathname:n}=a.URLExt.parse(e),i=d(n),s=null!==p.goal()&&p.goal()!==i;(i?n===window.location.pathname||s:null!==p.shown())&&t?.skipRouting||h(e,t)}),window.addEventListener("popstate",()=>{let e=d(window.location.pathname);e&&c.isOurs()&&(e=>S(e))(e)}),t.widgetAdded.connect((e,t)=>t.addClass(em)),t.forEach(e=>e.addClass(em));let R=d(window.location.pathname);function E(){R=null,L()}e.restored.then(()=>window.setTimeout(E,3e3));let L=()=>{T();let i=t.currentWidget;!i||i!==n.currentWidget||R&&i.context.path!==R||(R=null,async function(n){if(w.has(n))return;let i=new ed(n,e.serviceManager,()=>ep(e.serviceManager.serverSettings,n.context.path));w.set(n,i),n.disposed.connect(()=>w.delete(n)),await i.learn()&&T(),n.isDisposed||(i.told&&await i.begin(g.alive,x),n.removeClass(em),await e.restored,m.panel===n&&(T(),await async function(n){let i=[];for(let a of(t.forEach(e=>e!==n&&i.push(e)),i)){let t=w.get(a)?.told??await ep(e.serviceManager.serverSettings,a.context.path);!(a.isDisposed||a.isVisible||m.panel!==n||m.hasTools)&&t?.calm&&!a.context.model.dirty&&await A(a)}}(n)))}(i))};n.currentChanged.connect(L),t.currentChanged.connect(L),L(),e.restored.then(L)}}}}]);
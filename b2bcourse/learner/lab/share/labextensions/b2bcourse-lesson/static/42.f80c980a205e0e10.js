"use strict";(self.rspackChunkb2bcourse_lesson=self.rspackChunkb2bcourse_lesson||[]).push([[42],{786(e,t,n){var a=n(601),i=n.n(a),o=n(314),s=(n.n(o))()(i());s.push([e.id,`/* Handing in beside an assignment, where the window is wide: a column of 364 px behind one hairline. */

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
`,""]),n.d(t,{},{A:s})},984(e,t,n){var a=n(601),i=n.n(a),o=n(314),s=(n.n(o))()(i());s.push([e.id,`/* A lesson of the course in JupyterLab: one bar, one column, nothing that jumps. Sizes after the course's look. */

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
`,""]),n.d(t,{},{A:s})},314(e){e.exports=function(e){var t=[];return t.toString=function(){return this.map(function(t){var n="",a=void 0!==t[5];return t[4]&&(n+="@supports (".concat(t[4],") {")),t[2]&&(n+="@media ".concat(t[2]," {")),a&&(n+="@layer".concat(t[5].length>0?" ".concat(t[5]):""," {")),n+=e(t),a&&(n+="}"),t[2]&&(n+="}"),t[4]&&(n+="}"),n}).join("")},t.i=function(e,n,a,i,o){"string"==typeof e&&(e=[[null,e,void 0]]);var s={};if(a)for(var r=0;r<this.length;r++){var l=this[r][0];null!=l&&(s[l]=!0)}for(var d=0;d<e.length;d++){var b=[].concat(e[d]);a&&s[b[0]]||(void 0!==o&&(void 0===b[5]||(b[1]="@layer".concat(b[5].length>0?" ".concat(b[5]):""," {").concat(b[1],"}")),b[5]=o),n&&(b[2]&&(b[1]="@media ".concat(b[2]," {").concat(b[1],"}")),b[2]=n),i&&(b[4]?(b[1]="@supports (".concat(b[4],") {").concat(b[1],"}"),b[4]=i):b[4]="".concat(i)),t.push(b))}},t}},601(e){e.exports=function(e){return e[1]}},72(e){var t=[];function n(e){for(var n=-1,a=0;a<t.length;a++)if(t[a].identifier===e){n=a;break}return n}function a(e,a){for(var i={},o=[],s=0;s<e.length;s++){var r=e[s],l=a.base?r[0]+a.base:r[0],d=i[l]||0,b="".concat(l," ").concat(d);i[l]=d+1;var c=n(b),p={css:r[1],media:r[2],sourceMap:r[3],supports:r[4],layer:r[5]};if(-1!==c)t[c].references++,t[c].updater(p);else{var h=function(e,t){var n=t.domAPI(t);return n.update(e),function(t){t?(t.css!==e.css||t.media!==e.media||t.sourceMap!==e.sourceMap||t.supports!==e.supports||t.layer!==e.layer)&&n.update(e=t):n.remove()}}(p,a);a.byIndex=s,t.splice(s,0,{identifier:b,updater:h,references:1})}o.push(b)}return o}e.exports=function(e,i){var o=a(e=e||[],i=i||{});return function(e){e=e||[];for(var s=0;s<o.length;s++){var r=n(o[s]);t[r].references--}for(var l=a(e,i),d=0;d<o.length;d++){var b=n(o[d]);0===t[b].references&&(t[b].updater(),t.splice(b,1))}o=l}}},659(e){var t={};e.exports=function(e,n){var a=function(e){if(void 0===t[e]){var n=document.querySelector(e);if(window.HTMLIFrameElement&&n instanceof window.HTMLIFrameElement)try{n=n.contentDocument.head}catch(e){n=null}t[e]=n}return t[e]}(e);if(!a)throw Error("Couldn't find a style target. This probably means that the value for the 'insert' parameter is invalid.");a.appendChild(n)}},540(e){e.exports=function(e){var t=document.createElement("style");return e.setAttributes(t,e.attributes),e.insert(t,e.options),t}},56(e,t,n){e.exports=function(e){var t=n.nc;t&&e.setAttribute("nonce",t)}},825(e){e.exports=function(e){if("u"<typeof document)return{update:function(){},remove:function(){}};var t=e.insertStyleElement(e);return{update:function(n){var a,i,o;a="",n.supports&&(a+="@supports (".concat(n.supports,") {")),n.media&&(a+="@media ".concat(n.media," {")),(i=void 0!==n.layer)&&(a+="@layer".concat(n.layer.length>0?" ".concat(n.layer):""," {")),a+=n.css,i&&(a+="}"),n.media&&(a+="}"),n.supports&&(a+="}"),(o=n.sourceMap)&&"u">typeof btoa&&(a+="\n/*# sourceMappingURL=data:application/json;base64,".concat(btoa(unescape(encodeURIComponent(JSON.stringify(o))))," */")),e.styleTagTransform(a,t,e.options)},remove:function(){var e;null===(e=t).parentNode||e.parentNode.removeChild(e)}}}},113(e){e.exports=function(e,t){if(t.styleSheet)t.styleSheet.cssText=e;else{for(;t.firstChild;)t.removeChild(t.firstChild);t.appendChild(document.createTextNode(e))}}},697(e,t,n){n.r(t),n.d(t,{default:()=>et});var a=n(647),i=n(267),o=n(444),s=n(560),r=n(660);let l="http://www.w3.org/2000/svg",d={right:["M6 2a4 4 0 1 1 0 8 4 4 0 0 1 0-8z"],half:["M6 2a4 4 0 1 1 0 8z","M6 2a4 4 0 1 1 0 8 4 4 0 0 1 0-8z"],"not yet":["","M6 2.1a3.9 3.9 0 1 1 0 7.8 3.9 3.9 0 0 1 0-7.8z"],back:["","M7.5 2.5 4 6l3.5 3.5"],next:["","M4.5 2.5 8 6l-3.5 3.5"]};function b(e){let t=document.createElementNS(l,"svg");t.setAttribute("viewBox","0 0 12 12"),t.setAttribute("class",`b2b-mark is-${e.replace(" ","-")}`),t.setAttribute("aria-hidden","true");let[n,a]=d[e];for(let[e,i]of[[n,"is-filled"],[a,"is-line"]]){if(!e)continue;let n=document.createElementNS(l,"path");n.setAttribute("d",e),n.setAttribute("class",i),t.append(n)}return t}class c extends r.Widget{#e=null;constructor(e){super({node:document.createElement("nav")}),this.deeds=e,this.id="b2b-bar",this.addClass("b2b-bar")}tell(e,t,n){let{words:a,bar:i}=e;this.#e=e,this.node.lang=e.lang,this.node.setAttribute("aria-label",a.where);let o=u("div","b2b-bar-in");o.append(h(a.home,()=>this.deeds.page("home"))),o.append(u("b","b2b-bar-title",i?.title??"")),i?.back&&o.append(this.#t(i.back,t,"back")),i?.next&&o.append(this.#t(i.next,t,"next")),o.append(u("div","b2b-bar-marks"),u("span","b2b-bar-told"),u("span","b2b-bar-gap"));let s=e.hand_in;s&&o.append(h(a.hand_in,()=>this.deeds.page(s))),e.other&&o.append(this.#n(e.other)),o.append(h(n?a.calm:a.tools,this.deeds.tools)),this.node.replaceChildren(o),this.mark(e)}mark(e){let t=this.node.querySelector(".b2b-bar-marks"),n=this.node.querySelector(".b2b-bar-told");t&&n&&e.bar&&(n.textContent=e.bar.told,t.setAttribute("role","img"),t.setAttribute("aria-label",e.words.marks.replace("{told}",e.bar.told)),t.replaceChildren(...e.bar.parts.map(p)))}here(e){let t=this.#e?.bar?.parts.findIndex(t=>t.some(t=>t.cell===e))??-1;for(let[e,n]of this.node.querySelectorAll(".b2b-bar-part").entries())n.classList.toggle("is-here",e===t)}#t(e,t,n){let a=t?`${t}/${e.name}`:e.name,i=u("a","b2b-bar-way"),[o,s=""]=(this.#e?.words[n]??"").split("{number}"),r=u("span","b2b-bar-words",o),l=u("span","",e.number+s);return i.append(..."back"===n?[b("back"),r,l]:[r,l,b("next")]),i.setAttribute("aria-label",`${o}${e.number}${s} ${e.title}`),this.#a(i,a)}#n(e){let t=u("a","b2b-bar-language",this.#e?.words.language??"");return t.lang=this.#e?.lang==="ko"?"en":"ko",this.#a(t,e)}#a(e,t){return e.href=this.deeds.address(t),e.addEventListener("click",e=>{e.ctrlKey||e.metaKey||e.shiftKey||(e.preventDefault(),e.stopPropagation(),this.deeds.open(t))}),e}}function p(e){let t=u("span","b2b-bar-part");return t.append(...e.map(e=>b(e.mark))),t}function h(e,t){let n=u("button","b2b-bar-button",e);return n.type="button",n.addEventListener("click",t),n}function u(e,t,n=""){let a=document.createElement(e);return t&&(a.className=t),a.textContent=n,a}var m=n(81);let g="b2b-calm",f="b2b-lesson",w="b2b-tools";class v{constructor(e){this.shell=e,this.panel=null}get hasTools(){return null!==window.sessionStorage.getItem(w)}set hasTools(e){e?window.sessionStorage.setItem(w,""):window.sessionStorage.removeItem(w),this.#i()}show(e,t){e&&e!==this.panel&&this.#o(e,t),this.panel=e,this.#i()}#i(){let e=null!==this.panel&&!this.hasTools;document.body.classList.toggle(g,e),e&&this.shell.collapseLeft(),e&&this.shell.collapseRight(),function e(t,n=6){if(m.MessageLoop.postMessage(t,r.Widget.Msg.FitRequest),n)for(let a of t.children())e(a,n-1)}(this.shell)}#o(e,t){if(e.hasClass(f))return;e.addClass(f),e.content.node.lang=t;let n=()=>document.body.classList.contains(g);e.node.addEventListener("dblclick",e=>n()&&e.target instanceof Element&&null!==e.target.closest(".jp-MarkdownCell")&&e.stopPropagation(),!0),e.node.addEventListener("keydown",e=>n()&&e.stopPropagation())}}var x=n(72),y=n.n(x),k=n(825),C=n.n(k),j=n(659),M=n.n(j),S=n(56),A=n.n(S),T=n(540),L=n.n(T),R=n(113),E=n.n(R),N=n(786),W={};W.styleTagTransform=E(),W.setAttributes=A(),W.insert=M().bind(null,"head"),W.domAPI=C(),W.insertStyleElement=L(),y()(N.A,W),N.A&&N.A.locals&&N.A.locals;let I=window.matchMedia("(width >= 1280px)");class P{constructor(e,t){this.panel=e,this.page=t,this.frame=document.createElement("iframe"),this.frame.className="b2b-handin",this.timer=void 0;let n=()=>this.fit();I.addEventListener("change",n),window.addEventListener("message",this.heard),e.sessionContext.statusChanged.connect(this.changed),e.disposed.connect(()=>{I.removeEventListener("change",n),window.removeEventListener("message",this.heard),window.clearTimeout(this.timer)})}show(e,t){this.isCalm=e,this.frame.title=t,this.fit()}fit(){let e=!!(this.isCalm&&I.matches);this.panel.node.classList.toggle("b2b-has-handin",e),e?this.frame.isConnected||(this.frame.src=`${i.URLExt.join(i.PageConfig.getBaseUrl(),"b2bcourse")}/${this.page}&panel=1`,this.panel.node.append(this.frame)):this.frame.remove()}changed=(e,t)=>{"idle"===t&&this.frame.isConnected&&(window.clearTimeout(this.timer),this.timer=window.setTimeout(()=>this.tell("b2b-changed"),1500))};tell(e){this.frame.contentWindow?.postMessage({what:e},window.location.origin)}get isShown(){return this.frame.isConnected}focus(){let e=["form[action$='handin'] button","summary","a"].flatMap(e=>[...this.frame.contentDocument?.querySelectorAll(e)??[]]).find(e=>e.checkVisibility());this.frame.focus(),e?.focus(),e?.scrollIntoView({block:"center"})}async save(){this.panel.context.model.dirty&&!this.panel.context.model.readOnly&&await this.panel.context.save().catch(()=>void 0),this.tell("b2b-saved")}heard=e=>{if(e.origin!==window.location.origin||e.source!==this.frame.contentWindow)return;e.data?.what==="b2b-save"&&this.save();let t=e.data?.what==="b2b-go"?String(e.data.item):"",n=t&&this.panel.node.querySelector(`[data-item="${CSS.escape(t)}"]`);if(!n)return;n.scrollIntoView({block:"start"});let a=["textarea","[tabindex='0']","input, button"].map(e=>n.querySelector(e)).find(Boolean);window.focus(),a?.focus({preventScroll:!0})}}var B=n(522);function z(e){return e.content.widgets.filter(e=>e instanceof B.CodeCell).filter(e=>$(e).trim())}let $=e=>e.model.sharedModel.getSource();async function D(e,t){try{await B.CodeCell.execute(e,t.sessionContext,{deletedCells:[]})}catch{}}class G extends r.Widget{constructor(){super(),this.addClass("b2b-notice"),this.node.setAttribute("role","status"),this.hide(),this.fitting=new ResizeObserver(([{target:e}])=>{this.node.style.minHeight=`${e.getBoundingClientRect().height+1}px`,this.parent&&m.MessageLoop.postMessage(this.parent,r.Widget.Msg.FitRequest)}),this.disposed.connect(()=>this.fitting.disconnect())}say(e,t,n,a){let i=u("div","b2b-notice-in"),o=u("button","b2b-notice-button",n);o.type="button",o.addEventListener("click",()=>{this.hide(),a()}),i.append(u("p","",t),o),this.node.lang=e,this.node.replaceChildren(i),this.fitting.disconnect(),this.fitting.observe(i),this.show()}}function O(e){return JSON.stringify((e.content.model?.sharedModel.cells??[]).map(e=>[e.cell_type,e.getSource()]))}let q="b2b-waking",U=new Set(["restarting","autorestarting"]),_=new Set(["dead","terminating"]),H=["pointerdown","keydown","visibilitychange"],V=e=>new Promise(t=>window.setTimeout(t,e));class F{#s=!1;#r=!1;#l=!1;#d=0;#b=()=>{};constructor(e,t,n){this.panel=e,this.ask=t,this.tell=n}begin(e){this.#c(),e.runs&&this.#p(z(this.panel)),this.#h(e)}async #h(e){let{sessionContext:t}=this.panel;await t.ready,t.session?.kernel&&await this.#u(e)}async wake(){await this.#m(z(this.panel)),this.tell("alive",null)}async revive(){if(!this.#r||this.#l)return;this.#l=!0;let{sessionContext:e}=this.panel,t=e.kernelPreference.name??"python3";for(let t=0;e.session&&t<6e3;t+=100)await V(100);try{this.panel.isDisposed||await e.changeKernel({name:t})}catch{this.#g()}finally{this.#l=!1}}#c(){let{panel:e}=this;e.sessionContext.statusChanged.connect((e,t)=>{U.has(t)?this.#s=!0:_.has(t)?this.#g():"idle"===t&&this.#s&&this.#f()}),e.sessionContext.kernelChanged.connect((e,{oldValue:t,newValue:n})=>{!n&&t?this.#g():n&&this.#w()});let t=new AbortController;for(let n of H){let a=()=>"visible"===document.visibilityState&&e.isVisible&&this.revive();document.addEventListener(n,a,{capture:!0,signal:t.signal})}e.disposed.connect(()=>t.abort())}#w(){this.#s=!0,this.#r=!1}#g(){this.panel.isDisposed||(this.#r=!0,this.tell("asleep",null))}async #f(){this.#s=!1,this.#r=!1;let e=await this.ask();e&&!this.panel.isDisposed&&await this.#u(e)}async #u(e){let t,{panel:n}=this,a=z(n);if(this.#s=!1,!e.runs||(t=new Set(e.sources),!a.every(e=>t.has($(e))))){this.#v(a),this.tell("asked",e);return}this.tell("opening",e);let i=await async function(e){let t=await e.sessionContext.session?.kernel?.requestCommInfo({target_name:"jupyter.widget"}),n=t?.content;return new Set(n?.status==="ok"?Object.keys(n.comms):[])}(n);await this.#m(!i.size?a:a.filter(e=>{var t;let n=Array.from({length:(t=e).model.outputs.length},(e,n)=>t.model.outputs.get(n)).map(e=>e.data["application/vnd.jupyter.widget-view+json"]?.model_id).filter(Boolean);return 0===e.model.outputs.length||n.some(e=>!i.has(e))})),this.#v(a),n.isDisposed||this.tell("alive",e)}async #m(e){let{panel:t}=this,n=t.content.outerNode,a=++this.#d;this.#b(),this.#b=function(e,t){let n=e.getBoundingClientRect().top,a=[...t()].find(e=>e.getBoundingClientRect().bottom>n+1);if(!a||0===e.scrollTop)return()=>{};let i=a.getBoundingClientRect().top,o=()=>{if(!a.isConnected)return;let t=a.getBoundingClientRect().top-i;Math.abs(t)>=1&&(e.scrollTop+=t)},s=new ResizeObserver(o);for(let e of t())s.observe(e);let r=new AbortController,l=()=>{s.disconnect(),r.abort()};for(let t of["wheel","touchmove","keydown","pointerdown"])e.addEventListener(t,l,{capture:!0,passive:!0,signal:r.signal});return()=>{o(),l()}}(n,()=>t.content.widgets.map(e=>e.node)),this.#p(e),await Promise.all((function(e,t){let{top:n,bottom:a}=t.getBoundingClientRect();return e.map(e=>{let t;return{cell:e,at:(t=e.node.getBoundingClientRect()).bottom<n?2:+(t.top>a)}}).sort((e,t)=>e.at-t.at).map(({cell:e})=>e)})(e,n).map(async e=>{await D(e,t),e.removeClass(q)})),window.setTimeout(()=>a===this.#d&&this.#b(),800)}#p(e){for(let t of e)t.addClass(q)}#v(e){for(let t of e)t.removeClass(q)}}let K=/\bb2b\.(progress|gain)\(\)$/;class J{told=null;#x=null;#y=null;constructor(e,t,n){this.panel=e,this.services=t,this.ask=n,this.notice=new G}async learn(){return this.told=await this.ask(),null!==this.told&&!this.panel.isDisposed}async begin(e,t){let{panel:n,told:a}=this;if(!a||(await n.context.ready,n.isDisposed||!e))return;this.#x=t,n.contentHeader.addWidget(this.notice),a.calm&&(this.#y=function(e,t,n){let a,i=O(e);async function o(){let{context:a}=e;!e.isDisposed&&a.model.dirty&&O(e)===i&&(n&&await async function(e,t){let n=e.context.contentsModel;try{let a=await t.contents.get(e.context.path,{content:!1,hash:!0});return a.hash&&n?.hash?a.hash===n.hash:a.last_modified===n?.last_modified}catch{return!1}}(e,t)?await a.save().catch(()=>{}):a.model.dirty=!1)}function s(){window.clearTimeout(a),a=window.setTimeout(o,1500)}return e.context.model.stateChanged.connect((t,n)=>{"dirty"===n.name&&(n.newValue&&O(e)===i?s():n.newValue||(i=O(e)))}),e.context.model.contentChanged.connect(()=>{e.context.model.dirty&&s()}),e.disposed.connect(()=>window.clearTimeout(a)),{flush:async function(){let{context:t}=e;await o(),O(e)===i?t.model.dirty=!1:t.model.dirty&&n&&await t.save().catch(()=>{})}}}(n,this.services,a.writable));let i=new F(n,this.ask,(e,t)=>this.#k(e,t,i));a.bar?.parts.length&&this.#C(),i.begin(a)}async leave(){await this.#y?.flush()}follow(e){let t=this.#j();t&&e.here(t)}#k(e,t,n){let a=t??this.told;a&&(this.panel.toggleClass("b2b-alive","alive"===e||"opening"===e),"asked"===e&&a.notice?this.notice.say(a.lang,a.notice.text,a.notice.button,()=>void n.wake()):"asleep"===e?this.notice.say(a.lang,a.words.asleep,a.words.wake,()=>void n.revive()):this.notice.hide())}#C(){let e,{panel:t}=this;t.sessionContext.statusChanged.connect((t,n)=>{"idle"===n&&(window.clearTimeout(e),e=window.setTimeout(()=>void this.#M(),600))});let n=!1,a=()=>{n||(n=!0,requestAnimationFrame(()=>{n=!1,this.#x&&t.isVisible&&this.follow(this.#x)}))};t.content.outerNode.addEventListener("scroll",a,{passive:!0}),t.disposed.connect(()=>window.clearTimeout(e))}async #M(){let e=this.panel.isDisposed?null:await this.ask();if(!e||!this.panel.isVisible)return;let t=JSON.stringify(e.bar?.parts)!==JSON.stringify(this.told?.bar?.parts);this.told=e,this.#x?.mark(e),this.#x&&this.follow(this.#x),t&&e.runs&&await this.#S(e)}async #S(e){let t=new Set(e.sources);for(let e of z(this.panel)){let n=e.model.sharedModel.getSource();K.test(n)&&t.has(n)&&await D(e,this.panel)}}#j(){let e=new Set(this.told?.bar?.parts.flat().map(e=>e.cell)),t=this.panel.content.widgets.filter(t=>e.has(t.model.sharedModel.getId())),n=this.panel.content.outerNode.getBoundingClientRect(),a=n.top+n.height/3,i=t.filter(e=>e.node.getBoundingClientRect().top<=a);return(i.at(-1)??t[0])?.model.sharedModel.getId()}}var Q=n(954),X=n(984),Y={};Y.styleTagTransform=E(),Y.setAttributes=A(),Y.insert=M().bind(null,"head"),Y.domAPI=C(),Y.insertStyleElement=L(),y()(X.A,Y),X.A&&X.A.locals&&X.A.locals;let Z="b2bcourse-lesson:plugin",ee="b2b-unmet",et={id:Z,description:"A lesson of the course opens alive and calm.",autoStart:!0,requires:[o.INotebookTracker,a.ILabShell],optional:[s.ISettingRegistry],activate:async function(e,t,n,a){let o=await async function(e){let t=await e?.load(Z).catch(()=>null);return{alive:t?.get("alive").composite!==!1,calm:t?.get("calm").composite!==!1}}(a),s=new v(n),r=new Map,l=new WeakMap,d=new c({open:n=>void async function(n){let a=t.currentWidget;await e.commands.execute("docmanager:open",{path:n,factory:"Notebook"}),a&&a!==t.currentWidget&&(await r.get(a)?.leave(),a.close())}(n),address:e=>i.URLExt.join(i.PageConfig.getBaseUrl(),"lab/tree",i.URLExt.encodeParts(e)),tools:()=>{s.hasTools=!s.hasTools,b()},page:e=>{var n;let a;return n=e,a=t.currentWidget&&l.get(t.currentWidget),!!a?.isShown&&a.page===n&&(a.focus(),!0)||void async function(e){await Promise.all([...r.values()].map(e=>e.leave())),window.location.assign(e)}(`${i.URLExt.join(i.PageConfig.getBaseUrl(),"b2bcourse")}/${e}`)}});function b(){var e,a;let b,c=t.currentWidget,p=null!==c&&c===n.currentWidget?r.get(c):void 0,h=p?.told,u=!!(h?.calm&&o.calm);s.show(u?c:null,h?.lang??""),d.setHidden(!u),u&&h&&c&&d.tell(h,i.PathExt.dirname(c.context.path),s.hasTools),p?.follow(d),c&&h?.hand_in&&(e=c,a=h.hand_in,b=l.get(e)??new P(e,a),l.set(e,b),b).show(u&&!s.hasTools,h.words.hand_in)}n.add(d,"header",{rank:0}),d.hide(),t.widgetAdded.connect((e,t)=>t.addClass(ee)),t.forEach(e=>e.addClass(ee));let p=()=>{b();let a=t.currentWidget;a&&a===n.currentWidget&&async function(t){if(r.has(t))return;let n=new J(t,e.serviceManager,()=>(async function(e,t){if(t.includes(":"))return null;let n=`${i.URLExt.join(e.baseUrl,"b2bcourse","lesson")}?path=${encodeURIComponent(t)}`;try{let t=await Q.ServerConnection.makeRequest(n,{},e);if(!t.ok)return null;let a=await t.json();return a.ours?a:null}catch{return null}})(e.serviceManager.serverSettings,t.context.path));r.set(t,n),t.disposed.connect(()=>r.delete(t)),await n.learn()&&b(),t.isDisposed||(n.told&&await n.begin(o.alive,d),t.removeClass(ee))}(a)};n.currentChanged.connect(p),t.currentChanged.connect(p),p(),e.restored.then(p)}}}}]);
import{j as t,E as r}from"./index-Bhm-1q-W.js";function n(){return t.jsx(r,{})}export{n as LinksPage};

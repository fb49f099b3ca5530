import{j as t,E as r}from"./index-DtMJ0elB.js";function n(){return t.jsx(r,{})}export{n as LinksPage};

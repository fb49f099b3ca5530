import{j as t,E as r}from"./index-BUQLsyqn.js";function n(){return t.jsx(r,{})}export{n as LinksPage};

import{j as t,E as r}from"./index-CrCjD6kf.js";function n(){return t.jsx(r,{})}export{n as LinksPage};

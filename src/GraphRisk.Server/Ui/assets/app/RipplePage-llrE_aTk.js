import{j as t,E as p}from"./index-Bhm-1q-W.js";function e(){return t.jsx(p,{})}export{e as RipplePage};

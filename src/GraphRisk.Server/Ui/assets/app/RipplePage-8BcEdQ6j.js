import{j as t,E as p}from"./index-DtMJ0elB.js";function e(){return t.jsx(p,{})}export{e as RipplePage};

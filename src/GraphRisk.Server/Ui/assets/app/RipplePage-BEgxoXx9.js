import{j as t,E as p}from"./index-BUQLsyqn.js";function e(){return t.jsx(p,{})}export{e as RipplePage};

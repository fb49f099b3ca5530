import{j as t,E as p}from"./index-CrCjD6kf.js";function e(){return t.jsx(p,{})}export{e as RipplePage};

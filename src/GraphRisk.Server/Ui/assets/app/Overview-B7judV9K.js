import{j as r,E as t}from"./index-CrCjD6kf.js";function o(){return r.jsx(t,{})}export{o as Overview};
